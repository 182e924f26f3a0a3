//! Convolution as it is defined, element by element: what the kernels are tested against.

use crate::backend::Conv2d;
use crate::element::Element;

/// Calls `f` for each product of one image: with the places of the input, the weight and the output.
fn each(c: &Conv2d, mut f: impl FnMut(usize, usize, usize)) {
    let ([_, width, channels], [height_out, width_out, filters]) = (c.input, c.output);
    let (depth, of_group) = (c.depth(), filters / c.groups);
    for oh in 0..height_out {
        for ow in 0..width_out {
            for kh in 0..c.kernel[0] {
                for kw in 0..c.kernel[1] {
                    let (Some(ih), Some(iw)) = (c.place(0, oh, kh), c.place(1, ow, kw)) else { continue };
                    for i in 0..depth {
                        for o in 0..filters {
                            let x = (ih * width + iw) * channels + o / of_group * depth + i;
                            let w = ((kh * c.kernel[1] + kw) * depth + i) * filters + o;
                            f(x, w, (oh * width_out + ow) * filters + o);
                        }
                    }
                }
            }
        }
    }
}

/// `y = x * w + b` for `n` images.
pub fn forward<E: Element>(c: &Conv2d, n: usize, x: &[E], w: &[E], b: Option<&[E]>, y: &mut [E]) {
    for (x, y) in x.chunks_exact(c.image()).zip(y.chunks_exact_mut(c.map())).take(n) {
        for pixel in y.chunks_exact_mut(c.output[2]) {
            match b {
                Some(b) => pixel.copy_from_slice(b),
                None => pixel.fill(E::ZERO),
            }
        }
        each(c, |i, k, o| y[o] += x[i] * w[k]);
    }
}

/// The gradient by the images.
pub fn back_input<E: Element>(c: &Conv2d, n: usize, dy: &[E], w: &[E], dx: &mut [E]) {
    for (dx, dy) in dx.chunks_exact_mut(c.image()).zip(dy.chunks_exact(c.map())).take(n) {
        dx.fill(E::ZERO);
        each(c, |i, k, o| dx[i] += dy[o] * w[k]);
    }
}

/// The gradients by the weights and the bias, added to what is there if `add`.
pub fn back_weights<E: Element>(
    c: &Conv2d,
    n: usize,
    x: &[E],
    dy: &[E],
    dw: &mut [E],
    db: Option<&mut [E]>,
    add: bool,
) {
    if !add {
        dw.fill(E::ZERO);
    }
    for (x, dy) in x.chunks_exact(c.image()).zip(dy.chunks_exact(c.map())).take(n) {
        each(c, |i, k, o| dw[k] += x[i] * dy[o]);
    }
    let Some(db) = db else { return };
    if !add {
        db.fill(E::ZERO);
    }
    for pixel in dy[..n * c.map()].chunks_exact(c.output[2]) {
        db.iter_mut().zip(pixel).for_each(|(db, &dy)| *db += dy);
    }
}
