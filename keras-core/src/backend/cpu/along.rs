//! Activations of rows whose numbers do not lie side by side: each is copied to where they do, and back.

use super::simd::{self, Kernel};
use super::threads::Threads;
use crate::activations::Activate;
use crate::backend::Gather;
use crate::element::Element;
use crate::losses::Room;

/// A sample.
struct Forward<'a, A, E>(&'a A, &'a Gather, &'a mut [E]);

impl<A: Activate, E: Element> Kernel for Forward<'_, A, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self(activation, gather, y) = self;
        let mut numbers = Room::new(gather.within.count());
        for row in 0..gather.rows.count() {
            gather.take(row, y, &mut numbers);
            activation.forward(&mut numbers);
            gather.put(row, &numbers, y);
        }
    }
}

pub fn activate<A: Activate, E: Element>(
    threads: &Threads,
    activation: &A,
    sample: usize,
    gather: &Gather,
    y: &mut [E],
) {
    threads.for_parts(y, sample, |_, y| simd::run(Forward(activation, gather, y)));
}

struct Back<'a, A, E> {
    activation: &'a A,
    gather: &'a Gather,
    x: &'a [E],
    y: &'a [E],
    d: &'a mut [E],
}

impl<A: Activate, E: Element> Kernel for Back<'_, A, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { activation, gather, x, y, d } = self;
        let room = || Room::new(gather.within.count());
        let (mut row_x, mut row_y, mut row_d) = (room(), room(), room());
        for row in 0..gather.rows.count() {
            if A::NEEDS_INPUT {
                gather.take(row, x, &mut row_x);
            }
            gather.take(row, y, &mut row_y);
            gather.take(row, d, &mut row_d);
            activation.backward(if A::NEEDS_INPUT { &row_x } else { &[] }, &row_y, &mut row_d);
            gather.put(row, &row_d, d);
        }
    }
}

pub fn activate_back<A: Activate, E: Element>(
    threads: &Threads,
    activation: &A,
    (sample, gather): (usize, &Gather),
    x: &[E],
    y: &[E],
    d: &mut [E],
) {
    threads.for_parts(d, sample, |i, d| {
        let range = i * sample..i * sample + d.len();
        let x = if A::NEEDS_INPUT { &x[range.clone()] } else { x };
        simd::run(Back { activation, gather, x, y: &y[range], d });
    });
}
