use crate::backend::{Backend, Stream};
use crate::data::Rows;
use crate::error::Result;
use crate::model::{Forward, Model};
use crate::shape::Shape;
use crate::tensor::Tensor;

/// Keras' default batch size.
pub const BATCH: usize = 32;

type Elem<M> = <<M as Model>::Backend as Backend>::Elem;

/// The outputs for all rows, `batch` of them at a time.
pub fn predict<M: Model>(
    model: &mut M,
    x: Rows<'_, Elem<M>>,
    batch: usize,
) -> Result<Tensor<M::Output, M::Backend>> {
    let mut out = Tensor::zeros(model.device().clone(), x.samples())?;
    let width = M::Output::NUMEL;
    let mut start = 0;
    while start < x.samples() {
        let end = (start + batch).min(x.samples());
        let n = end - start;
        forward(model, n, x.range(start, end), false)?;
        let store = model.store();
        let place = M::OUTPUT * n..(M::OUTPUT + width) * n;
        let to = <M::Backend as Backend>::view_mut(out.buf_mut(), start * width..end * width);
        store.device.copy(<M::Backend as Backend>::view(&store.work, place), to);
        start = end;
    }
    model.device().finish()?;
    Ok(out)
}

/// Runs `n` samples through the model; the outputs are in its workspace then.
#[inline]
pub fn forward<M: Model>(model: &mut M, n: usize, x: &[Elem<M>], training: bool) -> Result<()> {
    let (layers, store) = model.split();
    store.reserve(M::ACTIVATIONS * n)?;
    let device = &store.device;
    let x = device.upload(x, &mut store.input);
    let params = <M::Backend as Backend>::view(&store.params, 0..M::PARAMS);
    let stream = Stream::new(store.seed, store.step);
    let work = &mut store.work;
    device.run(M::FLOPS * n, || M::forward(layers, Forward { device, n, training, stream, params, x, work }));
    Ok(())
}
