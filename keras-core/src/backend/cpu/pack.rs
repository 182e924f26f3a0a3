//! Brings rows of a large matrix close together, in the order in which tiles read them.

use super::product::Stored;
use super::vector::Vector;

/// Writes `m` rows of `k` elements in groups of [`Vector::ROWS`] rows: of each group the first elements of
/// all rows, then the second ones, and so on. Rows that the last group lacks are left out.
///
/// # Safety
/// `from` is valid for these elements, `to` for those of whole groups; they do not overlap, and the
/// processor has `V`.
#[inline(always)]
pub unsafe fn pack<V: Vector>(m: usize, k: usize, from: Stored<V::Elem>, to: *mut V::Elem) {
    for i in (0..m).step_by(V::ROWS) {
        // SAFETY: the caller's: rows below `m`, elements below `k`.
        unsafe {
            let (from, to) = (from.from(i, 0), to.add(i * k));
            if i + V::ROWS <= m {
                // Of known height, so that the loop is unrolled.
                group::<V>(V::ROWS, k, from, to);
            } else {
                group::<V>(m - i, k, from, to);
            }
        }
    }
}

#[inline(always)]
unsafe fn group<V: Vector>(rows: usize, k: usize, from: Stored<V::Elem>, to: *mut V::Elem) {
    for l in 0..k {
        for r in 0..rows {
            // SAFETY: the caller's.
            unsafe { *to.add(l * V::ROWS + r) = *from.from(r, l).at };
        }
    }
}
