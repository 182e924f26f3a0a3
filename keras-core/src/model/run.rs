use core::ops::Range;

use crate::backend::{Backend, FloatBuf, Floats, FloatsMut, Stream};
use crate::layers::{self, Run};
use crate::model::activity::{self, Activity};
use crate::model::merge;
use crate::model::node::Node;
use crate::model::plan::{Gradient, INPUT, Layout, Part, Step};

/// A forward pass on its way through the layers.
pub struct Forward<'a, 'x, B: Backend> {
    /// The device.
    pub device: &'a B,
    /// How the arenas are laid out.
    pub layout: &'static Layout,
    /// Which layers.
    pub part: &'static Part,
    /// Whether there will be a backward pass.
    pub keeps: bool,
    /// The samples: of a batch or of a piece of it.
    pub n: usize,
    /// Which sample of the batch is the first of these.
    pub first: usize,
    /// Whether layers behave as in training.
    pub training: bool,
    /// By step, whether the layer is frozen: what it remembers stays as it is.
    pub frozen: &'a [bool],
    /// Penalties on what layers make, where they are asked for.
    pub activity: Option<&'a Activity>,
    /// Random numbers of this step.
    pub stream: Stream,
    /// All parameters and the state.
    pub params: Floats<'a, B>,
    /// What this part of the model is given: the samples of the whole batch.
    pub inputs: &'a [Floats<'x, B>],
    /// The workspace.
    pub work: &'a mut FloatBuf<B>,
}

/// A backward pass on its way back.
pub struct Backward<'a, 'x, 'y, B: Backend> {
    /// The device.
    pub device: &'a B,
    /// How the arenas are laid out.
    pub layout: &'static Layout,
    /// Which layers.
    pub part: &'static Part,
    /// The samples: of a batch or of a piece of it.
    pub n: usize,
    /// Which sample of the batch is the first of these.
    pub first: usize,
    /// Whether the forward pass was training.
    pub training: bool,
    /// By step, whether the layer is frozen.
    pub frozen: &'a [bool],
    /// Penalties on what layers make, where they are asked for.
    pub activity: Option<&'a Activity>,
    /// The random numbers of the forward pass.
    pub stream: Stream,
    /// All parameters and the state.
    pub params: Floats<'a, B>,
    /// What this part of the model is given: the samples of the whole batch.
    pub inputs: &'a [Floats<'x, B>],
    /// The workspace, as the forward pass left it.
    pub work: &'a mut FloatBuf<B>,
    /// The gradients by outputs. Those by what this part gives lie in their places.
    pub spare: &'a mut FloatBuf<B>,
    /// The gradients by all parameters.
    pub grads: &'a mut FloatBuf<B>,
    /// Whether to add to these instead of overwriting them.
    pub add: bool,
    /// The gradients by the inputs of these samples, if somebody wants them: none, or all.
    pub dx: &'a mut [FloatsMut<'y, B>],
    /// The step that the way ends at: those before it are not worked on, nor are gradients made for them.
    pub from: usize,
}

/// Where a layer's state is, behind all parameters.
#[inline(always)]
pub(super) const fn state(layout: &Layout, s: &Step) -> Range<usize> {
    let start = layout.trained + s.state;
    start..start + s.state_len
}

/// What a layer keeps of a batch, behind the next state.
#[inline(always)]
pub(super) const fn kept(layout: &Layout, s: &Step) -> Range<usize> {
    let start = layout.state + s.kept;
    start..start + s.kept_len
}

/// Whether a layer behaves as in training: one that remembers something, and is frozen, does not.
#[inline(always)]
pub(super) fn trains(training: bool, frozen: &[bool], s: &Step) -> bool {
    training && (s.state_len == 0 || !frozen[s.layer])
}

/// Runs one layer forward, if it is one of these. `full` and `light` are its step with and without a way
/// back.
#[inline(always)]
pub fn forward<N: Node, B: Backend>(
    layer: &N::L,
    pass: &mut Forward<'_, '_, B>,
    full: &'static Step,
    light: &'static Step,
) where
    N::L: Run<N::In, B>,
{
    layer_forward::<N::In, N::L, B>(layer, pass, full, light);
}

/// Runs one layer backward, if it is one of these.
#[inline(always)]
pub fn backward<N: Node, B: Backend>(layer: &N::L, pass: &mut Backward<'_, '_, '_, B>, s: &'static Step)
where
    N::L: Run<N::In, B>,
{
    layer_backward::<N::In, N::L, B>(layer, pass, s);
}

