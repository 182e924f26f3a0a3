//! The gated linear unit, whose gates lie behind what they gate.

use super::simd::{self, Kernel};
use super::threads::Threads;
use crate::activations::Glu;
use crate::element::Element;

/// Numbers in one part of the job, about.
const PART: usize = 16 * 1024;

struct Forward<'a, E>(usize, &'a [E], &'a mut [E]);

impl<E: Element> Kernel for Forward<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        Glu::rows(self.0, self.1, self.2);
    }
}

pub fn forward<E: Element>(threads: &Threads, width: usize, x: &[E], y: &mut [E]) {
    let part = PART.next_multiple_of(width / 2);
    threads.for_parts(y, part, |i, y| {
        simd::run(Forward(width, &x[2 * i * part..][..2 * y.len()], y));
    });
}

struct Back<'a, E>(usize, &'a [E], &'a [E], &'a mut [E]);

impl<E: Element> Kernel for Back<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        Glu::rows_back(self.0, self.1, self.2, self.3);
    }
}

pub fn back<E: Element>(threads: &Threads, width: usize, x: &[E], dy: &[E], dx: &mut [E]) {
    let part = 2 * PART.next_multiple_of(width / 2);
    threads.for_parts(dx, part, |i, dx| {
        let start = i * part;
        let dy = &dy[start / 2..][..dx.len() / 2];
        simd::run(Back(width, &x[start..][..dx.len()], dy, dx));
    });
}
