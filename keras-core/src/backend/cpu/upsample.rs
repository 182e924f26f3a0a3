//! Images made larger, image by image.

use super::simd::{self, Kernel};
use super::threads::Threads;
use crate::backend::{Upsample2d, Upsampling};
use crate::element::Element;

pub fn forward<E: Element>(threads: &Threads, u: &Upsample2d, n: usize, x: &[E], y: &mut [E]) {
    let (image, map) = (u.image(), u.map());
    threads.for_parts(&mut y[..n * map], map, |i, y| {
        simd::run(Forward { u, x: &x[i * image..][..image], y });
    });
}

pub fn back<E: Element>(threads: &Threads, u: &Upsample2d, n: usize, dy: &[E], dx: &mut [E]) {
    let (image, map) = (u.image(), u.map());
    threads.for_parts(&mut dx[..n * image], image, |i, dx| {
        dx.fill(E::ZERO);
        simd::run(Back { u, dy: &dy[i * map..][..map], dx });
    });
}

/// Calls `f` for each pixel of the output: with its place, and the places of the pixels of the image
/// that it is made from, with their shares.
#[inline(always)]
fn each<E: Element>(u: &Upsample2d, mut f: impl FnMut(usize, &[(usize, E)])) {
    let [height, width, channels] = u.input;
    let [sh, sw] = u.size;
    for oh in 0..height * sh {
        let ([above, below], down) = u.between(0, oh);
        for ow in 0..width * sw {
            let at = (oh * width * sw + ow) * channels;
            let place = |h: usize, w: usize| (h * width + w) * channels;
            match u.upsampling {
                Upsampling::Nearest => f(at, &[(place(oh / sh, ow / sw), E::ONE)]),
                Upsampling::Bilinear => {
                    let ([left, right], over) = u.between(1, ow);
                    let share = |v: f64, h: f64| E::of(v * h);
                    f(
                        at,
                        &[
                            (place(above, left), share(1.0 - down, 1.0 - over)),
                            (place(above, right), share(1.0 - down, over)),
                            (place(below, left), share(down, 1.0 - over)),
                            (place(below, right), share(down, over)),
                        ],
                    );
                }
            }
        }
    }
}

struct Forward<'a, E> {
    u: &'a Upsample2d,
    x: &'a [E],
    y: &'a mut [E],
}

impl<E: Element> Kernel for Forward<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { u, x, y } = self;
        let c = u.input[2];
        each::<E>(u, |at, from| {
            let y = &mut y[at..at + c];
            match *from {
                [(pixel, _)] => y.copy_from_slice(&x[pixel..pixel + c]),
                [(a, fa), (b, fb), (d, fd), (e, fe)] => {
                    let (a, b, d, e) = (&x[a..a + c], &x[b..b + c], &x[d..d + c], &x[e..e + c]);
                    for i in 0..c {
                        y[i] = fa * a[i] + fb * b[i] + (fd * d[i] + fe * e[i]);
                    }
                }
                _ => unreachable!("a pixel is made from one or from four"),
            }
        });
    }
}

struct Back<'a, E> {
    u: &'a Upsample2d,
    dy: &'a [E],
    dx: &'a mut [E],
}

impl<E: Element> Kernel for Back<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { u, dy, dx } = self;
        let c = u.input[2];
        each::<E>(u, |at, from| {
            for &(pixel, share) in from {
                let dx = &mut dx[pixel..pixel + c];
                dx.iter_mut().zip(&dy[at..at + c]).for_each(|(dx, &dy)| *dx += share * dy);
            }
        });
    }
}
