use core::ops::Range;

use keras_shapes::{Dims, MOST, Text, numel_text, params_text};

use crate::layers::{Layer, Variable};
use crate::model::node::Node;
use crate::shape::Shape;

/// Where a step's input is, when it is what its part of the model was given.
pub const INPUT: usize = usize::MAX;

/// A layer of more floats than this sees the whole batch at once: each piece of a batch would have to
/// fetch its weights anew.
const HEAVY: usize = 96 << 10;

/// What the plan has to know of one layer.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    out: usize,
    aux: usize,
    params: usize,
    state: usize,
    kept: usize,
    flops: usize,
    view: bool,
    whole_batch: bool,
}

/// The row of a layer. Stops the compilation when it is too large for any memory.
#[must_use]
#[track_caller]
pub const fn row<N: Node>(who: &str) -> Row {
    // A size that did not pass its check makes this an error that has been reported; that of a type
    // which is made of it would be another one.
    let _ = <N::L as Layer<N::In>>::FAULT;
    let params = Variable::total(<N::L as Layer<N::In>>::VARIABLES);
    let state = Variable::total(<N::L as Layer<N::In>>::STATE);
    stop_if(params_text(who, params.saturating_add(state)));
    stop_if(numel_text(who, <<N::L as Layer<N::In>>::Out as Shape>::DIMS));
    Row {
        out: <<N::L as Layer<N::In>>::Out as Shape>::NUMEL,
        aux: <N::L as Layer<N::In>>::AUX,
        params,
        state,
        kept: <N::L as Layer<N::In>>::KEPT,
        flops: <N::L as Layer<N::In>>::FLOPS,
        view: <N::L as Layer<N::In>>::VIEW,
        // What it remembers of a batch it can only tell from all of it.
        whole_batch: <N::L as Layer<N::In>>::WHOLE_BATCH || state > 0,
    }
}

/// Where one layer finds its numbers. Offsets and lengths in the workspace are for one sample and
/// are multiplied by the batch; those of the parameters, the state and what is kept of a batch are not.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The layer's number, from 0.
    pub index: usize,
    /// Its parameters: offset.
    pub params: usize,
    /// Its parameters: length.
    pub params_len: usize,
    /// Its state: offset behind all parameters.
    pub state: usize,
    /// Its state: length.
    pub state_len: usize,
    /// What it keeps of a batch: offset behind the next state.
    pub kept: usize,
    /// What it keeps of a batch: length.
    pub kept_len: usize,
    /// Its input: offset, or [`INPUT`].
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
    /// The gradient by its output: offset among the gradients.
    pub dy: usize,
    /// The gradient by its input: offset among the gradients. It has no place there when that is the
    /// gradient by the input of this part of the model.
    pub dx: usize,
}

/// All offsets of a chain of layers, from one const evaluation. (A const per layer that refers to
/// the one before would run into rustc's limit on query depth at about 128 layers.)
#[derive(Clone, Copy, Debug)]
pub struct Plan<const N: usize> {
    /// The layers, in order.
    pub steps: [Step; N],
    /// Floating-point operations of a forward pass of one sample.
    pub flops: usize,
    /// The sizes of the arenas.
    pub layout: Layout,
}

/// How large a model's arenas are.
///
/// The parameters are all variables that are trained, layer by layer, then the state of all layers.
///
/// The layers fall into two parts, each with a workspace of its own, and either may be empty: the front
/// can be worked off with a few samples at a time, the head needs the whole batch.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Floats of variables that are trained.
    pub trained: usize,
    /// Floats that layers remember.
    pub state: usize,
    /// Floats that layers keep of a batch.
    pub kept: usize,
    /// The layers before the first one that needs the whole batch.
    pub front: Part,
    /// The layers from there on.
    pub head: Part,
}

/// A run of layers.
///
/// Its workspace is, in the head, the next state and what layers keep of a batch; then, for each sample,
/// outputs and what layers keep of them. Gradients lie in a buffer of their own, in two places that take
/// turns, each as large as the largest output.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its first layer.
    pub start: usize,
    /// The layer behind its last.
    pub end: usize,
    /// Floats of its input, a sample.
    pub input_len: usize,
    /// Floats of its output, a sample.
    pub output_len: usize,
    /// Floats a sample for outputs and what layers keep.
    pub activations: usize,
    /// Floats a sample for gradients.
    pub gradients: usize,
    /// Where its output is, or [`INPUT`].
    pub output: usize,
    /// Where the gradient by its output is, among the gradients.
    pub output_gradient: usize,
    /// Floats of the workspace that do not grow with the batch.
    pub fixed: usize,
    /// Where the parameters behind its last layer begin.
    pub params_end: usize,
}

