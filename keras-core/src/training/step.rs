//! One batch: forward, loss, backward, update.

use super::compiled::{Elem, TargetElem};
use super::pass::{Given, Pass, make_room, remember};
use super::tiles::Tiles;
use crate::backend::{Backend, FloatBuf, Floats, LossRows, Stream};
use crate::error::Result;
use crate::losses::{self, Loss};
use crate::model::{Lane, Model, Output, Parts, Rooms, Store};
use crate::optimizers::{Optimizer, OptimizerState};
use crate::shape::{Value, numel};

/// A batch on the host: `n` samples, their targets, and a weight for each, if there are weights.
pub(crate) struct HostBatch<'a, X, Y> {
    pub n: usize,
    pub x: &'a [X],
    pub y: &'a [Y],
    pub weights: Option<&'a [X]>,
}

/// What is done with the gradients of a batch.
pub(crate) enum Then<'a, O, B: Backend> {
    /// They are not computed: this is an evaluation.
    Nothing,
    /// They stay in the buffer, added to what is there if `add`.
    Keep { grads: &'a mut FloatBuf<B>, add: bool },
    /// An optimizer makes a step with them.
    Update { grads: &'a mut FloatBuf<B>, optimizer: &'a O, state: &'a mut OptimizerState<B> },
}

/// Buffers for what a device has to copy from the host.
pub(crate) struct Uploads<M: Model, L: Loss<M::Output>> {
    y: <M::Backend as Backend>::Buf<TargetElem<M, L>>,
    weights: FloatBuf<M::Backend>,
}

impl<M: Model, L: Loss<M::Output>> Uploads<M, L> {
    pub fn new(device: &M::Backend) -> Result<Self> {
        Ok(Self { y: device.alloc(0)?, weights: device.alloc(0)? })
    }
}

/// A loss and what it compares with.
struct Compared<'a, M: Model, L: Loss<M::Output>> {
    loss: &'a L,
    y: <M::Backend as Backend>::View<'a, TargetElem<M, L>>,
    weights: Option<Floats<'a, M::Backend>>,
    scale: f64,
}

impl<M: Model, L: Loss<M::Output>> Compared<'_, M, L> {
    /// The sum of the losses of the samples `first..first + n`, whose outputs lie in `output` from sample
    /// `at` of `all` on; the gradient by them goes to its place in `spare`, if asked.
    fn value(
        &self,
        device: &M::Backend,
        [first, n, at, all]: [usize; 4],
        output: &FloatBuf<M::Backend>,
        spare: Option<&mut FloatBuf<M::Backend>>,
    ) -> f64 {
        let (place, target): (&Output, _) = (&const { &M::LAYOUT }.full.last().outputs[0], L::Target::NUMEL);
        let rows = LossRows { scale: self.scale, ..losses::rows::<M::Output, L::Target>(n) };
        let y = <M::Backend as Backend>::part(self.y, first * target..(first + n) * target);
        let weights = self.weights.map(|w| <M::Backend as Backend>::part(w, first..first + n));
        let output = <M::Backend as Backend>::view(output, place.range(all, at, n));
        let gradient = spare.map(|spare| {
            let start = place.gradient * n;
            <M::Backend as Backend>::view_mut(spare, start..start + place.len * n)
        });
        device.loss::<L::Target, L>(self.loss, rows, y, output, weights, gradient)
    }
}

