//! One batch: forward, loss, backward, update.

use super::compiled::{Elem, InputBatch, Target, TargetBatch};
use super::pass::{Given, Pass, make_room, remember};
use super::tiles::Tiles;
use crate::backend::{Backend, FloatBuf, Floats, Stream};
use crate::error::Result;
use crate::losses::{Each, Objective, Place};
use crate::model::{Activity, Lane, Model, Parts, Rooms, Store, ruled};
use crate::optimizers::{Optimizer, OptimizerState};
use crate::values::{Signals, Values};

/// A batch on the host: `n` samples, their targets, and a weight for each, if there are weights.
pub(crate) struct HostBatch<'a, M: Model, L: Objective<M::Output>> {
    pub n: usize,
    pub x: InputBatch<'a, M>,
    pub y: TargetBatch<'a, M, L>,
    pub weights: Option<&'a [Elem<M>]>,
}

/// What a batch costs.
pub(crate) struct Losses {
    /// The loss of each output, reduced, without its weight.
    pub each: Each,
    /// All penalties on variables and on what layers make.
    pub penalty: f64,
}

impl Losses {
    /// What training makes small.
    pub fn total<Out: Values>(&self, loss: &impl Objective<Out>) -> f64 {
        let weighted = self.each.iter().zip(loss.loss_weights()).map(|(loss, weight)| loss * weight);
        weighted.sum::<f64>() + self.penalty
    }
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
pub(crate) struct Uploads<M: Model, L: Objective<M::Output>> {
    y: <Target<M, L> as Values>::Bufs<M::Backend>,
    weights: FloatBuf<M::Backend>,
}

impl<M: Model, L: Objective<M::Output>> Uploads<M, L> {
    pub fn new(device: &M::Backend) -> Result<Self> {
        Ok(Self { y: Target::<M, L>::bufs(device)?, weights: device.alloc(0)? })
    }
}

/// The losses and what they compare with.
struct Compared<'a, M: Model, L: Objective<M::Output>> {
    loss: &'a L,
    y: <Target<M, L> as Values>::Views<'a, M::Backend>,
    weights: Option<Floats<'a, M::Backend>>,
    factors: Each,
}

impl<M: Model, L: Objective<M::Output>> Compared<'_, M, L> {
    /// Adds the sums of the losses of the samples `first..first + n`, whose outputs lie in `output` from
    /// sample `at` of `all` on; the gradients by them go to their places in `spare`, if asked.
    fn add(
        &self,
        device: &M::Backend,
        [first, n, at, all]: [usize; 4],
        output: &FloatBuf<M::Backend>,
        spare: Option<&mut FloatBuf<M::Backend>>,
        sums: &mut Each,
    ) {
        let outputs = const { M::LAYOUT.full.last() }.outputs();
        let place = Place { outputs, first, n, at, all };
        self.loss.add(device, place, &self.factors, self.y, self.weights, output, spare, sums);
    }
}

