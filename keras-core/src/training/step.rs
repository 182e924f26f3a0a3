//! One batch: forward, loss, backward, update.

use super::compiled::{Elem, TargetElem};
use super::tiles::Tiles;
use crate::backend::{Backend, FloatBuf, Floats, FloatsMut, LossRows, Stream};
use crate::error::Result;
use crate::losses::{self, Loss};
use crate::model::{Backward, Forward, Lane, MODEL_INPUT, Model, Store, reserve};
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

/// Makes room for a batch in a model's store.
pub(crate) fn make_room<M: Model>(
    store: &mut Store<M::Backend>,
    tiles: Tiles,
    n: usize,
    training: bool,
) -> Result<()> {
    let Store { device, lanes, output, .. } = store;
    while lanes.len() < tiles.lanes() {
        lanes.push(Lane::new(device)?);
    }
    for (number, lane) in lanes[..tiles.lanes()].iter_mut().enumerate() {
        reserve(device, &mut lane.work, M::LAYOUT.workspace(tiles.tile, training))?;
        reserve(device, &mut lane.output, tiles.lane * numel::<M::Output>())?;
        if training && number > 0 {
            reserve(device, &mut lane.grads, M::LAYOUT.trained)?;
        }
    }
    reserve(device, output, n * numel::<M::Output>())
}

/// What all tiles of a pass share.
pub(crate) struct Pass<'a, M: Model> {
    pub layers: &'a M::Layers,
    pub device: &'a M::Backend,
    pub params: Floats<'a, M::Backend>,
    pub x: Floats<'a, M::Backend>,
    pub stream: Stream,
    pub training: bool,
}

