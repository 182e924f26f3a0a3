use super::Values;
use crate::backend::{Backend, FloatBuf, Floats, FloatsMut};
use crate::element::Element;
use crate::error::Result;
use crate::shape::{Dims, Shape};
use crate::tensor::Tensor;

/// Floats in one [`Shape`], or in each of a tuple of shapes: what a model takes, or gives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a model takes or gives",
    label = "expected a shape such as `Rank1<FEATURES>`, or a tuple of shapes"
)]
pub trait Signals: Values {
    /// One thing for each of them.
    type Array<T: Send + Sync>: AsRef<[T]> + AsMut<[T]> + Send + Sync;
    /// Numbers on a device that a person holds.
    type Tensors<B: Backend>: Send + Sync;

    /// Brings a batch to a device; there is a buffer for each value.
    fn floats<'a, 'b: 'a, B: Backend>(
        device: &B,
        batch: Self::Batch<'b, B::Elem>,
        bufs: &'a mut [FloatBuf<B>],
    ) -> Self::Array<Floats<'a, B>>;
    /// The floats of a batch on the host.
    fn slices<'a, E: Element>(batch: Self::Batch<'a, E>) -> Self::Array<&'a [E]>;
    /// Tensors of `n` samples.
    ///
    /// # Errors
    /// If the device has not enough memory.
    fn tensors<B: Backend>(device: &B, n: usize) -> Result<Self::Tensors<B>>;
    /// Makes room for as many samples in tensors; what they are is left open.
    ///
    /// # Errors
    /// If the device has not enough memory.
    fn resize<B: Backend>(tensors: &mut Self::Tensors<B>, n: usize) -> Result<()>;
    /// The buffers of tensors.
    fn buffers<B: Backend>(tensors: &mut Self::Tensors<B>) -> Self::Array<&mut FloatBuf<B>>;
    /// All numbers of tensors of `n` samples, to be written.
    fn views_mut<B: Backend>(tensors: &mut Self::Tensors<B>, n: usize) -> Self::Array<FloatsMut<'_, B>>;
    /// How many numbers one sample has, all together.
    #[must_use]
    fn numel() -> usize {
        Self::DIMS.iter().map(|dims: &Dims| dims.numel()).sum()
    }
}

impl<S: Shape> Signals for S {
    type Array<T: Send + Sync> = [T; 1];
    type Tensors<B: Backend> = Tensor<S, B>;

    fn floats<'a, 'b: 'a, B: Backend>(
        device: &B,
        batch: &'b [B::Elem],
        bufs: &'a mut [FloatBuf<B>],
    ) -> [Floats<'a, B>; 1] {
        let [buf] = bufs else { unreachable!("there is a buffer for each value") };
        [device.upload(batch, buf)]
    }
    fn slices<'a, E: Element>(batch: <Self as Values>::Batch<'a, E>) -> [&'a [E]; 1] {
        [batch]
    }
    fn tensors<B: Backend>(device: &B, n: usize) -> Result<Tensor<S, B>> {
        Tensor::zeros(device.clone(), n)
    }
    fn resize<B: Backend>(tensors: &mut Tensor<S, B>, n: usize) -> Result<()> {
        tensors.resize(n)
    }
    fn buffers<B: Backend>(tensors: &mut Tensor<S, B>) -> [&mut FloatBuf<B>; 1] {
        [tensors.buf_mut()]
    }
    fn views_mut<B: Backend>(tensors: &mut Tensor<S, B>, n: usize) -> [FloatsMut<'_, B>; 1] {
        [B::view_mut(tensors.buf_mut(), 0..n * <S as Shape>::NUMEL)]
    }
}
