//! Activations: one small file each.

mod elu;
mod gelu;
mod leaky_relu;
mod linear;
mod relu;
mod selu;
mod sigmoid;
mod silu;
mod softmax;
mod softplus;
mod tanh;

use core::fmt::Debug;

pub use elu::Elu;
pub use gelu::Gelu;
pub use leaky_relu::LeakyRelu;
pub use linear::Linear;
pub use relu::Relu;
pub use selu::Selu;
pub use sigmoid::Sigmoid;
pub(crate) use sigmoid::sigmoid;
pub use silu::Silu;
pub use softmax::Softmax;
pub use softplus::Softplus;
pub(crate) use softplus::softplus;
pub use tanh::Tanh;

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
    note = "activations: `Linear`, `Relu`, `Sigmoid`, `Tanh`, `Softmax`, `Gelu`, `Silu`, `Elu`, `Selu`, `Softplus`, `LeakyRelu`, or a type of your own that implements `Activate`"
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
}
