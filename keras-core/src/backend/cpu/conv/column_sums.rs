//! The gradient of a convolution by its bias.

use super::super::vector::{Job, Vector};
use crate::element::Element;

/// `sums += Σ rows`, of `sums.len()` columns.
pub struct ColumnSums<'a, E> {
    pub rows: &'a [E],
    pub sums: &'a mut [E],
}

impl<E: Element> Job<E> for ColumnSums<'_, E> {
    type Out = ();

    #[inline(always)]
    unsafe fn run<V: Vector<Elem = E>>(self) {
        let (columns, width) = (self.sums.len(), 4 * V::LEN);
        for (i, sums) in self.sums.chunks_mut(width).enumerate() {
            // SAFETY: the caller's; the columns are those of `sums`.
            unsafe {
                if sums.len() > 2 * V::LEN {
                    some::<V, 4>(self.rows, i * width, columns, sums);
                } else {
                    some::<V, 2>(self.rows, i * width, columns, sums);
                }
            }
        }
    }
}

/// As many columns as `sums` has, at most `COLS` vectors. Rows go to four sums in turn, so that none
/// waits for the one before.
///
/// # Safety
/// The processor has `V`.
#[inline(always)]
unsafe fn some<V: Vector, const COLS: usize>(
    rows: &[V::Elem],
    start: usize,
    columns: usize,
    sums: &mut [V::Elem],
) {
    let len = sums.len();
    let left = |j: usize| len.saturating_sub(j * V::LEN).min(V::LEN);
    // SAFETY: whole rows, and of them the columns that `sums` has.
    unsafe {
        let mut parts = [[V::splat(V::Elem::ZERO); COLS]; 4];
        let (fours, rest) = rows.split_at(rows.len() / (4 * columns) * 4 * columns);
        for four in fours.chunks_exact(4 * columns) {
            for (r, part) in parts.iter_mut().enumerate() {
                let row = four.as_ptr().add(r * columns + start);
                for (j, sum) in part.iter_mut().enumerate() {
                    *sum = sum.plus(V::load_first(row.wrapping_add(j * V::LEN), left(j)));
                }
            }
        }
        for row in rest.chunks_exact(columns) {
            let row = row.as_ptr().add(start);
            for (j, sum) in parts[0].iter_mut().enumerate() {
                *sum = sum.plus(V::load_first(row.wrapping_add(j * V::LEN), left(j)));
            }
        }
        let [a, b, c, d] = parts;
        for (j, (((a, b), c), d)) in a.into_iter().zip(b).zip(c).zip(d).enumerate() {
            let at = sums.as_mut_ptr().wrapping_add(j * V::LEN);
            let sum = a.plus(b).plus(c.plus(d));
            V::load_first(at, left(j)).plus(sum).store_first(at, left(j));
        }
    }
}
