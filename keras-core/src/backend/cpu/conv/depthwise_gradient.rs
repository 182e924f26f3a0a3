//! The gradient by the weights of a convolution of each channel by itself.

use super::super::simd::Kernel;
use super::depthwise::{LANES, lanes};
use super::forward::axes;
use crate::backend::Conv2d;
use crate::element::Element;

/// How many sums go in turns, so that none waits for the one before.
const TURNS: usize = 4;

/// `dw += Σ x dy` over all places of `n` images, for one tap.
pub struct Gradient<'a, E> {
    pub c: &'a Conv2d,
    pub n: usize,
    /// Its number in the kernel.
    pub tap: usize,
    pub x: &'a [E],
    pub dy: &'a [E],
    /// One number a channel.
    pub dw: &'a mut [E],
}

impl<E: Element> Kernel for Gradient<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let (channels, mut j) = (self.c.groups, 0);
        let Self { c, n, tap, x, dy, dw } = self;
        while j + LANES <= channels {
            sum::<E, LANES>(c, n, tap, [x, dy], j, dw);
            j += LANES;
        }
        while j + 4 <= channels {
            sum::<E, 4>(c, n, tap, [x, dy], j, dw);
            j += 4;
        }
        for j in j..channels {
            sum::<E, 1>(c, n, tap, [x, dy], j, dw);
        }
    }
}

/// `L` channels, from channel `j` on.
#[inline(always)]
fn sum<E: Element, const L: usize>(
    c: &Conv2d,
    n: usize,
    tap: usize,
    [x, dy]: [&[E]; 2],
    j: usize,
    dw: &mut [E],
) {
    let ([height, width, channels], [height_out, width_out, _]) = (c.input, c.output);
    let (kh, kw) = (tap / c.kernel[1], tap % c.kernel[1]);
    let across = axes(c)[1];
    // The places of a row where this tap meets the image.
    let meets = |ow: &usize| c.place(1, *ow, kw).is_some();
    let start = (0..width_out).find(meets).unwrap_or(width_out);
    let count = (start..width_out).take_while(meets).count();
    let steps = [across.stride * channels, channels];
    let mut sums = [E::ZERO; L];
    for image in 0..n {
        for oh in 0..height_out {
            if let Some(ih) = c.place(0, oh, kh).filter(|_| count > 0) {
                let from = ((image * height + ih) * width + across.at(start, kw)) * channels + j;
                let by = ((image * height_out + oh) * width_out + start) * channels + j;
                let row = row::<E, L>(&x[from..], &dy[by..], steps, count);
                for i in 0..L {
                    sums[i] += row[i];
                }
            }
        }
    }
    for i in 0..L {
        dw[j + i] += sums[i];
    }
}

/// `Σ x dy` over `count` places that are `steps` apart.
#[inline(always)]
fn row<E: Element, const L: usize>(x: &[E], dy: &[E], steps: [usize; 2], count: usize) -> [E; L] {
    let mut sums = [[E::ZERO; L]; TURNS];
    for turn in 0..count / TURNS {
        for (i, sums) in sums.iter_mut().enumerate() {
            let at = turn * TURNS + i;
            let (x, dy) = (lanes::<E, L>(x, at * steps[0]), lanes::<E, L>(dy, at * steps[1]));
            for i in 0..L {
                sums[i] += x[i] * dy[i];
            }
        }
    }
    let [mut a, b, c, d] = sums;
    for at in count / TURNS * TURNS..count {
        let (x, dy) = (lanes::<E, L>(x, at * steps[0]), lanes::<E, L>(dy, at * steps[1]));
        for i in 0..L {
            a[i] += x[i] * dy[i];
        }
    }
    for i in 0..L {
        a[i] = (a[i] + b[i]) + (c[i] + d[i]);
    }
    a
}