impl<M: Model> Pass<'_, M> {
    fn input(&self, first: usize, n: usize) -> Floats<'_, M::Backend> {
        <M::Backend as Backend>::part(self.x, first * numel::<M::Input>()..(first + n) * numel::<M::Input>())
    }

    fn params(&self) -> Floats<'_, M::Backend> {
        <M::Backend as Backend>::part(self.params, 0..M::LAYOUT.params())
    }

    /// Runs `n` samples forward; copies their outputs to `output`, from sample `to` on.
    pub fn forward(
        &self,
        first: usize,
        n: usize,
        work: &mut FloatBuf<M::Backend>,
        output: &mut FloatBuf<M::Backend>,
        to: usize,
    ) {
        let Self { layers, device, stream, training, .. } = *self;
        let (params, x) = (self.params(), self.input(first, n));
        let pass = Forward { device, layout: M::LAYOUT, n, first, training, stream, params, x, work };
        M::forward(layers, pass);
        let len = numel::<M::Output>();
        let y = if M::LAYOUT.output == MODEL_INPUT {
            self.input(first, n)
        } else {
            <M::Backend as Backend>::view(work, M::LAYOUT.place(M::LAYOUT.output, len, n))
        };
        device.copy(y, <M::Backend as Backend>::view_mut(output, to * len..(to + n) * len));
    }

    /// Runs `n` samples backward; the gradient by their outputs lies in its place.
    pub fn backward(
        &self,
        first: usize,
        n: usize,
        work: &mut FloatBuf<M::Backend>,
        grads: &mut FloatBuf<M::Backend>,
        add: bool,
        mut dx: Option<FloatsMut<'_, M::Backend>>,
    ) {
        let Self { layers, device, stream, training, .. } = *self;
        let (layout, params, x) = (M::LAYOUT, self.params(), self.input(first, n));
        let dx = dx.as_mut().map(<M::Backend as Backend>::lend);
        M::backward(
            layers,
            Backward { device, layout, n, first, training, stream, params, x, work, grads, add, dx },
        );
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
    /// The sum of the losses of `n` samples, whose outputs lie in `output` from sample `at` on; the
    /// gradient by them goes to its place in the workspace, if asked.
    fn value(
        &self,
        device: &M::Backend,
        [first, n, at]: [usize; 3],
        output: &FloatBuf<M::Backend>,
        gradient: Option<&mut FloatBuf<M::Backend>>,
    ) -> f64 {
        let (width, target) = (numel::<M::Output>(), L::Target::NUMEL);
        let rows = LossRows { scale: self.scale, ..losses::rows::<M::Output, L::Target>(n) };
        let y = <M::Backend as Backend>::part(self.y, first * target..(first + n) * target);
        let weights = self.weights.map(|w| <M::Backend as Backend>::part(w, first..first + n));
        let output = <M::Backend as Backend>::view(output, at * width..(at + n) * width);
        let place = M::LAYOUT.place(M::LAYOUT.output_gradient, width, n);
        let gradient = gradient.map(|work| <M::Backend as Backend>::view_mut(work, place));
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
    let (training, mut grads, add, update) = match then {
        Then::Nothing => (false, None, false, None),
        Then::Keep { grads, add } => (true, Some(grads), add, None),
        Then::Update { grads, optimizer, state } => (true, Some(grads), false, Some((optimizer, state))),
    };
    let scale = loss.factor(losses::rows::<M::Output, L::Target>(n), batch.y, batch.weights);
    let tiles = Tiles::of::<M>(n, training);
    let (layers, store) = model.split();
    make_room::<M>(store, tiles, n, training)?;
    let stream = Stream::new(store.seed, store.step);
    store.step += u64::from(training);
    let Store { device, params, lanes, output, input, .. } = store;
    let x = device.upload(batch.x, input);
    let y = device.upload(batch.y, &mut uploads.y);
    let weights = batch.weights.map(|w| device.upload(w, &mut uploads.weights));
    let lanes = &mut lanes[..tiles.lanes()];

    let sum = device.run(M::FLOPS * n * if training { 3 } else { 1 }, || {
        if let Some(grads) = &mut grads {
            core::mem::swap(&mut lanes[0].grads, *grads);
        }
        {
            let params = <M::Backend as Backend>::view(params, 0..M::LAYOUT.params());
            let x = <M::Backend as Backend>::part(x, 0..n * numel::<M::Input>());
            let pass = Pass::<M> { layers, device, params, x, stream, training };
            let compared = Compared::<M, L> { loss, y, weights, scale };
            let one = |number: usize, lane: &mut Lane<M::Backend>| {
                lane.loss = 0.0;
                let start = tiles.of_lane(number).start;
                for tile in tiles.of_lane_in_order(number) {
                    let (first, n, at) = (tile.start, tile.len(), tile.start - start);
                    pass.forward(first, n, &mut lane.work, &mut lane.output, at);
                    let gradient = training.then_some(&mut lane.work);
                    lane.loss += compared.value(device, [first, n, at], &lane.output, gradient);
                    if training {
                        let add = at > 0 || add && number == 0;
                        pass.backward(first, n, &mut lane.work, &mut lane.grads, add, None);
                    }
                }
            };
            match &mut *lanes {
                [lane] => one(0, lane),
                lanes => device.each(lanes, one),
            }
        }
        gather::<M>(device, tiles, lanes, output, training);
        if training {
            remember::<M>(device, &lanes[0].work, params);
        }
        if let Some(grads) = &mut grads {
            core::mem::swap(&mut lanes[0].grads, *grads);
        }
        if let (Some((optimizer, state)), Some(grads)) = (update, grads) {
            state.apply(device, optimizer, M::LAYERS, params, grads)?;
        }
        Ok(lanes.iter().map(|lane| lane.loss).sum::<f64>())
    })?;
    Ok(sum * scale)
}

/// Puts the outputs of all lanes one after the other, and adds up their gradients in the first one's.
fn gather<M: Model>(
    device: &M::Backend,
    tiles: Tiles,
    lanes: &mut [Lane<M::Backend>],
    output: &mut FloatBuf<M::Backend>,
    training: bool,
) {
    let len = numel::<M::Output>();
    for (number, lane) in lanes.iter().enumerate() {
        let to = tiles.of_lane(number);
        let from = <M::Backend as Backend>::view(&lane.output, 0..to.len() * len);
        device.copy(from, <M::Backend as Backend>::view_mut(output, to.start * len..to.end * len));
    }
    let Some((first, others)) = lanes.split_first_mut() else { return };
    if training {
        for lane in others {
            let all = 0..M::LAYOUT.trained;
            let from = <M::Backend as Backend>::view(&lane.grads, all.clone());
            device.add(from, <M::Backend as Backend>::view_mut(&mut first.grads, all));
        }
    }
}

/// Keeps what layers are to remember from now on.
pub(crate) fn remember<M: Model>(
    device: &M::Backend,
    work: &FloatBuf<M::Backend>,
    params: &mut FloatBuf<M::Backend>,
) {
    if M::LAYOUT.state > 0 {
        let next = <M::Backend as Backend>::view(work, 0..M::LAYOUT.state);
        let to = M::LAYOUT.trained..M::LAYOUT.params();
        device.copy(next, <M::Backend as Backend>::view_mut(params, to));
    }
}
