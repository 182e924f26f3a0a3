use keras_shapes::{Text, numel_text, params_text};

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
    pub(super) inputs: &'static [usize],
    /// The first step that uses the same layer.
    pub(super) layer: Option<usize>,
}

/// The row of a layer. Stops the compilation when it is too large for any memory.
#[must_use]
#[track_caller]
pub const fn row<N: Node>(who: &str, inputs: &'static [usize], layer: Option<usize>) -> Row {
    // A size that did not pass its check makes this an error that has been reported; that of a type
    // which is made of it would be another one.
    let _ = <N::L as Layer<N::In>>::FAULT;
    let params = Variable::total(<N::L as Layer<N::In>>::VARIABLES);
    let state = Variable::total(<N::L as Layer<N::In>>::STATE);
    stop_if(params_text(who, params.saturating_add(state)));
    stop_if(numel_text(who, <<N::L as Layer<N::In>>::Out as Shape>::DIMS));
    if inputs.len() > super::MOST_INPUTS {
        stop_if(Some(Text::new(who).str(" takes more than ").num(super::MOST_INPUTS).str(" values")));
    }
    if layer.is_some() && state > 0 {
        let text = Text::new(who).str(" has a state, so that it can be used in one place only");
        panic!("{}", text.str("\nhelp: write a layer of its own for each place").as_str());
    }
    Row {
        out: <<N::L as Layer<N::In>>::Out as Shape>::NUMEL,
        aux: <N::L as Layer<N::In>>::AUX,
        params,
        state,
        kept: <N::L as Layer<N::In>>::KEPT,
        flops: <N::L as Layer<N::In>>::FLOPS,
        view: <N::L as Layer<N::In>>::VIEW,
        passes: <N::L as Layer<N::In>>::PASSES,
        // What it remembers of a batch it can only tell from all of it.
        whole_batch: <N::L as Layer<N::In>>::WHOLE_BATCH || state > 0,
        inputs,
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
