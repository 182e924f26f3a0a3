use keras_shapes::Dims;

use super::build::HEAVY;
use super::row::Taken;
use super::*;

const fn layer(out: usize, aux: usize, params: usize, inputs: &[usize]) -> Row {
    Row {
        out,
        aux,
        params,
        state: 0,
        kept: 0,
        flops: 1,
        view: false,
        passes: false,
        whole_batch: false,
        inputs: Taken::of(inputs),
        layer: None,
    }
}

const fn view(out: usize, inputs: &[usize]) -> Row {
    Row { view: true, ..layer(out, 0, 0, inputs) }
}

#[test]
fn a_view_shares_its_inputs_place() {
    const P: Plan<3> =
        plan([Dims::new([2, 3])], [view(6, &[0]), layer(4, 4, 28, &[1]), layer(2, 0, 10, &[2])], &[3]);
    assert_eq!((P.steps[0].y, P.steps[1].inputs[0].at), (INPUT, INPUT));
    assert_eq!((P.steps[1].y, P.steps[2].inputs[0].at, P.steps[2].y), (0, 0, 4));
    let layout = P.layout;
    assert_eq!((layout.params(), layout.activations(), layout.gradients()), (38, 10, 6));
    assert_eq!((P.steps[2].dy, P.steps[2].inputs[0].dx, P.steps[1].dy), (0, 2, 2));
    assert_eq!((P.steps[1].params, P.steps[2].params), (0, 28));
    assert!(layout.full.head.is_empty() && !layout.full.front.is_empty());
    assert_eq!(layout.full.front.params_end, 38);
}

#[test]
fn a_state_lies_behind_all_parameters_and_needs_the_whole_batch() {
    const NORM: Row = Row { params: 8, state: 8, kept: 4, whole_batch: true, ..layer(4, 0, 0, &[0]) };
    const LAST: Row = Row { inputs: Taken::of(&[2]), ..NORM };
    const P: Plan<3> = plan([Dims::new([4])], [NORM, layer(4, 1, 20, &[1]), LAST], &[3]);
    assert_eq!((P.steps[1].params, P.steps[2].params), (8, 28));
    assert_eq!((P.steps[0].state, P.steps[2].state), (0, 8));
    assert_eq!((P.steps[0].kept, P.steps[2].kept), (0, 4));
    let layout = P.layout;
    assert_eq!((layout.trained, layout.state, layout.kept), (36, 16, 8));
    assert_eq!(layout.params(), 52);
    let Parts { front, head } = layout.full;
    assert!(front.is_empty());
    assert_eq!(head.place(1, 2, 10), 34..54);
    assert_eq!(head.workspace(10), 24 + 130);
}

#[test]
fn heavy_layers_are_the_head_where_much_is_done_before_them() {
    const IMAGES: Row = Row { flops: 1000, ..layer(50, 0, 300, &[0]) };
    const MORE: Row = Row { inputs: Taken::of(&[1]), ..IMAGES };
    const LARGE: Row = Row { flops: 500, ..layer(20, 0, HEAVY + 1, &[3]) };
    const P: Plan<5> =
        plan([Dims::new([100])], [IMAGES, MORE, view(50, &[2]), LARGE, layer(10, 0, 210, &[4])], &[5]);
    let Parts { front, head } = P.layout.full;
    assert_eq!((front.start, front.end, head.start, head.end), (0, 3, 3, 5));
    assert_eq!((front.outputs[0].at, front.output_len, front.params_end), (50, 50, 600));
    assert_eq!((front.activations, front.gradients), (100, 100));
    let first = P.steps[3];
    assert_eq!(
        (first.inputs[0].at, first.inputs[0].len, first.y, P.steps[4].inputs[0].at),
        (INPUT, 50, 0, 0)
    );
    assert_eq!((head.output_len, head.activations, head.gradients), (10, 30, 30));
    assert_eq!((P.steps[1].dy, P.steps[1].inputs[0].dx), (0, 50));

    const FIRST: Row = Row { inputs: Taken::of(&[1]), ..LARGE };
    const Q: Plan<3> = plan([Dims::new([100])], [view(100, &[0]), FIRST, layer(10, 0, 210, &[2])], &[3]);
    assert!(Q.layout.full.front.is_empty());
}

