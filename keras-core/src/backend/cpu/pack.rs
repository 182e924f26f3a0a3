//! Copies part of a matrix to where a tile reads it best.

use super::product::Stored;
use super::vector::Vector;

/// Copies `k` rows of `n` columns, at most two vectors, to rows of two vectors.
///
/// # Safety
/// The pointers are valid for these elements, which do not overlap, and the processor has `V`.
#[inline(always)]
pub unsafe fn pack<V: Vector>(k: usize, n: usize, b: Stored<V::Elem>, to: *mut V::Elem) {
    // SAFETY: the caller's.
    unsafe {
        if b.turned {
            turn::<V>(k, n, b.at, b.stride, to);
        } else {
            copy::<V>(k, n, b.at, b.stride, to);
        }
    }
}

#[inline(always)]
unsafe fn copy<V: Vector>(k: usize, n: usize, from: *const V::Elem, stride: usize, to: *mut V::Elem) {
    // SAFETY: the caller's: `n` columns are read, whole vectors written.
    unsafe {
        let first = n.min(V::LEN);
        for i in 0..k {
            let (from, to) = (from.add(i * stride), to.add(i * 2 * V::LEN));
            V::load_first(from, first).store(to);
            if n > V::LEN {
                V::load_first(from.add(V::LEN), n - V::LEN).store(to.add(V::LEN));
            }
        }
    }
}

#[inline(always)]
unsafe fn turn<V: Vector>(k: usize, n: usize, from: *const V::Elem, stride: usize, to: *mut V::Elem) {
    let row = 2 * V::LEN;
    let (blocks, whole) = (n / V::LEN, k - k % V::LEN);
    // SAFETY: the caller's: the blocks, what is right of them, and what is below, are apart and inside.
    unsafe {
        for block in 0..blocks {
            let (from, to) = (from.add(block * V::LEN * stride), to.add(block * V::LEN));
            for i in (0..whole).step_by(V::LEN) {
                V::transpose(from.add(i), stride, to.add(i * row), row);
            }
        }
        for j in 0..n {
            let start = if j < blocks * V::LEN { whole } else { 0 };
            for i in start..k {
                *to.add(i * row + j) = *from.add(j * stride + i);
            }
        }
    }
}
