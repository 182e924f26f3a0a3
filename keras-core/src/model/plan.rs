use core::ops::Range;

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
    /// Floating-point operations of a forward pass of one sample.
    pub flops: usize,
    /// The sizes of the arenas.
    pub layout: Layout,
}

/// How large a model's arenas are, and where its output is.
///
/// The parameters are all variables that are trained, layer by layer, then the state of all layers. The
/// workspace is the next state, then what layers keep of a batch, then, for each sample, outputs and
/// what layers keep of them, then gradients.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Floats of variables that are trained.
    pub trained: usize,
    /// Floats that layers remember.
    pub state: usize,
    /// Floats that layers keep of a batch.
    pub kept: usize,
    /// Floats a sample for outputs and what layers keep.
    pub activations: usize,
    /// Floats a sample that training needs besides, for gradients.
    pub gradients: usize,
    /// Where the model's output is, or [`MODEL_INPUT`].
    pub output: usize,
    /// Where the gradient by the model's output is.
    pub output_gradient: usize,
    /// Whether a batch must not be worked off in pieces.
    pub whole_batch: bool,
}

impl Layout {
    /// Of a model that does not compile.
    pub const NONE: Self = Self {
        trained: 0,
        state: 0,
        kept: 0,
        activations: 0,
        gradients: 0,
        output: MODEL_INPUT,
        output_gradient: 0,
        whole_batch: false,
    };

    /// Floats of parameters and state.
    #[must_use]
    pub const fn params(&self) -> usize {
        self.trained + self.state
    }

    /// Floats of the workspace for `n` samples.
    #[must_use]
    pub const fn workspace(&self, n: usize, training: bool) -> usize {
        let gradients = if training { self.gradients } else { 0 };
        self.fixed() + (self.activations + gradients) * n
    }

    /// The place of `len` floats a sample in a workspace for `n` samples.
    #[must_use]
    pub const fn place(&self, at: usize, len: usize, n: usize) -> Range<usize> {
        self.fixed() + at * n..self.fixed() + (at + len) * n
    }

    const fn fixed(&self) -> usize {
        self.state + self.kept
    }
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
    let (mut params, mut outputs, mut largest, mut computing): (usize, usize, _, _) = (0, 0, 0, 0);
    let (mut flops, mut state, mut kept): (usize, usize, usize) = (0, 0, 0);
    let mut whole_batch = false;
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
        steps[i].state = state;
        steps[i].state_len = row.state;
        state = state.saturating_add(row.state);
        steps[i].kept = kept;
        steps[i].kept_len = row.kept;
        kept = kept.saturating_add(row.kept);
        whole_batch |= row.whole_batch;
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
    stop_if(params_text("the model", params.saturating_add(state)));
    // Each place below is at most this far, and each product fits: `largest` is one layer's output.
    if activations.saturating_add(turns * largest).saturating_add(kept) > MOST {
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
    let layout = Layout {
        trained: params,
        state,
        kept,
        activations,
        gradients: turns * largest,
        output: place,
        output_gradient: activations,
        whole_batch,
    };
    Plan { steps, flops, layout }
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
        assert_eq!((P.steps[0].y, P.steps[1].x), (MODEL_INPUT, MODEL_INPUT));
        assert_eq!((P.steps[1].y, P.steps[2].x, P.steps[2].y), (0, 0, 4));
        let layout = P.layout;
        assert_eq!((layout.params(), layout.activations, layout.gradients), (38, 10, 8));
        assert_eq!((P.steps[2].dy, P.steps[2].dx, P.steps[1].dy), (10, 14, 14));
        assert_eq!(P.steps[1].params, 0);
        assert_eq!(P.steps[2].params, 28);
    }

    #[test]
    fn a_state_lies_behind_all_parameters() {
        const NORM: Row =
            Row { out: 4, aux: 0, params: 8, state: 8, kept: 4, flops: 1, view: false, whole_batch: true };
        const P: Plan<3> = plan(Dims::new([4]), [NORM, layer(4, 1, 20, false), NORM]);
        assert_eq!((P.steps[1].params, P.steps[2].params), (8, 28));
        assert_eq!((P.steps[0].state, P.steps[2].state), (0, 8));
        assert_eq!((P.steps[0].kept, P.steps[2].kept), (0, 4));
        let layout = P.layout;
        assert_eq!((layout.trained, layout.state, layout.kept, layout.whole_batch), (36, 16, 8, true));
        assert_eq!(layout.params(), 52);
        assert_eq!(layout.place(1, 2, 10), 34..54);
        assert_eq!(layout.workspace(10, false), 24 + 130);
        assert_eq!(layout.workspace(10, true), 24 + 130 + 80);
    }
}
