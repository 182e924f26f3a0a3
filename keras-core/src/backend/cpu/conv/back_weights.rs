//! The gradients of a convolution by its weights and its bias.

use super::super::product::{Product, Stored};
use super::super::simd::Level;
use super::super::threads::Threads;
use super::column_sums::ColumnSums;
use super::depthwise::{self, is_depthwise};
use super::forward::{as_product, axes, pixels};
use super::gradient::Gradient;
use super::share::share_gradient;
use super::slide::Images;
use crate::backend::Conv2d;
use crate::element::Element;

/// `dw = Σ x dy` and `db = Σ dy`, added to what is there if `add`.
#[allow(clippy::too_many_arguments, reason = "it is what the gradient depends on")]
pub fn back_weights<E: Element>(
    level: Level,
    threads: &Threads,
    c: &Conv2d,
    n: usize,
    x: &[E],
    dy: &[E],
    dw: &mut [E],
    db: Option<&mut [E]>,
    add: bool,
) {
    let filters = c.output[2];
    assert!(x.len() >= n * c.image() && dy.len() >= n * c.map() && dw.len() == c.weights());
    assert!(db.as_ref().is_none_or(|db| db.len() == filters));
    let (x, dy) = (&x[..n * c.image()], &dy[..n * c.map()]);
    if let Some(db) = db {
        if !add {
            db.fill(E::ZERO);
        }
        E::at(level, ColumnSums { rows: dy, sums: db });
    }
    if let Some([k, m]) = as_product(c, n) {
        let product = Product::new([m, filters, k], Stored::turned(x, m), Stored::new(dy, filters), dw);
        let product = if add { product.plus_c() } else { product };
        // SAFETY: the assertions say that the slices hold what the sizes name.
        return unsafe { product.share(level, threads) };
    }
    if !add {
        dw.fill(E::ZERO);
    }
    if x.is_empty() || dy.is_empty() {
        return;
    }
    if is_depthwise(c) {
        return depthwise::back_weights(level, threads, c, n, x, dy, dw);
    }
    let (depth, columns) = (c.depth(), filters / c.groups);
    let tap = depth * filters;
    for group in 0..c.groups {
        let gradient = Gradient {
            n,
            axes: axes(c),
            taps: c.kernel.map(|taps| [0, taps]),
            depth,
            columns,
            x: Images { at: x[group * depth..].as_ptr(), strides: pixels(c.image(), c.input) },
            dy: Images { at: dy[group * columns..].as_ptr(), strides: pixels(c.map(), c.output) },
            dw: Images { at: dw[group * columns..].as_mut_ptr(), strides: [c.kernel[1] * tap, tap, filters] },
        };
        // SAFETY: as above; a group has its own channels and filters.
        unsafe { share_gradient(&gradient, level, threads) };
    }
}
