//! Activations: one small file each.

mod any;
mod celu;
mod elu;
mod exponential;
mod function;
mod gelu;
mod glu;
mod hard_shrink;
mod hard_sigmoid;
mod hard_silu;
mod hard_tanh;
mod keras_sparsemax;
mod leaky_relu;
mod linear;
mod log_sigmoid;
mod log_softmax;
mod mish;
mod rectified_linear;
mod relu;
mod relu6;
mod selu;
mod sigmoid;
mod silu;
mod soft_shrink;
mod softmax;
mod softplus;
mod softsign;
mod sparse_plus;
mod sparse_sigmoid;
mod sparsemax;
mod squareplus;
mod tanh;
mod tanh_shrink;
#[cfg(test)]
mod tests;
mod threshold;

use core::fmt::Debug;

pub use any::AnyActivation;
pub use celu::Celu;
pub use elu::Elu;
pub use exponential::Exponential;
pub use function::Function;
pub use gelu::Gelu;
pub use glu::Glu;
pub use hard_shrink::HardShrink;
pub use hard_sigmoid::HardSigmoid;
pub use hard_silu::HardSilu;
pub use hard_tanh::HardTanh;
pub use keras_sparsemax::KerasSparsemax;
pub use leaky_relu::LeakyRelu;
pub use linear::Linear;
pub use log_sigmoid::LogSigmoid;
pub use log_softmax::LogSoftmax;
pub use mish::Mish;
pub use rectified_linear::RectifiedLinear;
pub use relu::Relu;
pub use relu6::Relu6;
pub use selu::Selu;
pub use sigmoid::Sigmoid;
pub(crate) use sigmoid::sigmoid;
pub use silu::Silu;
pub use soft_shrink::SoftShrink;
pub use softmax::Softmax;
pub use softplus::Softplus;
pub(crate) use softplus::softplus;
pub use softsign::Softsign;
pub use sparse_plus::SparsePlus;
pub use sparse_sigmoid::SparseSigmoid;
pub use sparsemax::Sparsemax;
pub use squareplus::Squareplus;
pub use tanh::Tanh;
pub use tanh_shrink::TanhShrink;
pub use threshold::Threshold;

use crate::element::Element;

/// An activation: what stands last in `Dense<100, 64, Relu>`.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::{activations::Activate, element::Element};
///
/// /// `x³`
/// #[derive(Clone, Debug, Default)]
/// struct Cube;
///
/// impl Activate for Cube {
///     const NEEDS_INPUT: bool = true;
///     fn forward<E: Element>(&self, row: &mut [E]) {
///         for v in row {
///             *v = *v * *v * *v;
///         }
///     }
///     fn backward<E: Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
///         for (d, &x) in d.iter_mut().zip(x) {
///             *d *= E::of(3.0) * x * x;
///         }
///     }
/// }
///
/// sequential! { struct Net< Dense<2, 3, Cube>, Dense<_, 1> > }
/// let y = Net::<Cpu>::new(1).predict(&[[1.0, 2.0]])?;
/// assert_eq!(y.samples(), 1);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an activation",
    label = "expected an activation here",
    note = "those of the library are listed in `keras_core::activations`; a type of your own needs `impl Activate`"
)]
pub trait Activate: Clone + Default + Debug + Send + Sync + 'static {
    /// Whether each element stands for itself. If not, `forward` and `backward` are called with one
    /// row at a time: the last dimension; if so, with any number of elements.
    const ELEMENTWISE: bool = true;
    /// Whether `backward` needs the input; if not, it is given an empty slice and no memory is kept.
    const NEEDS_INPUT: bool = false;
    /// Whether it does nothing, so that it need not be called.
    const IDENTITY: bool = false;

    /// Whether it is `max(x, 0)`, which a kernel can do as it stores.
    #[doc(hidden)]
    const RECTIFIES: bool = false;

    /// Replaces the input by the output.
    fn forward<E: Element>(&self, row: &mut [E]);
    /// Replaces the gradient by the output by that by the input.
    fn backward<E: Element>(&self, x: &[E], y: &[E], d: &mut [E]);
    /// Which of the library's functions it is, so that it can be written in a file of another form. One of a
    /// person's own is none, or one that it equals.
    fn function(&self) -> Option<Function> {
        None
    }
}
