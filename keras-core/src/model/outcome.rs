//! What a model's type says of its output, so that a loss that it does not fit can be warned of.

/// What a model's last layer makes of its numbers, as far as the macro can see it.
pub trait OutputKind: 'static {}

/// Whether the output is `PROBABILITIES`, having gone through a softmax or a sigmoid, and whether each of
/// its numbers went through a sigmoid of its own, `APART` from the others.
#[derive(Debug)]
pub struct Outcome<const PROBABILITIES: bool, const APART: bool>;

/// An output that a loss from logits would take for what it is not.
pub trait NotLogits: OutputKind {}

/// An output that does not say which of many classes it is.
pub trait NotClasses: OutputKind {}

impl<const PROBABILITIES: bool, const APART: bool> OutputKind for Outcome<PROBABILITIES, APART> {}
impl<const APART: bool> NotLogits for Outcome<true, APART> {}
impl<const PROBABILITIES: bool> NotClasses for Outcome<PROBABILITIES, true> {}
