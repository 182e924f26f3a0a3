use super::compiled::{InputBatch, InputRows};
use super::pass::{Pass, make_room};
use super::tiles::Tiles;
use crate::backend::{Backend, Stream};
use crate::error::Result;
use crate::model::{Model, Store};
use crate::values::{Signals, Values};

/// Keras' default batch size.
pub const BATCH: usize = 32;

/// Writes the outputs for all rows, `batch` of them at a time.
pub fn predict_into<M: Model>(
    model: &mut M,
    x: &InputRows<'_, M>,
    batch: usize,
    out: &mut <M::Output as Signals>::Tensors<M::Backend>,
) -> Result<()> {
    let samples = M::Input::samples(x);
    M::Output::resize(out, samples)?;
    let mut start = 0;
    while start < samples {
        let end = (start + batch).min(samples);
        forward(model, (start, end), M::Input::range(x, start, end), out)?;
        start = end;
    }
    model.device().finish()
}

/// The outputs for the samples from `start` to before `end`.
#[inline]
fn forward<M: Model>(
    model: &mut M,
    (start, end): (usize, usize),
    x: InputBatch<'_, M>,
    to: &mut <M::Output as Signals>::Tensors<M::Backend>,
) -> Result<()> {
    let n = end - start;
    let tiles = Tiles::of::<M>(n, false);
    let (layers, store) = model.split();
    make_room::<M>(store, tiles, n, false)?;
    let Store { device, params, rooms, input, frozen, seed, step, .. } = store;
    let x = M::Input::floats(device, x, input);
    let stream = Stream::new(*seed, *step);
    device.run(M::FLOPS * n, || {
        let params = <M::Backend as Backend>::view(params, 0..M::LAYOUT.params());
        let pass = Pass::<M> {
            layers,
            device,
            frozen: frozen.steps(),
            params,
            stream,
            activity: None,
            training: false,
            keeps: false,
            from: 0,
        };
        pass.all(tiles, n, x.as_ref(), rooms);
        let outputs = const { M::LAYOUT.light.last() }.outputs();
        for (output, buf) in outputs.iter().zip(M::Output::buffers(to).as_mut()) {
            let from = <M::Backend as Backend>::view(&rooms.output, output.range(n, 0, n));
            let to = <M::Backend as Backend>::view_mut(buf, start * output.len..end * output.len);
            device.copy(from, to);
        }
    });
    Ok(())
}
