//! Convolutions of images.

use super::super::product::{Product, Stored};
use super::super::rows;
use super::super::simd::Level;
use super::super::threads::Threads;
use super::axis::Axis;
use super::depthwise::{self, is_depthwise};
use super::kernel::Kernel;
use super::share::share;
use super::slide::{Images, Slide};
use crate::activations::Relu;
use crate::backend::Conv2d;
use crate::element::Element;

/// `y = x * w + b` for `n` images; if `rectify`, what is below 0 becomes 0.
#[allow(clippy::too_many_arguments, reason = "it is what a convolution has")]
pub fn forward<E: Element>(
    level: Level,
    threads: &Threads,
    c: &Conv2d,
    n: usize,
    x: &[E],
    w: &[E],
    b: Option<&[E]>,
    rectify: bool,
    y: &mut [E],
) {
    let filters = c.output[2];
    assert!(x.len() >= n * c.image() && w.len() == c.weights() && y.len() >= n * c.map());
    assert!(b.is_none_or(|b| b.len() == filters));
    if n * c.map() == 0 {
        return;
    }
    if is_depthwise(c) {
        return depthwise::forward(level, threads, c, n, x, w, b, rectify, y);
    }
    if let Some([m, k]) = as_product(c, n) {
        let product = Product::new([m, filters, k], Stored::new(x, k), Stored::new(w, filters), y);
        // SAFETY: the assertions say that the slices hold what the sizes name.
        unsafe { product.plus_row(b).share(level, threads) };
        if rectify {
            rows::activate(threads, &Relu, filters, &mut y[..m * filters]);
        }
        return;
    }
    let (depth, columns) = (c.depth(), filters / c.groups);
    let next = (depth * filters) as isize;
    for group in 0..c.groups {
        let slide = Slide {
            n,
            axes: axes(c),
            depth,
            columns,
            x: Images { at: x[group * depth..].as_ptr(), strides: pixels(c.image(), c.input) },
            w: Kernel {
                at: w[group * columns..].as_ptr(),
                jumps: [c.kernel[1] as isize * next, next],
                stride: filters,
                turned: false,
            },
            first: b.map_or(core::ptr::null(), |b| b[group * columns..].as_ptr()),
            rectify,
            y: Images { at: y[group * columns..].as_mut_ptr(), strides: pixels(c.map(), c.output) },
        };
        // SAFETY: as above; a group has its own channels and filters.
        unsafe { share(&slide, level, threads) };
    }
}

/// How the kernel moves.
pub fn axes(c: &Conv2d) -> [Axis; 2] {
    core::array::from_fn(|i| Axis {
        places: c.output[i],
        taps: c.kernel[i],
        source: c.input[i],
        stride: c.strides[i],
        step: c.dilation[i],
        before: c.before[i] as isize,
    })
}

/// From one image, row, and pixel to the next, without gaps.
pub fn pixels(image: usize, [_, width, channels]: [usize; 3]) -> [usize; 3] {
    [image, width * channels, channels]
}

/// Rows and inner size of the product that a convolution is: where the kernel is one pixel, or the
/// whole image.
pub fn as_product(c: &Conv2d, n: usize) -> Option<[usize; 2]> {
    let [height, width, channels] = c.input;
    if c.groups != 1 || c.before != [0, 0] {
        return None;
    }
    if c.kernel == [1, 1] && c.strides == [1, 1] && c.output[..2] == c.input[..2] {
        return Some([n * height * width, channels]);
    }
    let whole = c.kernel[..] == c.input[..2] && c.dilation == [1, 1] && c.output[..2] == [1, 1];
    whole.then_some([n, height * width * channels])
}
