//! What compiles but is probably not meant: a model whose output is not what its loss takes.
//!
//! A compiled model's `fit` is that of [`Train`](super::Train), but a method of a type itself comes
//! before a trait's. So each loss of this kind gives models that it does not fit a `fit` of their own, which
//! does the same and is deprecated: on stable Rust there is no other warning.

use super::compiled::Compiled;
use super::fit::Fit;
use super::history::History;
use super::looping;
use super::validation::Validation;
use crate::data::Data;
use crate::error::Result;
use crate::losses::{
    BinaryCrossentropy, BinaryFocalCrossentropy, CategoricalCrossentropy, CategoricalFocalCrossentropy,
    Logits, Objective, Probabilities, SparseCategoricalCrossentropy,
};
use crate::metrics::AllMetrics;
use crate::model::{Model, NotClasses, NotLogits};
use crate::optimizers::Optimizer;

macro_rules! misfits {
    ($kind:ident: $note:literal $($loss:ident<$scores:ident>)*) => {$(
        impl<M, O, Ms> Compiled<M, O, $loss<$scores>, Ms>
        where
            M: Model,
            M::OutputKind: $kind,
            O: Optimizer,
            $loss<$scores>: Objective<M::Output>,
            Ms: AllMetrics<M::Output, <$loss<$scores> as Objective<M::Output>>::Target>,
        {
            /// [`Train::fit`](super::Train::fit), with a warning that the loss does not fit the model.
            ///
            /// # Errors
            /// As [`Train::fit`](super::Train::fit).
            #[deprecated(note = $note)]
            #[doc(hidden)]
            pub fn fit<X, Y, V>(&mut self, x: &X, y: &Y, fit: Fit<'_, V>) -> Result<History>
            where
                X: Data<M::Input, M::Backend> + ?Sized,
                Y: Data<<$loss<$scores> as Objective<M::Output>>::Target, M::Backend> + ?Sized,
                V: Validation<M::Input, <$loss<$scores> as Objective<M::Output>>::Target, M::Backend>,
            {
                looping::fit(self, x, y, fit)
            }
        }
    )*};
}

misfits! {
    NotLogits: "the model's output went through a softmax or a sigmoid already, but the loss is from logits: \
        end the model with `Linear`, use the loss's `default()`, or write \
        `#[allow(keras::softmax_then_logits)]` before the model"
    BinaryCrossentropy<Logits>
    BinaryFocalCrossentropy<Logits>
    CategoricalCrossentropy<Logits>
    CategoricalFocalCrossentropy<Logits>
    SparseCategoricalCrossentropy<Logits>
}

misfits! {
    NotClasses: "the loss is for one class among many, but each of the model's outputs went through a sigmoid \
        of its own: end the model with `Softmax`, use a binary crossentropy where several classes \
        can be true at once, or write `#[allow(keras::sigmoid_many_classes)]` before the model"
    CategoricalCrossentropy<Probabilities>
    CategoricalFocalCrossentropy<Probabilities>
    SparseCategoricalCrossentropy<Probabilities>
}
