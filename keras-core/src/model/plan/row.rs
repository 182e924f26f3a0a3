use keras_shapes::{Dims, Text, numel_text, params_text};

use super::MOST_INPUTS;
use crate::layers::{Layer, Variable};
use crate::model::node::Node;
use crate::shape::Shape;

/// What the plan has to know of one layer.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub(super) out: usize,
    pub(super) aux: usize,
    pub(super) params: usize,
    pub(super) state: usize,
    pub(super) kept: usize,
    pub(super) flops: usize,
    pub(super) view: bool,
    pub(super) passes: bool,
    pub(super) whole_batch: bool,
    /// The values that it takes, by number: first those of the model, then those of the layers.
    pub(super) inputs: Taken,
    /// The first step that uses the same layer.
    pub(super) layer: Option<usize>,
}

impl Row {
    /// The values that it takes, by number: first those of the model, then those of the layers.
    #[must_use]
    pub const fn inputs(&self) -> &[usize] {
        self.inputs.as_slice()
    }

    /// The first step that uses the same layer, if that is another one.
    #[must_use]
    pub const fn shared(&self) -> Option<usize> {
        self.layer
    }
}

/// The numbers of the values that a layer takes.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    all: [usize; MOST_INPUTS],
    len: usize,
}

impl Taken {
    /// At most [`MOST_INPUTS`]: more than these stop the compilation elsewhere.
    pub(super) const fn of(values: &[usize]) -> Self {
        let mut taken = Self { all: [0; MOST_INPUTS], len: 0 };
        while taken.len < values.len() && taken.len < MOST_INPUTS {
            taken.all[taken.len] = values[taken.len];
            taken.len += 1;
        }
        taken
    }

    pub(super) const fn as_slice(&self) -> &[usize] {
        self.all.split_at(self.len).0
    }
}

/// The row of a layer. Stops the compilation when it is too large for any memory.
#[must_use]
#[track_caller]
pub const fn row<N: Node>(who: &str, inputs: &[usize], layer: Option<usize>) -> Row {
    // A size that did not pass its check makes this an error that has been reported; that of a type
    // which is made of it would be another one.
    let _ = <N::L as Layer<N::In>>::FAULT;
    let params = Variable::total(<N::L as Layer<N::In>>::VARIABLES);
    let state = Variable::total(<N::L as Layer<N::In>>::STATE);
    check(who, params, state, <<N::L as Layer<N::In>>::Out as Shape>::DIMS, inputs, layer.is_some());
    row_of::<N::In, N::L>(inputs, layer)
}

/// Stops the compilation when a layer is too large for any memory, or used where it cannot be.
#[track_caller]
pub(super) const fn check(
    who: &str,
    params: usize,
    state: usize,
    out: Dims,
    inputs: &[usize],
    is_shared: bool,
) {
    stop_if(params_text(who, params.saturating_add(state)));
    stop_if(numel_text(who, out));
    if inputs.len() > MOST_INPUTS {
        stop_if(Some(Text::new(who).str(" takes more than ").num(MOST_INPUTS).str(" values")));
    }
    if is_shared && state > 0 {
        let text = Text::new(who).str(" has a state, so that it can be used in one place only");
        panic!("{}", text.str("\nhelp: write a layer of its own for each place").as_str());
    }
}

/// The row of a layer, not checked.
#[must_use]
pub const fn row_of<In, L: Layer<In>>(inputs: &[usize], layer: Option<usize>) -> Row {
    let params = Variable::total(L::VARIABLES);
    let state = Variable::total(L::STATE);
    Row {
        out: <L::Out as Shape>::NUMEL,
        aux: L::AUX,
        params,
        state,
        kept: L::KEPT,
        flops: L::FLOPS,
        view: L::VIEW,
        passes: L::PASSES,
        // What it remembers of a batch it can only tell from all of it.
        whole_batch: L::WHOLE_BATCH || state > 0,
        inputs: Taken::of(inputs),
        layer,
    }
}

#[track_caller]
pub(super) const fn stop_if(fault: Option<Text>) {
    if let Some(text) = fault {
        let text = text.str("\nhelp: make the sizes smaller");
        panic!("{}", text.as_str())
    }
}
