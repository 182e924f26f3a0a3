//! The gradient of a convolution by its images: convolutions of `dy` with the kernel turned over, one
//! for each place between two strides.

use super::super::product::{Product, Stored};
use super::super::simd::Level;
use super::super::threads::Threads;
use super::axis::Axis;
use super::depthwise::{self, is_depthwise};
use super::forward::{as_product, pixels};
use super::kernel::Kernel;
use super::share::share;
use super::slide::{Images, Slide};
use crate::backend::Conv2d;
use crate::element::Element;

/// `dx = dy * wᵀ` for `n` images.
pub fn back_input<E: Element>(
    level: Level,
    threads: &Threads,
    c: &Conv2d,
    n: usize,
    dy: &[E],
    w: &[E],
    dx: &mut [E],
) {
    let [_, width, channels] = c.input;
    let filters = c.output[2];
    assert!(dy.len() >= n * c.map() && w.len() == c.weights() && dx.len() >= n * c.image());
    if n * c.image() == 0 {
        return;
    }
    if is_depthwise(c) {
        return depthwise::back_input(level, threads, c, n, dy, w, dx);
    }
    if let Some([m, k]) = as_product(c, n) {
        let product = Product::new([m, k, filters], Stored::new(dy, filters), Stored::turned(w, filters), dx);
        // SAFETY: the assertions say that the slices hold what the sizes name.
        return unsafe { product.share(level, threads) };
    }
    let (columns, depth) = (c.depth(), filters / c.groups);
    let next = (columns * filters) as isize;
    for group in 0..c.groups {
        for down in phases(c, 0) {
            for across in phases(c, 1) {
                let taps = (down.last * c.kernel[1] + across.last) * columns * filters;
                let place = (down.start * width + across.start) * channels + group * columns;
                let slide = Slide {
                    n,
                    axes: [down.axis, across.axis],
                    depth,
                    columns,
                    x: Images { at: dy[group * depth..].as_ptr(), strides: pixels(c.map(), c.output) },
                    w: Kernel {
                        at: w[taps + group * depth..].as_ptr(),
                        jumps: [
                            -((down.every * c.kernel[1]) as isize) * next,
                            -(across.every as isize) * next,
                        ],
                        stride: filters,
                        turned: true,
                    },
                    first: core::ptr::null(),
                    rectify: false,
                    y: Images {
                        at: dx[place..].as_mut_ptr(),
                        strides: [c.image(), c.strides[0] * width * channels, c.strides[1] * channels],
                    },
                };
                // SAFETY: as above; a group has its own channels and filters, and each phase its places.
                unsafe { share(&slide, level, threads) };
            }
        }
    }
}

/// The places of the image, along one axis, that have the same remainder by the stride: the kernel meets
/// all of them with the same taps.
pub struct Phase {
    /// The first such place.
    pub start: usize,
    /// How `dy` is met, with the last tap first.
    pub axis: Axis,
    /// The last tap, and how far its neighbours are apart.
    pub last: usize,
    pub every: usize,
}

fn phases(c: &Conv2d, i: usize) -> impl Iterator<Item = Phase> {
    (0..c.strides[i].min(c.input[i])).map(move |start| phase(c, i, start))
}

/// The phase that begins at `start`.
pub fn phase(c: &Conv2d, i: usize, start: usize) -> Phase {
    let (stride, step, before) = (c.strides[i], c.dilation[i], c.before[i]);
    let (size, taps, source) = (c.input[i], c.kernel[i], c.output[i]);
    let every = stride / divisor(stride, step);
    let here = |k: &usize| (start + before) as isize - (k * step) as isize;
    let meets = |k: &usize| here(k) % stride as isize == 0;
    let found = (0..taps).filter(meets);
    let last = found.clone().next_back().unwrap_or(0);
    let axis = Axis {
        places: (size - start).div_ceil(stride),
        taps: found.count(),
        source,
        stride: 1,
        step: every * step / stride,
        before: -(here(&last) / stride as isize),
    };
    Phase { start, axis, last, every }
}

/// The greatest common divisor.
fn divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { divisor(b, a % b) }
}
