//! Products with one column: a sum of products for each row.

use super::vector::{Job, Vector};
use crate::element::Element;

/// `y = x w + b` for one unit: rows of `I` inputs.
pub struct Dots<'a, E, const I: usize> {
    pub x: &'a [E],
    pub w: &'a [E; I],
    pub b: E,
    pub y: &'a mut [E],
}

impl<E: Element, const I: usize> Job<E> for Dots<'_, E, I> {
    type Out = ();

    #[inline(always)]
    unsafe fn run<V: Vector<Elem = E>>(self) {
        for (x, y) in self.x.as_chunks().0.iter().zip(self.y) {
            // SAFETY: the caller's.
            *y = self.b + unsafe { dot::<V, I>(x, self.w) };
        }
    }
}

/// # Safety
/// The processor must have the instructions of `V`.
#[inline(always)]
unsafe fn dot<V: Vector, const I: usize>(x: &[V::Elem; I], w: &[V::Elem; I]) -> V::Elem {
    let (x, w) = (x.as_ptr(), w.as_ptr());
    // SAFETY: whole vectors before I, then the elements that are left.
    unsafe {
        // Four sums side by side, so that none waits for the one before.
        let mut sums = [V::splat(V::Elem::ZERO); 4];
        let mut i = 0;
        while i + 4 * V::LEN <= I {
            for (j, sum) in sums.iter_mut().enumerate() {
                let at = i + j * V::LEN;
                *sum = sum.plus_product(V::load(x.add(at)), V::load(w.add(at)));
            }
            i += 4 * V::LEN;
        }
        while i + V::LEN <= I {
            sums[0] = sums[0].plus_product(V::load(x.add(i)), V::load(w.add(i)));
            i += V::LEN;
        }
        if i < I {
            let left = I - i;
            sums[1] = sums[1].plus_product(V::load_first(x.add(i), left), V::load_first(w.add(i), left));
        }
        sums[0].plus(sums[1]).plus(sums[2].plus(sums[3])).sum()
    }
}
