use super::compiled::Elem;
use super::pass::{Pass, make_room};
use super::tiles::Tiles;
use crate::backend::{Backend, FloatsMut, Stream};
use crate::data::Rows;
use crate::error::Result;
use crate::model::{Model, Store};
use crate::shape::Shape;
use crate::tensor::Tensor;

/// Keras' default batch size.
pub const BATCH: usize = 32;

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
    let tiles = Tiles::of::<M>(n, false);
    let (layers, store) = model.split();
    make_room::<M>(store, tiles, n, false)?;
    let Store { device, params, rooms, input, seed, step } = store;
    let x = device.upload(x, input);
    let stream = Stream::new(*seed, *step);
    device.run(M::FLOPS * n, || {
        let params = <M::Backend as Backend>::view(params, 0..M::LAYOUT.params());
        let pass = Pass::<M> { layers, device, params, stream, training: false, keeps: false };
        pass.all(tiles, n, &[<M::Backend as Backend>::part(x, 0..n * M::Input::NUMEL)], rooms);
        device.copy(<M::Backend as Backend>::view(&rooms.output, 0..n * M::Output::NUMEL), to);
    });
    Ok(())
}