#[inline]
pub(super) fn layer_forward<In, L: Run<In, B>, B: Backend>(
    layer: &L,
    pass: &mut Forward<'_, '_, B>,
    full: &'static Step,
    light: &'static Step,
) {
    if L::VIEW || !pass.part.has(full.index) {
        return;
    }
    let s = if pass.keeps { full } else { light };
    if full.arity == 1 {
        one_forward::<In, L, B>(layer, pass, s);
    } else {
        merge::forward::<In, L, B>(layer, pass, s);
    }
    activity::forward::<In, L, B>(layer, pass, s);
}

/// The same of a layer with one input.
#[inline(always)]
fn one_forward<In, L: Run<In, B>, B: Backend>(layer: &L, pass: &mut Forward<'_, '_, B>, s: &'static Step) {
    let (n, part, wire) = (pass.n, pass.part, &s.inputs[0]);
    let range = |at: usize, len: usize| part.place(at, len, n);
    let (y_range, aux_range) = (range(s.y, s.y_len), range(s.aux, s.aux_len));
    let kept_range = kept(pass.layout, s);
    let training = trains(pass.training, pass.frozen, s);
    let next_range = s.state..s.state + if training { s.state_len } else { 0 };
    let (x, y, aux, kept, next_state);
    if wire.at == INPUT {
        let all = pass.inputs[wire.input];
        x = B::part(all, wire.len * pass.first..wire.len * (pass.first + n));
        [y, aux, kept, next_state] = B::parts(pass.work, [y_range, aux_range, kept_range, next_range]);
    } else {
        let ranges = [range(wire.at, wire.len), y_range, aux_range, kept_range, next_range];
        let x_mut;
        [x_mut, y, aux, kept, next_state] = B::parts(pass.work, ranges);
        x = B::freeze(x_mut);
    }
    layer.forward(layers::Forward {
        device: pass.device,
        n,
        first: pass.first,
        training,
        stream: pass.stream.of_layer(s.index),
        params: B::part(pass.params, s.params..s.params + s.params_len),
        state: B::part(pass.params, state(pass.layout, s)),
        next_state,
        x,
        others: &[],
        y,
        aux,
        kept,
    });
}

#[inline]
pub(super) fn layer_backward<In, L: Run<In, B>, B: Backend>(
    layer: &L,
    pass: &mut Backward<'_, '_, '_, B>,
    s: &'static Step,
) {
    if L::VIEW || !pass.part.has(s.index) || s.index < pass.from {
        return;
    }
    activity::backward::<In, L, B>(layer, pass, s);
    if L::PASSES {
        return merge::pass_on(pass, s);
    }
    let wire = &s.inputs[0];
    if s.arity != 1 || wire.gradient != Gradient::Write {
        return merge::backward::<In, L, B>(layer, pass, s);
    }
    let (n, part) = (pass.n, pass.part);
    let gradient = |at: usize, len: usize| at * n..(at + len) * n;
    let (dy, dx);
    if wire.at == INPUT {
        [dy] = B::parts(pass.spare, [gradient(s.dy, s.y_len)]);
        dx = pass.dx.get_mut(wire.input).map(B::lend);
    } else {
        let dx_mut;
        [dy, dx_mut] = B::parts(pass.spare, [gradient(s.dy, s.y_len), gradient(wire.dx, wire.len)]);
        dx = (s.index > pass.from).then_some(dx_mut);
    }
    let y_range = part.place(s.y, s.y_len, n);
    let (aux_range, kept_range) = (part.place(s.aux, s.aux_len, n), kept(pass.layout, s));
    let (x, y, aux, kept);
    if wire.at == INPUT {
        x = B::part(pass.inputs[wire.input], wire.len * pass.first..wire.len * (pass.first + n));
        [y, aux, kept] = B::parts(pass.work, [y_range, aux_range, kept_range]);
    } else {
        let ranges = [part.place(wire.at, wire.len, n), y_range, aux_range, kept_range];
        let x_mut;
        [x_mut, y, aux, kept] = B::parts(pass.work, ranges);
        x = B::freeze(x_mut);
    }
    layer.backward(layers::Backward {
        device: pass.device,
        n,
        first: pass.first,
        training: trains(pass.training, pass.frozen, s),
        stream: pass.stream.of_layer(s.index),
        params: B::part(pass.params, s.params..s.params + s.params_len),
        state: B::part(pass.params, state(pass.layout, s)),
        x,
        others: &[],
        y: B::freeze(y),
        aux,
        kept: B::freeze(kept),
        dy,
        dx,
        other_dx: [const { None }; layers::OTHERS],
        grads: B::view_mut(pass.grads, s.params..s.params + s.params_len),
        add: pass.add || s.add,
    });
}
