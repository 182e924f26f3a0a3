use core::ops::Range;

use crate::backend::{Backend, FloatBuf, Floats, FloatsMut, Stream};
use crate::layers::{self, Run};
use crate::model::node::Node;
use crate::model::plan::{INPUT, Layout, Part, Step};

/// A forward pass on its way through the layers.
pub struct Forward<'a, B: Backend> {
    /// The device.
    pub device: &'a B,
    /// How the arenas are laid out.
    pub layout: Layout,
    /// Which layers.
    pub part: Part,
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
    /// The input of the first of these layers.
    pub x: Floats<'a, B>,
    /// The workspace.
    pub work: &'a mut FloatBuf<B>,
}

/// A backward pass on its way back.
pub struct Backward<'a, B: Backend> {
    /// The device.
    pub device: &'a B,
    /// How the arenas are laid out.
    pub layout: Layout,
    /// Which layers.
    pub part: Part,
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
    /// The input of the first of these layers.
    pub x: Floats<'a, B>,
    /// The workspace, as the forward pass left it.
    pub work: &'a mut FloatBuf<B>,
    /// The gradients by outputs. That by the last output lies in its place.
    pub spare: &'a mut FloatBuf<B>,
    /// The gradients by all parameters.
    pub grads: &'a mut FloatBuf<B>,
    /// Whether to add to these instead of overwriting them.
    pub add: bool,
    /// The gradient by the input, if somebody wants it.
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

/// Runs one layer forward, if it is one of these.
#[inline]
pub fn forward<N: Node, B: Backend>(layer: &N::L, pass: &mut Forward<'_, B>, s: Step)
where
    N::L: Run<N::In, B>,
{
    if <N::L as layers::Layer<N::In>>::VIEW || !pass.part.has(s.index) {
        return;
    }
    let (n, layout, part) = (pass.n, pass.layout, pass.part);
    let range = |at: usize, len: usize| part.place(at, len, n);
    let (y_range, aux_range, kept_range) = (range(s.y, s.y_len), range(s.aux, s.aux_len), kept(&layout, s));
    let next_range = s.state..s.state + if pass.training { s.state_len } else { 0 };
    let (x, y, aux, kept, next_state);
    if s.x == INPUT {
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

/// Runs one layer backward, if it is one of these.
#[inline]
pub fn backward<N: Node, B: Backend>(layer: &N::L, pass: &mut Backward<'_, B>, s: Step)
where
    N::L: Run<N::In, B>,
{
    if !pass.part.has(s.index) {
        return;
    }
    let (n, layout, part) = (pass.n, pass.layout, pass.part);
    let gradient = |at: usize, len: usize| at * n..(at + len) * n;
    let mut input_gradient = if s.x == INPUT { pass.dx.take() } else { None };
    if <N::L as layers::Layer<N::In>>::VIEW {
        // Its gradient is in place already, unless it is to go out here.
        if let Some(dx) = input_gradient {
            pass.device.copy(B::view(pass.spare, gradient(s.dy, s.y_len)), dx);
        }
        return;
    }
    let (y_range, aux_range) = (part.place(s.y, s.y_len, n), part.place(s.aux, s.aux_len, n));
    let (x, y, aux, dy, dx);
    if s.x == INPUT {
        x = B::part(pass.x, 0..s.x_len * n);
        y = B::view(pass.work, y_range);
        aux = B::view(pass.work, aux_range);
        [dy] = B::parts(pass.spare, [gradient(s.dy, s.y_len)]);
        dx = input_gradient.as_mut().map(B::lend);
    } else {
        x = B::view(pass.work, part.place(s.x, s.x_len, n));
        y = B::view(pass.work, y_range);
        aux = B::view(pass.work, aux_range);
        let dx_mut;
        [dy, dx_mut] = B::parts(pass.spare, [gradient(s.dy, s.y_len), gradient(s.dx, s.x_len)]);
        dx = Some(dx_mut);
    }
    layer.backward(layers::Backward {
        device: pass.device,
        n,
        first: pass.first,
        training: pass.training,
        stream: pass.stream.of_layer(s.index),
        params: B::part(pass.params, s.params..s.params + s.params_len),
        state: B::part(pass.params, state(&layout, s)),
        x,
        y,
        aux,
        kept: B::view(pass.work, kept(&layout, s)),
        dy,
        dx,
        grads: B::view_mut(pass.grads, s.params..s.params + s.params_len),
        add: pass.add,
    });
}
