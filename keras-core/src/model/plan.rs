use keras_shapes::{Dims, MOST, Text, numel_text, params_text};

use crate::layers::{Layer, Variable};
use crate::model::node::Node;
use crate::shape::Shape;

/// Where a step's input is, when it is what the model was given.
pub const MODEL_INPUT: usize = usize::MAX;

/// What the plan has to know of one layer.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    out: usize,
    aux: usize,
    params: usize,
    flops: usize,
    view: bool,
}

/// The row of a layer. Stops the compilation when it is too large for any memory.
#[must_use]
#[track_caller]
pub const fn row<N: Node>(who: &str) -> Row {
    let params = Variable::total(<N::L as Layer<N::In>>::VARIABLES);
    stop_if(params_text(who, params));
    stop_if(numel_text(who, <<N::L as Layer<N::In>>::Out as Shape>::DIMS));
    Row {
        out: <<N::L as Layer<N::In>>::Out as Shape>::NUMEL,
        aux: <N::L as Layer<N::In>>::AUX,
        params,
        flops: <N::L as Layer<N::In>>::FLOPS,
        view: <N::L as Layer<N::In>>::VIEW,
    }
}

/// Where one layer finds its numbers. Offsets and lengths in the workspace are for one sample and
/// are multiplied by the batch; those of the parameters are not.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The layer's number, from 0.
    pub index: usize,
    /// Its parameters: offset.
    pub params: usize,
    /// Its parameters: length.
    pub params_len: usize,
    /// Its input: offset, or [`MODEL_INPUT`].
    pub x: usize,
    /// Its input: length.
    pub x_len: usize,
    /// Its output: offset.
    pub y: usize,
    /// Its output: length.
    pub y_len: usize,
    /// What it keeps: offset.
    pub aux: usize,
    /// What it keeps: length.
    pub aux_len: usize,
    /// The gradient by its output: offset.
    pub dy: usize,
    /// The gradient by its input: offset. It has no place in the workspace when that is the model's input.
    pub dx: usize,
}

/// All offsets of a chain of layers, from one const evaluation. (A const per layer that refers to
/// the one before would run into rustc's limit on query depth at about 128 layers.)
#[derive(Clone, Copy, Debug)]
pub struct Plan<const N: usize> {
    /// The layers, in order.
    pub steps: [Step; N],
    /// Floats of parameters.
    pub params: usize,
    /// Floats a sample for outputs and what layers keep.
    pub activations: usize,
    /// Floats a sample that training needs besides, for gradients.
    pub gradients: usize,
    /// Floating-point operations of a forward pass of one sample.
    pub flops: usize,
    /// Where the model's output is, or [`MODEL_INPUT`].
    pub output: usize,
    /// Where the gradient by the model's output is.
    pub output_gradient: usize,
}

/// Lays out a chain of layers. Gradients live in two places that take turns, each as large as the
/// largest output. Stops the compilation when there are too many numbers for any memory.
#[must_use]
#[track_caller]
pub const fn plan<const N: usize>(input: Dims, rows: [Row; N]) -> Plan<N> {
    let none = Step {
        index: 0,
        params: 0,
        params_len: 0,
        x: 0,
        x_len: 0,
        y: 0,
        y_len: 0,
        aux: 0,
        aux_len: 0,
        dy: 0,
        dx: 0,
    };
    stop_if(numel_text("the input", input));
    let mut steps = [none; N];
    let (mut params, mut outputs, mut largest, mut computing): (usize, usize, _, _) = (0, 0, 0, 0);
    let mut flops: usize = 0;
    let (mut place, mut len) = (MODEL_INPUT, input.numel());
    let mut i = 0;
    while i < N {
        let row = rows[i];
        steps[i].index = i;
        steps[i].params = params;
        steps[i].params_len = row.params;
        steps[i].x = place;
        steps[i].x_len = len;
        if !row.view {
            place = outputs;
            outputs = outputs.saturating_add(row.out);
            computing += 1;
            if row.out > largest {
                largest = row.out;
            }
        }
        len = row.out;
        steps[i].y = place;
        steps[i].y_len = len;
        params = params.saturating_add(row.params);
        flops = flops.saturating_add(row.flops);
        i += 1;
    }
    // What layers keep lies behind all outputs.
    let mut activations = outputs;
    i = 0;
    while i < N {
        steps[i].aux = activations;
        steps[i].aux_len = rows[i].aux;
        activations = activations.saturating_add(rows[i].aux);
        i += 1;
    }
    if computing == 0 {
        // Nothing but views: the gradient of the output still needs a place.
        largest = len;
    }
    let turns = if computing > 1 { 2 } else { 1 };
    stop_if(params_text("the model", params));
    // Each place below is at most this far, and each product fits: `largest` is one layer's output.
    if activations.saturating_add(turns * largest) > MOST {
        stop_if(Some(Text::new("the model: its layers' outputs are too large for any memory")));
    }
    let mut turn = 0;
    i = N;
    while i > 0 {
        i -= 1;
        steps[i].dy = activations + turn * largest;
        if !rows[i].view {
            turn = 1 - turn;
        }
        steps[i].dx = activations + turn * largest;
    }
    Plan {
        steps,
        params,
        activations,
        gradients: turns * largest,
        flops,
        output: place,
        output_gradient: activations,
    }
}

#[track_caller]
const fn stop_if(fault: Option<Text>) {
    if let Some(text) = fault {
        let text = text.str("\nhelp: make the sizes smaller");
        panic!("{}", text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn layer(out: usize, aux: usize, params: usize, view: bool) -> Row {
        Row { out, aux, params, flops: 1, view }
    }

    #[test]
    fn a_view_shares_its_inputs_place() {
        const P: Plan<3> =
            plan(Dims::new([2, 3]), [layer(6, 0, 0, true), layer(4, 4, 28, false), layer(2, 0, 10, false)]);
        assert_eq!((P.steps[0].y, P.steps[1].x), (MODEL_INPUT, MODEL_INPUT));
        assert_eq!((P.steps[1].y, P.steps[2].x, P.steps[2].y), (0, 0, 4));
        assert_eq!((P.params, P.activations, P.gradients), (38, 10, 8));
        assert_eq!((P.steps[2].dy, P.steps[2].dx, P.steps[1].dy), (10, 14, 14));
        assert_eq!(P.steps[1].params, 0);
        assert_eq!(P.steps[2].params, 28);
    }
}
