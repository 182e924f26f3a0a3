//! One batch: forward, loss, backward, update.

use super::compiled::{Elem, TargetElem};
use crate::backend::{Backend, FloatBuf, Floats, FloatsMut, Stream};
use crate::error::Result;
use crate::losses::{self, Loss};
use crate::model::{Backward, Forward, MODEL_INPUT, Model};
use crate::optimizers::{Optimizer, OptimizerState};
use crate::shape::Shape;

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

/// The output's place in the workspace for `n` samples.
pub(crate) fn output<'a, 'x: 'a, M: Model>(
    work: &'a FloatBuf<M::Backend>,
    x: Floats<'x, M::Backend>,
    n: usize,
) -> Floats<'a, M::Backend> {
    let len = M::Output::NUMEL * n;
    if M::OUTPUT == MODEL_INPUT {
        return <M::Backend as Backend>::part(x, 0..len);
    }
    <M::Backend as Backend>::view(work, M::OUTPUT * n..M::OUTPUT * n + len)
}

/// The same, with the place of the gradient by it.
fn output_and_gradient<'a, 'x: 'a, M: Model>(
    work: &'a mut FloatBuf<M::Backend>,
    x: Floats<'x, M::Backend>,
    n: usize,
) -> (Floats<'a, M::Backend>, FloatsMut<'a, M::Backend>) {
    let len = M::Output::NUMEL * n;
    let gradient = M::OUTPUT_GRADIENT * n..M::OUTPUT_GRADIENT * n + len;
    if M::OUTPUT == MODEL_INPUT {
        let [gradient] = <M::Backend as Backend>::parts(work, [gradient]);
        return (<M::Backend as Backend>::part(x, 0..len), gradient);
    }
    let [output, gradient] =
        <M::Backend as Backend>::parts(work, [M::OUTPUT * n..M::OUTPUT * n + len, gradient]);
    (<M::Backend as Backend>::freeze(output), gradient)
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

/// Runs a batch. Its loss, reduced, comes back; its outputs stay in the workspace.
pub(crate) fn batch<M: Model, O: Optimizer, L: Loss<M::Output>>(
    model: &mut M,
    loss: &L,
    uploads: &mut Uploads<M, L>,
    batch: &HostBatch<'_, Elem<M>, TargetElem<M, L>>,
    then: Then<'_, O, M::Backend>,
) -> Result<f64> {
    let n = batch.n;
    let training = !matches!(then, Then::Nothing);
    let mut rows = losses::rows::<M::Output, L::Target>(n);
    let weight_sum = batch.weights.map(|weights| {
        let sum: f64 = weights.iter().map(|&w| crate::element::Element::f64(w)).sum();
        sum * rows.rows_per_weight as f64
    });
    rows.scale = loss.reduction().factor(rows.rows, weight_sum);

    let (layers, store) = model.split();
    store.reserve((M::ACTIVATIONS + if training { M::GRADIENTS } else { 0 }) * n)?;
    let stream = Stream::new(store.seed, store.step);
    store.step += u64::from(training);
    let device = &store.device;
    let x = device.upload(batch.x, &mut store.input);
    let y = device.upload(batch.y, &mut uploads.y);
    let weights = batch.weights.map(|w| device.upload(w, &mut uploads.weights));
    let (params, work) = (&mut store.params, &mut store.work);
    let passes = if training { 3 } else { 1 };

    let sum: f64 = device.run(M::FLOPS * n * passes, || {
        // Each use takes its own view, which lives no longer than it has to.
        let view = <M::Backend as Backend>::view(params, 0..M::PARAMS);
        M::forward(
            layers,
            Forward {
                device,
                n,
                training,
                stream,
                params: view,
                x: <M::Backend as Backend>::part(x, 0..M::Input::NUMEL * n),
                work: &mut *work,
            },
        );
        let sum = match then {
            Then::Nothing => {
                let output = output::<M>(work, x, n);
                return Ok(device.loss::<L::Target, L>(loss, rows, y, output, weights, None));
            }
            Then::Keep { .. } | Then::Update { .. } => {
                let (output, gradient) = output_and_gradient::<M>(work, x, n);
                device.loss::<L::Target, L>(loss, rows, y, output, weights, Some(gradient))
            }
        };
        let (grads, add, update) = match then {
            Then::Keep { grads, add } => (grads, add, None),
            Then::Update { grads, optimizer, state } => (grads, false, Some((optimizer, state))),
            Then::Nothing => unreachable!("returned above"),
        };
        let pass = Backward {
            device,
            n,
            training,
            stream,
            params: <M::Backend as Backend>::view(params, 0..M::PARAMS),
            x: <M::Backend as Backend>::part(x, 0..M::Input::NUMEL * n),
            work: &mut *work,
            grads: &mut *grads,
            add,
            dx: None,
        };
        M::backward(layers, pass);
        if let Some((optimizer, state)) = update {
            state.apply(device, optimizer, M::LAYERS, params, grads)?;
        }
        Ok(sum)
    })?;
    Ok(sum * rows.scale)
}
