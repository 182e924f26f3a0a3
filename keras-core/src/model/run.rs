use crate::backend::{Backend, FloatBuf, Floats, FloatsMut, Stream};
use crate::layers::{self, Run};
use crate::model::node::Node;
use crate::model::plan::{MODEL_INPUT, Step};

/// A forward pass on its way through the layers.
pub struct Forward<'a, B: Backend> {
    /// The device.
    pub device: &'a B,
    /// The samples in this batch.
    pub n: usize,
    /// Whether layers behave as in training.
    pub training: bool,
    /// Random numbers of this step.
    pub stream: Stream,
    /// All parameters.
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
    /// The samples in this batch.
    pub n: usize,
    /// Whether the forward pass was training.
    pub training: bool,
    /// The random numbers of the forward pass.
    pub stream: Stream,
    /// All parameters.
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

/// Runs one layer forward.
#[inline]
pub fn forward<N: Node, B: Backend>(layer: &N::L, pass: &mut Forward<'_, B>, s: Step)
where
    N::L: Run<N::In, B>,
{
    if <N::L as layers::Layer<N::In>>::VIEW {
        return;
    }
    let n = pass.n;
    let (y_range, aux_range) = (s.y * n..(s.y + s.y_len) * n, s.aux * n..(s.aux + s.aux_len) * n);
    let (x, y, aux);
    if s.x == MODEL_INPUT {
        x = B::part(pass.x, 0..s.x_len * n);
        [y, aux] = B::parts(pass.work, [y_range, aux_range]);
    } else {
        let x_mut;
        [x_mut, y, aux] = B::parts(pass.work, [s.x * n..(s.x + s.x_len) * n, y_range, aux_range]);
        x = B::freeze(x_mut);
    }
    layer.forward(layers::Forward {
        device: pass.device,
        n,
        training: pass.training,
        stream: pass.stream.of_layer(s.index),
        params: B::part(pass.params, s.params..s.params + s.params_len),
        x,
        y,
        aux,
    });
}

/// Runs one layer backward.
#[inline]
pub fn backward<N: Node, B: Backend>(layer: &N::L, pass: &mut Backward<'_, B>, s: Step)
where
    N::L: Run<N::In, B>,
{
    let n = pass.n;
    let range = |at: usize, len: usize| at * n..(at + len) * n;
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
    let grads = B::view_mut(pass.grads, s.params..s.params + s.params_len);
    let (device, training, add) = (pass.device, pass.training, pass.add);
    let (y_range, aux_range, dy_range) = (range(s.y, s.y_len), range(s.aux, s.aux_len), range(s.dy, s.y_len));
    if s.x == MODEL_INPUT {
        let [y, aux, dy] = B::parts(pass.work, [y_range, aux_range, dy_range]);
        let (y, aux) = (B::freeze(y), B::freeze(aux));
        let x = B::part(pass.x, 0..s.x_len * n);
        let dx = input_gradient.as_mut().map(|dx| B::lend(dx));
        layer.backward(layers::Backward {
            device,
            n,
            training,
            stream,
            params,
            x,
            y,
            aux,
            dy,
            dx,
            grads,
            add,
        });
    } else {
        let ranges = [range(s.x, s.x_len), y_range, aux_range, dy_range, range(s.dx, s.x_len)];
        let [x, y, aux, dy, dx] = B::parts(pass.work, ranges);
        let (x, y, aux, dx) = (B::freeze(x), B::freeze(y), B::freeze(aux), Some(dx));
        layer.backward(layers::Backward {
            device,
            n,
            training,
            stream,
            params,
            x,
            y,
            aux,
            dy,
            dx,
            grads,
            add,
        });
    }
}