impl Part {
    /// No layers.
    pub const NONE: Self = Self {
        start: 0,
        end: 0,
        input_len: 0,
        output_len: 0,
        activations: 0,
        gradients: 0,
        output: INPUT,
        output_gradient: 0,
        fixed: 0,
        params_end: 0,
    };

    /// Whether there is no layer in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether it has the layer of this number.
    #[inline(always)]
    #[must_use]
    pub const fn has(&self, layer: usize) -> bool {
        self.start <= layer && layer < self.end
    }

    /// Floats of the workspace for `n` samples.
    #[must_use]
    pub const fn workspace(&self, n: usize) -> usize {
        self.fixed + self.activations * n
    }

    /// The place of `len` floats a sample in a workspace for `n` samples.
    #[must_use]
    pub const fn place(&self, at: usize, len: usize, n: usize) -> Range<usize> {
        self.fixed + at * n..self.fixed + (at + len) * n
    }
}

impl Layout {
    /// Of a model that does not compile.
    pub const NONE: Self = Self { trained: 0, state: 0, kept: 0, front: Part::NONE, head: Part::NONE };

    /// Floats of parameters and state.
    #[must_use]
    pub const fn params(&self) -> usize {
        self.trained + self.state
    }

    /// Floats a sample for outputs and what layers keep.
    #[must_use]
    pub const fn activations(&self) -> usize {
        self.front.activations + self.head.activations
    }

    /// Floats a sample for gradients.
    #[must_use]
    pub const fn gradients(&self) -> usize {
        self.front.gradients + self.head.gradients
    }
}

