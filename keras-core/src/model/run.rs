use core::ops::Range;

use crate::backend::{Backend, FloatBuf, Floats, FloatsMut, Stream};
use crate::layers::{self, Run};
use crate::model::node::Node;
use crate::model::plan::{Layout, MODEL_INPUT, Step};

/// A forward pass on its way through the layers.
pub struct Forward<'a, B: Backend> {
    /// The device.
    pub device: &'a B,
    /// How the arenas are laid out.
    pub layout: Layout,
    /// The samples: of a batch or of a piece of it.
    pub n: usize,
    /// Which sample of the batch is the first of these.
    pub first: usize,
    /// Whether layers behave as in training.
    pub training: bool,
    /// Random numbers of this step.
    pub stream: Stream,
    /// All parameters and the state.
    pub params: Floats<'a, B>,
    /// The model's input.
    pub x: Floats<'a, B>,
    /// The workspace.
    pub work: &'a mut FloatBuf<B>,
}

/// A backward pass on its way back. The gradient by the output lies in its place in the workspace.
pub struct Backward<'a, B: Backend> {
    /// The device.
    pub device: &'a B,
    /// How the arenas are laid out.
    pub layout: Layout,
    /// The samples: of a batch or of a piece of it.
    pub n: usize,
    /// Which sample of the batch is the first of these.
    pub first: usize,
    /// Whether the forward pass was training.
    pub training: bool,
    /// The random numbers of the forward pass.
    pub stream: Stream,
    /// All parameters and the state.
    pub params: Floats<'a, B>,
    /// The model's input.
    pub x: Floats<'a, B>,
    /// The workspace, as the forward pass left it.
    pub work: &'a mut FloatBuf<B>,
    /// All gradients.
    pub grads: &'a mut FloatBuf<B>,
    /// Whether to add to the gradients instead of overwriting them.
    pub add: bool,
    /// The gradient by the model's input, if somebody wants it.
    pub dx: Option<FloatsMut<'a, B>>,
}

/// Where a layer's state is, behind all parameters.
#[inline(always)]
const fn state(layout: &Layout, s: Step) -> Range<usize> {
    let start = layout.trained + s.state;
    start..start + s.state_len
}

/// What a layer keeps of a batch, behind the next state.
#[inline(always)]
const fn kept(layout: &Layout, s: Step) -> Range<usize> {
    let start = layout.state + s.kept;
    start..start + s.kept_len
}

/// Runs one layer forward.
#[inline]
pub fn forward<N: Node, B: Backend>(layer: &N::L, pass: &mut Forward<'_, B>, s: Step)
where
    N::L: Run<N::In, B>,
{
    if <N::L as layers::Layer<N::In>>::VIEW {
        return;
    }
    let (n, layout) = (pass.n, pass.layout);
    let range = |at: usize, len: usize| layout.place(at, len, n);
    let (y_range, aux_range, kept_range) = (range(s.y, s.y_len), range(s.aux, s.aux_len), kept(&layout, s));
    let next_range = s.state..s.state + if pass.training { s.state_len } else { 0 };
    let (x, y, aux, kept, next_state);
    if s.x == MODEL_INPUT {
        x = B::part(pass.x, 0..s.x_len * n);
        [y, aux, kept, next_state] = B::parts(pass.work, [y_range, aux_range, kept_range, next_range]);
    } else {
        let ranges = [range(s.x, s.x_len), y_range, aux_range, kept_range, next_range];
        let x_mut;
        [x_mut, y, aux, kept, next_state] = B::parts(pass.work, ranges);
        x = B::freeze(x_mut);
    }
    layer.forward(layers::Forward {
        device: pass.device,
        n,
        first: pass.first,
        training: pass.training,
        stream: pass.stream.of_layer(s.index),
        params: B::part(pass.params, s.params..s.params + s.params_len),
        state: B::part(pass.params, state(&layout, s)),
        next_state,
        x,
        y,
        aux,
        kept,
    });
}

/// Runs one layer backward.
#[inline]
pub fn backward<N: Node, B: Backend>(layer: &N::L, pass: &mut Backward<'_, B>, s: Step)
where
    N::L: Run<N::In, B>,
{
    let (n, first, layout) = (pass.n, pass.first, pass.layout);
    let range = |at: usize, len: usize| layout.place(at, len, n);
    if <N::L as layers::Layer<N::In>>::VIEW {
        // Its gradient is in place already, unless it is to go out of the model here.
        if s.x == MODEL_INPUT
            && let Some(dx) = pass.dx.take()
        {
            pass.device.copy(B::view(pass.work, range(s.dy, s.y_len)), dx);
        }
        return;
    }
    let mut input_gradient = if s.x == MODEL_INPUT { pass.dx.take() } else { None };
    let stream = pass.stream.of_layer(s.index);
    let params = B::part(pass.params, s.params..s.params + s.params_len);
    let state = B::part(pass.params, state(&layout, s));
    let kept_range = kept(&layout, s);
    let grads = B::view_mut(pass.grads, s.params..s.params + s.params_len);
    let (device, training, add) = (pass.device, pass.training, pass.add);
    let (y_range, aux_range, dy_range) = (range(s.y, s.y_len), range(s.aux, s.aux_len), range(s.dy, s.y_len));
    if s.x == MODEL_INPUT {
        let [y, aux, dy, kept] = B::parts(pass.work, [y_range, aux_range, dy_range, kept_range]);
        let (y, aux, kept) = (B::freeze(y), B::freeze(aux), B::freeze(kept));
        let x = B::part(pass.x, 0..s.x_len * n);
        let dx = input_gradient.as_mut().map(|dx| B::lend(dx));
        layer.backward(layers::Backward {
            device,
            n,
            first,
            training,
            stream,
            params,
            state,
            x,
            y,
            aux,
            kept,
            dy,
            dx,
            grads,
            add,
        });
    } else {
        let ranges = [range(s.x, s.x_len), y_range, aux_range, dy_range, range(s.dx, s.x_len), kept_range];
        let [x, y, aux, dy, dx, kept] = B::parts(pass.work, ranges);
        let (x, y, aux, kept, dx) = (B::freeze(x), B::freeze(y), B::freeze(aux), B::freeze(kept), Some(dx));
        layer.backward(layers::Backward {
            device,
            n,
            first,
            training,
            stream,
            params,
            state,
            x,
            y,
            aux,
            kept,
            dy,
            dx,
            grads,
            add,
        });
    }
}
