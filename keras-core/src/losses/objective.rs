//! What a model as a whole is trained by: one loss, or one for each of its outputs.

use core::fmt::Debug;

use super::{Loss, rows, whole_batch};
use crate::backend::{Backend, FloatBuf, Floats, LossRows};
use crate::element::Element;
use crate::error::Result;
use crate::model::{MOST_OUTPUTS, Output};
use crate::shape::{Shape, Value};
use crate::values::Values;

/// A number for each output.
pub type Each = [f64; MOST_OUTPUTS];

/// Some samples of a batch: where their outputs are, and where gradients go.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The outputs.
    pub outputs: &'static [Output],
    /// Which sample of the batch is the first.
    pub first: usize,
    /// How many samples.
    pub n: usize,
    /// From which sample on their outputs lie in the buffer.
    pub at: usize,
    /// How many samples that has room for.
    pub all: usize,
}

/// What a compiled model is trained by: a [`Loss`], or for several outputs a tuple of losses.
///
/// The loss that training makes small is the sum of all, each times its [weight](Loss::weight).
#[diagnostic::on_unimplemented(
    message = "loss `{Self}` does not apply to a model whose output has shape `{Out}`",
    label = "this loss cannot be used with an output of shape `{Out}`",
    note = "a model with several outputs takes a tuple of losses, one for each"
)]
pub trait Objective<Out: Values>: Clone + Debug + Send + Sync + 'static {
    /// What the outputs are compared with.
    type Target: Values;

    /// Whether all samples of a batch are needed at once.
    fn whole_batch(&self) -> bool;
    /// As [`Loss::check_target`].
    ///
    /// # Errors
    /// Which target it is, and what is wrong with it.
    fn check_target<E: Element>(&self, y_true: &<Self::Target as Values>::Rows<'_, E>) -> Result<()>;
    /// As [`Loss::factor`], for each output.
    fn factors<E: Element>(
        &self,
        n: usize,
        y_true: <Self::Target as Values>::Batch<'_, E>,
        weights: Option<&[E]>,
    ) -> Each;
    /// As [`Loss::weight`], for each output.
    fn loss_weights(&self) -> Each;
    /// Adds the sums of all rows' losses; writes the gradients by the outputs to their places in `spare`.
    #[allow(clippy::too_many_arguments, reason = "it is what a loss depends on")]
    fn add<B: Backend>(
        &self,
        device: &B,
        place: Place,
        factors: &Each,
        y_true: <Self::Target as Values>::Views<'_, B>,
        weights: Option<Floats<'_, B>>,
        outputs: &FloatBuf<B>,
        spare: Option<&mut FloatBuf<B>>,
        sums: &mut Each,
    );
}

/// The part of one loss.
#[allow(clippy::too_many_arguments, reason = "it is what a loss depends on")]
fn add_one<Out: Shape, L: Loss<Out>, B: Backend>(
    loss: &L,
    which: usize,
    device: &B,
    place: Place,
    factors: &Each,
    y_true: B::View<'_, <L::Target as Value>::Scalar<B::Elem>>,
    weights: Option<Floats<'_, B>>,
    outputs: &FloatBuf<B>,
    spare: Option<&mut FloatBuf<B>>,
    sums: &mut Each,
) {
    let (output, target) = (&place.outputs[which], L::Target::NUMEL);
    let Place { first, n, .. } = place;
    let scale = factors[which] * loss.weight();
    let rows = LossRows { scale, ..rows::<Out, L>(loss, n) };
    let y = B::part(y_true, first * target..(first + n) * target);
    let weights = weights.map(|w| B::part(w, first..first + n));
    let predicted = B::view(outputs, output.range(place.all, place.at, n));
    let gradient = spare.map(|spare| {
        let start = output.gradient * n;
        B::view_mut(spare, start..start + output.len * n)
    });
    sums[which] += device.loss::<L::Target, L>(loss, rows, y, predicted, weights, gradient);
}