/// Runs a batch. What it costs comes back; its outputs stay in the store.
pub(crate) fn batch<M: Model, O: Optimizer, L: Objective<M::Output>>(
    model: &mut M,
    loss: &L,
    uploads: &mut Uploads<M, L>,
    batch: &HostBatch<'_, M, L>,
    then: Then<'_, O, M::Backend>,
) -> Result<Losses> {
    let n = batch.n;
    let factors = loss.factors(n, batch.y, batch.weights);
    let training = !matches!(then, Then::Nothing);
    let (layers, store) = model.split();
    let whole = training && loss.whole_batch() || store.watched;
    let tiles = if whole { Tiles::whole(n) } else { Tiles::of::<M>(n, training) };
    make_room::<M>(store, tiles, n, training)?;
    let stream = Stream::new(store.seed, store.step);
    store.step += u64::from(training);
    let Store { device, params, rooms, input, frozen, ruled, watched, .. } = store;
    let inputs = M::Input::floats(device, batch.x, input);
    let inputs = inputs.as_ref();
    let y = Target::<M, L>::upload(device, batch.y, &mut uploads.y);
    let weights = batch.weights.map(|w| device.upload(w, &mut uploads.weights));
    // Small gradients are kept from being lost on the way; the optimizer divides them again.
    let large =
        if let Then::Update { optimizer, state, .. } = &then { state.loss_scale(*optimizer) } else { 1.0 };
    let activity = watched.then(|| Activity::new(n, large));
    let on_outputs = || activity.as_ref().map_or(Ok(0.0), Activity::total);
    let compared = Compared::<M, L> { loss, y, weights, factors: factors.map(|factor| factor * large) };
    let (gradients, update) = match then {
        Then::Nothing => (None, None),
        Then::Keep { grads, add } => (Some((grads, add)), None),
        Then::Update { grads, optimizer, state } => (Some((grads, false)), Some((optimizer, state))),
    };

    // Who asks for the gradients gets all of them; who asks for a step needs none of what is frozen in front.
    let from = if update.is_some() { frozen.first() } else { 0 };

    let (mut each, penalty) = device.run(M::FLOPS * n * if training { 3 } else { 1 }, || {
        let view = <M::Backend as Backend>::view(params, 0..M::LAYOUT.params());
        let pass = Pass::<M> {
            layers,
            device,
            frozen: frozen.steps(),
            params: view,
            stream,
            activity: activity.as_ref(),
            training,
            keeps: training,
            from,
        };
        let mut sums = Each::default();
        let Some((grads, add)) = gradients else {
            pass.all(tiles, n, inputs, rooms);
            compared.add(device, [0, n, 0, n], &rooms.output, None, &mut sums);
            let penalty = ruled::penalty::<M>(layers, (ruled, frozen.steps()), device, params, None)?;
            return Ok((sums, penalty + on_outputs()?));
        };
        if M::LAYOUT.full.head.is_empty() {
            sums = there_and_back(&pass, &compared, (tiles, n), inputs, rooms, (&mut *grads, add));
        } else {
            pass.all(tiles, n, inputs, rooms);
            compared.add(device, [0, n, 0, n], &rooms.output, Some(&mut rooms.head.spare), &mut sums);
            pass.all_back(tiles, n, inputs, rooms, (&mut *grads, add), &mut []);
        }
        remember::<M>(device, &rooms.head.work, params, frozen.steps());
        let rules = (ruled.as_slice(), frozen.steps());
        let scale = |factor: f64, grads: &mut FloatBuf<M::Backend>| {
            if large != 1.0 && !ruled.is_empty() {
                device.scale(factor, M::Backend::view_mut(grads, 0..M::LAYOUT.trained));
            }
        };
        scale(1.0 / large, grads);
        let penalty = ruled::penalty::<M>(layers, rules, device, params, Some(&mut *grads))? + on_outputs()?;
        scale(large, grads);
        if let Some((optimizer, state)) = update {
            frozen.hold(device, params, grads, |params, grads| {
                state.apply(device, optimizer, M::LAYERS, params, grads)
            })?;
            ruled::project::<M>(layers, (ruled, frozen.steps()), device, params)?;
        }
        Ok((sums, penalty))
    })?;
    for (loss, factor) in each.iter_mut().zip(factors) {
        *loss *= factor;
    }
    Ok(Losses { each, penalty })
}

/// A model without a head: each tile goes through it, forward and backward, before the next one starts.
fn there_and_back<M: Model, L: Objective<M::Output>>(
    pass: &Pass<'_, M>,
    compared: &Compared<'_, M, L>,
    (tiles, all): (Tiles, usize),
    inputs: &[Floats<'_, M::Backend>],
    rooms: &mut Rooms<M::Backend>,
    (grads, add): (&mut FloatBuf<M::Backend>, bool),
) -> Each {
    let Parts { front, .. } = const { &M::LAYOUT.full };
    pass.in_lanes(tiles, &mut rooms.lanes, grads, |number, lane| {
        let Lane { works, spare, output, grads, losses } = lane;
        *losses = Each::default();
        let start = tiles.of_lane(number).start;
        for (i, tile) in tiles.tiles(number).enumerate() {
            let (first, n, at) = (tile.start, tile.len(), tile.start - start);
            let given = Given { first, n, inputs };
            pass.forward(front, &given, &mut works[0], output, (tiles.lane, at));
            let place = [first, n, at, tiles.lane];
            compared.add(pass.device, place, output, Some(&mut *spare), losses);
            let add = i > 0 || add && number == 0;
            pass.backward(front, &given, (&mut works[0], &mut *spare), (&mut *grads, add), &mut []);
        }
    });
    pass.gather(tiles, all, &rooms.lanes, &mut rooms.output);
    let mut sums = Each::default();
    for lane in &rooms.lanes[..tiles.lanes()] {
        sums.iter_mut().zip(lane.losses).for_each(|(sum, loss)| *sum += loss);
    }
    sums
}
