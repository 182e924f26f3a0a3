//! Steps of layers with several inputs, and those whose inputs are used elsewhere, too: their gradients are
//! added up.

use core::ops::Range;

use crate::backend::{Backend, FloatBuf};
use crate::layers::{self, Run};
use crate::model::plan::{Gradient, INPUT, MOST_INPUTS, Step, Wire};
use crate::model::run::{Backward, Forward, kept, state, trains};

const MOST: usize = MOST_INPUTS;

/// The first of a step's inputs that is the same as this one.
fn first_same(s: &Step, j: usize) -> usize {
    let wire = &s.inputs[j];
    s.inputs[..j].iter().position(|w| w.at == wire.at && w.input == wire.input).unwrap_or(j)
}

pub(super) fn forward<In, L: Run<In, B>, B: Backend>(
    layer: &L,
    pass: &mut Forward<'_, '_, B>,
    s: &'static Step,
) {
    let (n, part) = (pass.n, pass.part);
    // All inputs that lie in the workspace, each once; then what is written.
    let mut ranges: [Range<usize>; MOST + 4] = [const { 0..0 }; MOST + 4];
    for (j, wire) in s.inputs[..s.arity].iter().enumerate() {
        if wire.at != INPUT && first_same(s, j) == j {
            ranges[j] = part.place(wire.at, wire.len, n);
        }
    }
    ranges[MOST] = part.place(s.y, s.y_len, n);
    ranges[MOST + 1] = part.place(s.aux, s.aux_len, n);
    ranges[MOST + 2] = kept(pass.layout, s);
    let training = trains(pass.training, pass.frozen, s);
    ranges[MOST + 3] = s.state..s.state + if training { s.state_len } else { 0 };
    let first = pass.first;
    let given = |wire: &Wire| B::part(pass.inputs[wire.input], wire.len * first..wire.len * (first + n));
    let [a, b, c, d, e, f, g, h, y, aux, kept, next_state] = B::parts(pass.work, ranges);
    let here = [a, b, c, d, e, f, g, h].map(B::freeze);
    let xs: [_; MOST] = core::array::from_fn(|j| {
        let wire = &s.inputs[j];
        if j < s.arity && wire.at == INPUT { given(wire) } else { here[first_same(s, j)] }
    });
    layer.forward(layers::Forward {
        device: pass.device,
        n,
        first,
        training,
        stream: pass.stream.of_layer(s.index),
        params: B::part(pass.params, s.params..s.params + s.params_len),
        state: B::part(pass.params, state(pass.layout, s)),
        next_state,
        x: xs[0],
        others: &xs[1..s.arity.max(1)],
        y,
        aux,
        kept,
    });
}

pub(super) fn backward<In, L: Run<In, B>, B: Backend>(
    layer: &L,
    pass: &mut Backward<'_, '_, '_, B>,
    s: &'static Step,
) {
    let (n, part) = (pass.n, pass.part);
    let gradient = |at: usize, len: usize| at * n..(at + len) * n;
    let wanted = !pass.dx.is_empty();
    let mut ranges: [Range<usize>; MOST + 1] = [const { 0..0 }; MOST + 1];
    for (range, wire) in ranges.iter_mut().zip(&s.inputs[..s.arity]) {
        *range = match wire.gradient {
            Gradient::Add if wire.dx != INPUT || wanted => gradient(wire.scratch, wire.len),
            Gradient::Write if wire.dx != INPUT => gradient(wire.dx, wire.len),
            _ => 0..0,
        };
    }
    ranges[MOST] = gradient(s.dy, s.y_len);
    {
        let first = pass.first;
        let input = |wire: &Wire| match wire.at {
            INPUT => B::part(pass.inputs[wire.input], wire.len * first..wire.len * (first + n)),
            at => B::view(pass.work, part.place(at, wire.len, n)),
        };
        let xs: [_; MOST] = core::array::from_fn(|j| input(&s.inputs[if j < s.arity { j } else { 0 }]));
        let [a, b, c, d, e, f, g, h, dy] = B::parts(pass.spare, ranges);
        let mut here = [a, b, c, d, e, f, g, h].map(Some);
        let mut out = pass.dx.iter_mut();
        let mut outs: [_; MOST] = core::array::from_fn(|_| out.next().map(B::lend));
        let dxs: [_; MOST] = core::array::from_fn(|j| match &s.inputs[j] {
            _ if j >= s.arity => None,
            Wire { dx: INPUT, gradient: Gradient::Write, input, .. } => outs[*input].take(),
            Wire { dx: INPUT, .. } if !wanted => None,
            _ => here[j].take(),
        });
        let [dx, other_dx @ ..] = dxs;
        layer.backward(layers::Backward {
            device: pass.device,
            n,
            first,
            training: trains(pass.training, pass.frozen, s),
            stream: pass.stream.of_layer(s.index),
            params: B::part(pass.params, s.params..s.params + s.params_len),
            state: B::part(pass.params, state(pass.layout, s)),
            x: xs[0],
            others: &xs[1..s.arity],
            y: B::view(pass.work, part.place(s.y, s.y_len, n)),
            aux: B::view(pass.work, part.place(s.aux, s.aux_len, n)),
            kept: B::view(pass.work, kept(pass.layout, s)),
            dy,
            dx,
            other_dx,
            grads: B::view_mut(pass.grads, s.params..s.params + s.params_len),
            add: pass.add || s.add,
        });
    }
    for wire in s.inputs[..s.arity].iter().filter(|wire| wire.gradient == Gradient::Add) {
        let from = gradient(wire.scratch, wire.len);
        if wire.dx != INPUT {
            let [from, to] = B::parts(pass.spare, [from, gradient(wire.dx, wire.len)]);
            pass.device.add(B::freeze(from), to);
        } else if let Some(dx) = pass.dx.get_mut(wire.input) {
            pass.device.add(B::view(pass.spare, from), B::lend(dx));
        }
    }
}

/// The way back through a layer that hands on the gradient that it gets.
pub(super) fn pass_on<B: Backend>(pass: &mut Backward<'_, '_, '_, B>, s: &'static Step) {
    let n = pass.n;
    let dy = s.dy * n..(s.dy + s.y_len) * n;
    for wire in &s.inputs[..s.arity] {
        let adds = match wire.gradient {
            Gradient::Move => continue,
            Gradient::AddOutput | Gradient::Add => true,
            Gradient::Copy | Gradient::Write => false,
        };
        let both = |from, to| if adds { pass.device.add(from, to) } else { pass.device.copy(from, to) };
        if wire.dx != INPUT {
            let [from, to] = B::parts(pass.spare, [dy.clone(), wire.dx * n..(wire.dx + wire.len) * n]);
            both(B::freeze(from), to);
        } else if let Some(dx) = pass.dx.get_mut(wire.input) {
            both(B::view(pass.spare, dy.clone()), B::lend(dx));
        }
    }
}

/// What a part gives as it was given it: the gradient by it goes out as it is.
pub(crate) fn hand_out<B: Backend>(pass: &mut Backward<'_, '_, '_, B>) {
    let n = pass.n;
    let spare: &FloatBuf<B> = pass.spare;
    for output in pass.part.outputs().iter().filter(|output| output.at == INPUT) {
        if let Some(dx) = pass.dx.get_mut(output.input) {
            let from = B::view(spare, output.gradient * n..(output.gradient + output.len) * n);
            pass.device.copy(from, B::lend(dx));
        }
    }
}