/// Lays out a chain of layers. Stops the compilation when there are too many numbers for any memory.
#[must_use]
#[track_caller]
pub const fn plan<const N: usize>(input: Dims, rows: [Row; N]) -> Plan<N> {
    let none = Step {
        index: 0,
        params: 0,
        params_len: 0,
        state: 0,
        state_len: 0,
        kept: 0,
        kept_len: 0,
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
    let (mut params, mut state, mut kept, mut flops): (usize, usize, usize, usize) = (0, 0, 0, 0);
    let mut i = 0;
    while i < N {
        let row = rows[i];
        steps[i].index = i;
        (steps[i].params, steps[i].params_len) = (params, row.params);
        (steps[i].state, steps[i].state_len) = (state, row.state);
        (steps[i].kept, steps[i].kept_len) = (kept, row.kept);
        params = params.saturating_add(row.params);
        state = state.saturating_add(row.state);
        kept = kept.saturating_add(row.kept);
        flops = flops.saturating_add(row.flops);
        i += 1;
    }
    stop_if(params_text("the model", params.saturating_add(state)));
    let cut = cut(&rows, flops);
    let mut front = part(&rows, &mut steps, 0, cut, input.numel());
    front.params_end = if cut < N { steps[cut].params } else { params };
    let mut head = part(&rows, &mut steps, cut, N, if cut == 0 { input.numel() } else { front.output_len });
    head.params_end = params;
    // Only the head keeps anything of a batch.
    head.fixed = state + kept;
    let all = front.activations.saturating_add(front.gradients).saturating_add(head.activations);
    if all.saturating_add(head.gradients).saturating_add(kept) > MOST {
        stop_if(Some(Text::new("the model: its layers' outputs are too large for any memory")));
    }
    Plan { steps, flops, layout: Layout { trained: params, state, kept, front, head } }
}

/// The first layer that needs the whole batch: one that looks at all of it, or has many weights. If
/// little is done before it, all layers may as well.
const fn cut(rows: &[Row], flops: usize) -> usize {
    let (mut cut, mut before) = (rows.len(), 0);
    let (mut i, mut sum) = (0, 0_usize);
    while i < rows.len() {
        if rows[i].whole_batch || rows[i].kept > 0 || rows[i].state > 0 {
            return 0;
        }
        if rows[i].params > HEAVY && i < cut {
            (cut, before) = (i, sum);
        }
        sum = sum.saturating_add(rows[i].flops);
        i += 1;
    }
    if cut < rows.len() && before < flops / 4 { 0 } else { cut }
}

/// Lays out the layers `start..end`.
const fn part(rows: &[Row], steps: &mut [Step], start: usize, end: usize, input_len: usize) -> Part {
    let (mut outputs, mut largest, mut computing): (usize, usize, usize) = (0, 0, 0);
    let (mut place, mut len) = (INPUT, input_len);
    let mut i = start;
    while i < end {
        let row = rows[i];
        (steps[i].x, steps[i].x_len) = (place, len);
        if !row.view {
            place = outputs;
            outputs = outputs.saturating_add(row.out);
            computing += 1;
            if row.out > largest {
                largest = row.out;
            }
        }
        len = row.out;
        (steps[i].y, steps[i].y_len) = (place, len);
        i += 1;
    }
    // What layers keep lies behind all outputs.
    let mut activations = outputs;
    i = start;
    while i < end {
        (steps[i].aux, steps[i].aux_len) = (activations, rows[i].aux);
        activations = activations.saturating_add(rows[i].aux);
        i += 1;
    }
    if computing == 0 {
        // Nothing but views: the gradient of the output still needs a place.
        largest = len;
    }
    let turns = if start == end {
        0
    } else if computing > 1 {
        2
    } else {
        1
    };
    let mut turn = 0;
    i = end;
    while i > start {
        i -= 1;
        steps[i].dy = turn * largest;
        if !rows[i].view {
            turn = 1 - turn;
        }
        steps[i].dx = turn * largest;
    }
    let gradients = turns * largest;
    Part {
        start,
        end,
        input_len,
        output_len: len,
        activations,
        gradients,
        output: place,
        output_gradient: 0,
        fixed: 0,
        params_end: 0,
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
        Row { out, aux, params, state: 0, kept: 0, flops: 1, view, whole_batch: false }
    }

    #[test]
    fn a_view_shares_its_inputs_place() {
        const P: Plan<3> =
            plan(Dims::new([2, 3]), [layer(6, 0, 0, true), layer(4, 4, 28, false), layer(2, 0, 10, false)]);
        assert_eq!((P.steps[0].y, P.steps[1].x), (INPUT, INPUT));
        assert_eq!((P.steps[1].y, P.steps[2].x, P.steps[2].y), (0, 0, 4));
        let layout = P.layout;
        assert_eq!((layout.params(), layout.activations(), layout.gradients()), (38, 10, 8));
        assert_eq!((P.steps[2].dy, P.steps[2].dx, P.steps[1].dy), (0, 4, 4));
        assert_eq!((P.steps[1].params, P.steps[2].params), (0, 28));
        assert!(layout.head.is_empty() && !layout.front.is_empty());
        assert_eq!((layout.front.params_end, layout.head.params_end), (38, 38));
    }

    #[test]
    fn a_state_lies_behind_all_parameters_and_needs_the_whole_batch() {
        const NORM: Row =
            Row { out: 4, aux: 0, params: 8, state: 8, kept: 4, flops: 1, view: false, whole_batch: true };
        const P: Plan<3> = plan(Dims::new([4]), [NORM, layer(4, 1, 20, false), NORM]);
        assert_eq!((P.steps[1].params, P.steps[2].params), (8, 28));
        assert_eq!((P.steps[0].state, P.steps[2].state), (0, 8));
        assert_eq!((P.steps[0].kept, P.steps[2].kept), (0, 4));
        let layout = P.layout;
        assert_eq!((layout.trained, layout.state, layout.kept), (36, 16, 8));
        assert_eq!(layout.params(), 52);
        assert!(layout.front.is_empty());
        assert_eq!(layout.head.place(1, 2, 10), 34..54);
        assert_eq!(layout.head.workspace(10), 24 + 130);
    }

    #[test]
    fn heavy_layers_are_the_head_where_much_is_done_before_them() {
        const IMAGES: Row = Row { flops: 1000, ..layer(50, 0, 300, false) };
        const HEAVY_ROW: Row = Row { flops: 500, ..layer(20, 0, HEAVY + 1, false) };
        const P: Plan<5> = plan(
            Dims::new([100]),
            [IMAGES, IMAGES, layer(50, 0, 0, true), HEAVY_ROW, layer(10, 0, 210, false)],
        );
        let Layout { front, head, .. } = P.layout;
        assert_eq!((front.start, front.end, head.start, head.end), (0, 3, 3, 5));
        assert_eq!((front.output, front.output_len, front.params_end), (50, 50, 600));
        assert_eq!((front.activations, front.gradients), (100, 100));
        assert_eq!((P.steps[3].x, P.steps[3].x_len, P.steps[3].y, P.steps[4].x), (INPUT, 50, 0, 0));
        assert_eq!((head.input_len, head.output_len, head.activations, head.gradients), (50, 10, 30, 40));
        assert_eq!((P.steps[2].dy, P.steps[1].dy, P.steps[1].dx), (0, 0, 50));

        const Q: Plan<3> =
            plan(Dims::new([100]), [layer(100, 0, 0, true), HEAVY_ROW, layer(10, 0, 210, false)]);
        assert!(Q.layout.front.is_empty());
    }
}
