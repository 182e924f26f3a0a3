//! Steps of layers with several inputs, and those whose inputs are used elsewhere, too: their gradients are
//! added up.

use core::ops::Range;

use crate::backend::{Backend, FloatBuf, Floats, FloatsMut};
use crate::layers::{self, Run};
use crate::model::plan::{Gradient, INPUT, MOST_INPUTS, Part, Step, Wire};
use crate::model::run::{Backward, Forward, kept, state, trains};

const MOST: usize = MOST_INPUTS;

/// The first of a step's inputs that is the same as this one.
fn first_same(s: &Step, j: usize) -> usize {
    let wire = &s.inputs[j];
    s.inputs[..j].iter().position(|w| w.at == wire.at && w.input == wire.input).unwrap_or(j)
}

/// A step's inputs, of which those in the workspace may be the same; and what else of the workspace it uses.
#[allow(clippy::type_complexity, reason = "inputs, and what is beside them")]
fn places<'a, 'x: 'a, B: Backend>(
    s: &Step,
    part: &Part,
    (first, n): (usize, usize),
    inputs: &[Floats<'x, B>],
    work: &'a mut FloatBuf<B>,
    [y, aux, kept, state]: [Range<usize>; 4],
) -> ([Floats<'a, B>; MOST], [FloatsMut<'a, B>; 4]) {
    // All inputs that lie in the workspace, each once; then what is beside them.
    let mut ranges: [Range<usize>; MOST + 4] = [const { 0..0 }; MOST + 4];
    for (j, wire) in s.inputs[..s.arity].iter().enumerate() {
        if wire.at != INPUT && first_same(s, j) == j {
            ranges[j] = part.place(wire.at, wire.len, n);
        }
    }
    [ranges[MOST], ranges[MOST + 1], ranges[MOST + 2], ranges[MOST + 3]] = [y, aux, kept, state];
    let [a, b, c, d, e, f, g, h, y, aux, kept, state] = B::parts(work, ranges);
    let here = [a, b, c, d, e, f, g, h].map(B::freeze);
    let xs = core::array::from_fn(|j| {
        let wire = &s.inputs[j];
        if j < s.arity && wire.at == INPUT {
            B::part(inputs[wire.input], wire.len * first..wire.len * (first + n))
        } else {
            here[first_same(s, j)]
        }
    });
    (xs, [y, aux, kept, state])
}

pub(super) fn forward<In, L: Run<In, B>, B: Backend>(
    layer: &L,
    pass: &mut Forward<'_, '_, B>,
    s: &'static Step,
) {
    let (n, part, first) = (pass.n, pass.part, pass.first);
    let training = trains(pass.training, pass.frozen, s);
    let written = [
        part.place(s.y, s.y_len, n),
        part.place(s.aux, s.aux_len, n),
        kept(pass.layout, s),
        s.state..s.state + if training { s.state_len } else { 0 },
    ];
    let (xs, [y, aux, kept, next_state]) = places::<B>(s, part, (first, n), pass.inputs, pass.work, written);
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
        let written =
            [part.place(s.y, s.y_len, n), part.place(s.aux, s.aux_len, n), kept(pass.layout, s), 0..0];
        let (xs, [y, aux, kept, _]) = places::<B>(s, part, (first, n), pass.inputs, pass.work, written);
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
            y: B::freeze(y),
            aux,
            kept: B::freeze(kept),
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
