//! Dropout of whole channels.

use super::elementwise::limit;
use super::simd::{self, Kernel};
use super::threads::Threads;
use crate::backend::Stream;
use crate::element::Element;

/// Channels whose factors are drawn at once.
const CHANNELS: usize = 64;

pub fn dropout<E: Element>(
    threads: &Threads,
    stream: Stream,
    first: usize,
    rate: f64,
    [pixels, channels]: [usize; 2],
    x: &[E],
    y: &mut [E],
) {
    if rate >= 1.0 {
        y.fill(E::ZERO);
        return;
    }
    let image = pixels * channels;
    threads.for_parts(y, image, |i, y| {
        let first = first + i * channels;
        simd::run(Image { stream, first, rate, channels, x: &x[i * image..][..image], y });
    });
}

struct Image<'a, E> {
    stream: Stream,
    /// The index of the first channel's random number.
    first: usize,
    rate: f64,
    channels: usize,
    x: &'a [E],
    y: &'a mut [E],
}

impl<E: Element> Kernel for Image<'_, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { stream, first, rate, channels, x, y } = self;
        let (limit, factor) = (limit(rate), E::of(1.0 / (1.0 - rate)));
        let mut factors = [E::ZERO; CHANNELS];
        for start in (0..channels).step_by(CHANNELS) {
            let factors = &mut factors[..CHANNELS.min(channels - start)];
            for (i, f) in factors.iter_mut().enumerate() {
                let index = first + start + i;
                let bits = stream.block((index / 4) as u32)[index % 4];
                *f = if bits < limit { E::ZERO } else { factor };
            }
            for (x, y) in x.chunks_exact(channels).zip(y.chunks_exact_mut(channels)) {
                for ((y, &x), &f) in y[start..].iter_mut().zip(&x[start..]).zip(&*factors) {
                    *y = if f == E::ZERO { E::ZERO } else { x * f };
                }
            }
        }
    }
}