impl<Out: Shape, L: Loss<Out>> Objective<Out> for L {
    type Target = L::Target;

    fn whole_batch(&self) -> bool {
        whole_batch::<Out, L>(self)
    }
    fn check_target<E: Element>(&self, y_true: &<L::Target as Values>::Rows<'_, E>) -> Result<()> {
        Loss::check_target::<E>(self, y_true)
    }
    fn factors<E: Element>(
        &self,
        n: usize,
        y_true: <L::Target as Values>::Batch<'_, E>,
        weights: Option<&[E]>,
    ) -> Each {
        let mut factors = [0.0; MOST_OUTPUTS];
        factors[0] = self.factor(rows::<Out, L>(self, n), y_true, weights);
        factors
    }
    fn loss_weights(&self) -> Each {
        let mut all = [0.0; MOST_OUTPUTS];
        all[0] = self.weight();
        all
    }
    #[inline]
    fn add<B: Backend>(
        &self,
        device: &B,
        place: Place,
        factors: &Each,
        y_true: <L::Target as Values>::Views<'_, B>,
        weights: Option<Floats<'_, B>>,
        outputs: &FloatBuf<B>,
        spare: Option<&mut FloatBuf<B>>,
        sums: &mut Each,
    ) {
        add_one(self, 0, device, place, factors, y_true, weights, outputs, spare, sums);
    }
}

macro_rules! tuples {
    ($(($($l:ident $o:ident $i:tt),*);)*) => {$(
        impl<$($o: Shape,)* $($l: Loss<$o>),*> Objective<($($o,)*)> for ($($l,)*) {
            type Target = ($($l::Target,)*);

            fn whole_batch(&self) -> bool {
                false $(|| whole_batch::<$o, $l>(&self.$i))*
            }
            fn check_target<El: Element>(&self, y_true: &<Self::Target as Values>::Rows<'_, El>) -> Result<()> {
                $(Loss::<$o>::check_target::<El>(&self.$i, &y_true.$i)?;)*
                Ok(())
            }
            fn factors<El: Element>(
                &self,
                n: usize,
                y_true: <Self::Target as Values>::Batch<'_, El>,
                weights: Option<&[El]>,
            ) -> Each {
                let mut factors = [0.0; MOST_OUTPUTS];
                $(factors[$i] = Loss::<$o>::factor(&self.$i, rows::<$o, $l>(&self.$i, n), y_true.$i, weights);)*
                factors
            }
            fn loss_weights(&self) -> Each {
                let mut all = [0.0; MOST_OUTPUTS];
                $(all[$i] = Loss::<$o>::weight(&self.$i);)*
                all
            }
            fn add<Ba: Backend>(
                &self,
                device: &Ba,
                place: Place,
                factors: &Each,
                y_true: <Self::Target as Values>::Views<'_, Ba>,
                weights: Option<Floats<'_, Ba>>,
                outputs: &FloatBuf<Ba>,
                mut spare: Option<&mut FloatBuf<Ba>>,
                sums: &mut Each,
            ) {
                $({
                    let weights = weights.map(|w| Ba::part(w, 0..place.first + place.n));
                    let spare = spare.as_deref_mut();
                    add_one::<$o, $l, Ba>(
                        &self.$i, $i, device, place, factors, y_true.$i, weights, outputs, spare, sums,
                    );
                })*
            }
        }
    )*};
}

tuples! {
    (K A 0, L B 1);
    (K A 0, L B 1, M C 2);
    (K A 0, L B 1, M C 2, N D 3);
    (K A 0, L B 1, M C 2, N D 3, O E 4);
    (K A 0, L B 1, M C 2, N D 3, O E 4, P F 5);
    (K A 0, L B 1, M C 2, N D 3, O E 4, P F 5, Q G 6);
    (K A 0, L B 1, M C 2, N D 3, O E 4, P F 5, Q G 6, R H 7);
}
