//! Large products: both matrices are packed, so that what lies far apart in memory lies together.

use super::pack::pack;
use super::panels::{DEPTH, Panel, TALL};
use super::product::{Product, Stored};
use super::scratch;
use super::tile::Soon;
use super::turn::turn;
use super::vector::Vector;
use crate::element::Element;

/// Columns of `b` that are packed at a time: with [`DEPTH`] a few MB, which are read in order.
pub const WIDE: usize = 2048;

impl<E: Element> Product<E> {
    /// Each part of `b` is packed once, each of `a` once for every [`WIDE`] columns.
    ///
    /// # Safety
    /// As of [`Product::share`].
    #[inline(always)]
    pub unsafe fn large_panels<V: Vector<Elem = E>>(self) {
        let depth = self.k.div_ceil(self.k.div_ceil(DEPTH));
        for j in (0..self.n).step_by(WIDE) {
            for k in (0..self.k).step_by(depth) {
                let part = Self { n: WIDE.min(self.n - j), k: depth.min(self.k - k), ..self.from(0, j, k) };
                // SAFETY: parts are inside of the whole.
                unsafe { part.wide_part::<V>() };
            }
        }
    }

    #[inline(always)]
    unsafe fn wide_part<V: Vector<Elem = E>>(self) {
        let width = 2 * V::LEN;
        let (rows, columns) = (scratch::rows::<E>(), scratch::columns::<E>());
        // SAFETY: the caller's; there is room for `TALL` rows and for `WIDE` columns, and nobody else
        // uses it meanwhile.
        unsafe {
            self.pack_columns::<V>(columns);
            for i in (0..self.m).step_by(TALL) {
                let m = TALL.min(self.m - i);
                pack::<V>(m, self.k, self.a.from(i, 0), rows);
                for j in (0..self.n).step_by(width) {
                    let panel = |j: usize| Stored {
                        at: columns.add(j * self.k).cast_const(),
                        stride: width,
                        turned: false,
                    };
                    let part = Self {
                        m,
                        n: width.min(self.n - j),
                        a: Stored { at: rows, stride: V::ROWS, turned: true },
                        a_packed: true,
                        b: panel(j),
                        ..self.from(i, j, 0)
                    };
                    let next =
                        if j + width < self.n { Soon::panel_of(panel(j + width)) } else { Soon::NOTHING };
                    part.panel::<V>(Panel::Packed, next);
                }
            }
        }
    }

    /// Writes `b` as panels, one after the other.
    #[inline(always)]
    unsafe fn pack_columns<V: Vector<Elem = E>>(&self, to: *mut E) {
        let width = 2 * V::LEN;
        // SAFETY: the caller's.
        unsafe {
            if self.b.turned {
                for j in (0..self.n).step_by(width) {
                    let from = self.b.from(0, j);
                    turn::<V>(self.k, width.min(self.n - j), from.at, from.stride, to.add(j * self.k));
                }
                return;
            }
            for k in 0..self.k {
                let from = self.b.from(k, 0).at;
                for j in (0..self.n).step_by(V::LEN) {
                    let to = to.add(j / width * width * self.k + k * width + j % width);
                    V::load_first(from.add(j), V::LEN.min(self.n - j)).store(to);
                }
            }
        }
    }
}