#[test]
fn without_a_way_back_places_are_used_again() {
    const P: Plan<4> = plan(
        [Dims::new([3])],
        [layer(8, 4, 0, &[0]), layer(5, 0, 0, &[1]), layer(8, 0, 0, &[2]), layer(2, 0, 0, &[3])],
        &[4],
    );
    assert_eq!(P.steps.map(|step| step.y), [0, 8, 13, 21]);
    assert_eq!(P.light.map(|step| step.y), [0, 8, 0, 8]);
    assert_eq!((P.layout.activations(), P.layout.inference()), (27, 13));
}

#[test]
fn what_is_used_twice_has_one_gradient() {
    // x -> a -> b, and b + a
    const SUM: Row = Row { passes: true, ..layer(4, 0, 0, &[2, 1]) };
    const P: Plan<4> =
        plan([Dims::new([4])], [layer(4, 0, 9, &[0]), layer(4, 0, 9, &[1]), SUM, layer(1, 0, 5, &[3])], &[4]);
    let sum = P.steps[2];
    assert_eq!(sum.inputs[0].gradient, Gradient::Move);
    assert_eq!(sum.inputs[1].gradient, Gradient::Copy);
    assert_eq!((sum.inputs[0].dx, sum.dy), (P.steps[1].dy, P.steps[1].dy));
    let (a, b) = (P.steps[0], P.steps[1]);
    assert_eq!(b.inputs[0].gradient, Gradient::Add);
    assert_eq!((b.inputs[0].dx, a.dy), (sum.inputs[1].dx, sum.inputs[1].dx));
    let (scratch, dy, da) = (b.inputs[0].scratch, b.dy, a.dy);
    assert!(scratch.abs_diff(dy) >= 4 && scratch.abs_diff(da) >= 4 && dy.abs_diff(da) >= 4);
    assert_eq!(P.layout.gradients(), 13);
}

#[test]
fn a_value_twice_in_one_layer_is_no_place_to_stay() {
    const DOUBLE: Row = Row { passes: true, ..layer(4, 0, 0, &[1, 1]) };
    const P: Plan<2> = plan([Dims::new([4])], [layer(4, 0, 9, &[0]), DOUBLE], &[2]);
    let wires = P.steps[1].inputs;
    assert_eq!((wires[0].gradient, wires[1].gradient), (Gradient::Copy, Gradient::AddOutput));
    assert_ne!(wires[0].dx, P.steps[1].dy);
    assert_eq!(wires[0].dx, wires[1].dx);
}

#[test]
fn a_layer_in_two_places_has_its_weights_once() {
    const AGAIN: Row = Row { layer: Some(0), ..layer(4, 0, 9, &[1]) };
    const P: Plan<3> =
        plan([Dims::new([4]), Dims::new([4])], [layer(4, 0, 9, &[0]), AGAIN, layer(1, 0, 8, &[2, 3])], &[4]);
    assert_eq!((P.steps[0].params, P.steps[1].params, P.steps[2].params), (0, 0, 9));
    assert_eq!(P.steps.map(|step| step.add), [true, false, false]);
    assert_eq!((P.layout.trained, P.steps[1].inputs[0].input), (17, 1));
}

#[test]
fn two_outputs_lie_one_after_the_other() {
    const P: Plan<3> =
        plan([Dims::new([4])], [layer(6, 0, 9, &[0]), layer(1, 0, 8, &[1]), layer(3, 0, 8, &[1])], &[2, 3]);
    let last = *P.layout.full.last();
    assert_eq!((last.count, last.output_len), (2, 4));
    assert_eq!(last.outputs()[1].range(10, 2, 3), 16..25);
    assert_eq!(P.steps[1].inputs[0].gradient, Gradient::Add);
    assert_eq!(P.steps[2].inputs[0].gradient, Gradient::Write);
}