/// Runs a batch. Its loss, reduced, comes back; its outputs stay in the store.
pub(crate) fn batch<M: Model, O: Optimizer, L: Loss<M::Output>>(
    model: &mut M,
    loss: &L,
    uploads: &mut Uploads<M, L>,
    batch: &HostBatch<'_, Elem<M>, TargetElem<M, L>>,
    then: Then<'_, O, M::Backend>,
) -> Result<f64> {
    let n = batch.n;
    let scale = loss.factor(losses::rows::<M::Output, L::Target>(n), batch.y, batch.weights);
    let training = !matches!(then, Then::Nothing);
    let tiles = Tiles::of::<M>(n, training);
    let (layers, store) = model.split();
    make_room::<M>(store, tiles, n, training)?;
    let stream = Stream::new(store.seed, store.step);
    store.step += u64::from(training);
    let Store { device, params, rooms, input, .. } = store;
    let x = device.upload(batch.x, input);
    let y = device.upload(batch.y, &mut uploads.y);
    let weights = batch.weights.map(|w| device.upload(w, &mut uploads.weights));
    // Small gradients are kept from being lost on the way; the optimizer divides them again.
    let large =
        if let Then::Update { optimizer, state, .. } = &then { state.loss_scale(*optimizer) } else { 1.0 };
    let compared = Compared::<M, L> { loss, y, weights, scale: scale * large };
    let (gradients, update) = match then {
        Then::Nothing => (None, None),
        Then::Keep { grads, add } => (Some((grads, add)), None),
        Then::Update { grads, optimizer, state } => (Some((grads, false)), Some((optimizer, state))),
    };

    let sum = device.run(M::FLOPS * n * if training { 3 } else { 1 }, || {
        let view = <M::Backend as Backend>::view(params, 0..M::LAYOUT.params());
        let pass = Pass::<M> { layers, device, params: view, stream, training, keeps: training };
        let inputs = [<M::Backend as Backend>::part(x, 0..n * numel::<M::Input>())];
        let Some((grads, add)) = gradients else {
            pass.all(tiles, n, &inputs, rooms);
            return Ok(compared.value(device, [0, n, 0, n], &rooms.output, None));
        };
        let sum = if M::LAYOUT.full.head.is_empty() {
            there_and_back(&pass, &compared, (tiles, n), &inputs, rooms, (&mut *grads, add))
        } else {
            pass.all(tiles, n, &inputs, rooms);
            let sum = compared.value(device, [0, n, 0, n], &rooms.output, Some(&mut rooms.head.spare));
            pass.all_back(tiles, n, &inputs, rooms, (&mut *grads, add), &mut []);
            sum
        };
        remember::<M>(device, &rooms.head.work, params);
        if let Some((optimizer, state)) = update {
            state.apply(device, optimizer, M::LAYERS, params, grads)?;
        }
        Ok(sum)
    })?;
    Ok(sum * scale)
}

/// A model without a head: each tile goes through it, forward and backward, before the next one starts.
fn there_and_back<M: Model, L: Loss<M::Output>>(
    pass: &Pass<'_, M>,
    compared: &Compared<'_, M, L>,
    (tiles, all): (Tiles, usize),
    inputs: &[Floats<'_, M::Backend>],
    rooms: &mut Rooms<M::Backend>,
    (grads, add): (&mut FloatBuf<M::Backend>, bool),
) -> f64 {
    let Parts { front, .. } = const { &M::LAYOUT.full };
    pass.in_lanes(tiles, &mut rooms.lanes, grads, |number, lane| {
        let Lane { works, spare, output, grads, loss } = lane;
        *loss = 0.0;
        let start = tiles.of_lane(number).start;
        for (i, tile) in tiles.tiles(number).enumerate() {
            let (first, n, at) = (tile.start, tile.len(), tile.start - start);
            let given = Given { first, n, inputs };
            pass.forward(front, &given, &mut works[0], output, (tiles.lane, at));
            *loss += compared.value(pass.device, [first, n, at, tiles.lane], output, Some(&mut *spare));
            let add = i > 0 || add && number == 0;
            pass.backward(front, &given, (&mut works[0], &mut *spare), (&mut *grads, add), &mut []);
        }
    });
    pass.gather(tiles, all, &rooms.lanes, &mut rooms.output);
    rooms.lanes[..tiles.lanes()].iter().map(|lane| lane.loss).sum()
}
