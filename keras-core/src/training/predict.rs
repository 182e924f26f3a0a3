use super::step::output;
use crate::backend::{Backend, FloatsMut, Stream};
use crate::data::Rows;
use crate::error::Result;
use crate::model::{Forward, Model};
use crate::shape::Shape;
use crate::tensor::Tensor;

/// Keras' default batch size.
pub const BATCH: usize = 32;

type Elem<M> = <<M as Model>::Backend as Backend>::Elem;

/// Writes the outputs for all rows, `batch` of them at a time.
pub fn predict_into<M: Model>(
    model: &mut M,
    x: &Rows<'_, Elem<M>>,
    batch: usize,
    out: &mut Tensor<M::Output, M::Backend>,
) -> Result<()> {
    out.resize(x.samples())?;
    let width = M::Output::NUMEL;
    let mut start = 0;
    while start < x.samples() {
        let end = (start + batch).min(x.samples());
        let to = <M::Backend as Backend>::view_mut(out.buf_mut(), start * width..end * width);
        forward(model, end - start, x.range(start, end), to)?;
        start = end;
    }
    model.device().finish()
}

/// The outputs for `n` samples.
#[inline]
fn forward<M: Model>(model: &mut M, n: usize, x: &[Elem<M>], to: FloatsMut<'_, M::Backend>) -> Result<()> {
    let (layers, store) = model.split();
    store.reserve(M::ACTIVATIONS * n)?;
    let device = &store.device;
    let x = device.upload(x, &mut store.input);
    let (params, stream) = (&store.params, Stream::new(store.seed, store.step));
    let work = &mut store.work;
    device.run(M::FLOPS * n, || {
        let params = <M::Backend as Backend>::view(params, 0..M::PARAMS);
        let input = <M::Backend as Backend>::part(x, 0..M::Input::NUMEL * n);
        let pass = Forward { device, n, training: false, stream, params, x: input, work: &mut *work };
        M::forward(layers, pass);
        device.copy(output::<M>(work, x, n), to);
    });
    Ok(())
}
