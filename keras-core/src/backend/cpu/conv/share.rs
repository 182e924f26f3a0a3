//! How threads share what is done to many images.

use super::super::simd::Level;
use super::super::threads::Threads;
use super::gradient::Gradient;
use super::slide::Slide;
use crate::element::Element;

/// Columns that are cut at: two vectors of the widest kind.
const CUT: usize = 32;
/// Parts for each thread.
const PARTS_EACH: usize = 4;
/// Multiplications that are worth a thread's attention: a few µs.
const GRAIN: usize = 256 << 10;

/// Computes all, in parts by images and columns that threads share where that is allowed. Each sum runs
/// over the kernel in order, so that no number depends on the parts.
///
/// # Safety
/// As for [`Slide`]; the processor has this level.
pub unsafe fn share<E: Element>(slide: &Slide<E>, level: Level, threads: &Threads) {
    let [down, across] = slide.axes;
    let place = slide.columns * slide.depth * down.taps * across.taps;
    let work = slide.n * down.places * across.places * place;
    if work < 2 * GRAIN || !threads.inside() {
        return E::slide(level, *slide);
    }
    let parts = (work / GRAIN).min(PARTS_EACH * threads.count());
    let images = slide.n.div_ceil(parts).max(1);
    let right = parts.div_ceil(slide.n.div_ceil(images));
    let columns = slide.columns.div_ceil(CUT).div_ceil(right) * CUT;
    let (down, right) = (slide.n.div_ceil(images), slide.columns.div_ceil(columns));
    threads.for_each(down * right, |part| {
        let (i, j) = (part / right * images, part % right * columns);
        let part = slide.part([i, images.min(slide.n - i)], [j, columns.min(slide.columns - j)]);
        E::slide(level, part);
    });
}

/// Computes a gradient, in parts by taps and columns that threads share where that is
/// allowed: so each sum is one thread's.
///
/// # Safety
/// As for [`Gradient`]; the processor has this level.
pub unsafe fn share_gradient<E: Element>(gradient: &Gradient<E>, level: Level, threads: &Threads) {
    let [down, across] = gradient.axes;
    let place = gradient.columns * gradient.depth * down.taps * across.taps;
    let work = gradient.n * down.places * across.places * place;
    if work < 2 * GRAIN || !threads.inside() {
        return E::gradient(level, *gradient);
    }
    // A part has rows enough to keep a thread busy.
    let parts = |taps: usize, rows: usize| if rows < 8 { 1 } else { taps };
    let right = parts(across.taps, gradient.depth);
    let below = parts(down.taps, gradient.depth * across.taps);
    let panels = gradient.columns.div_ceil(CUT);
    threads.for_each(below * right * panels, |part| {
        let (tap, j) = (part / panels, part % panels * CUT);
        let mut part = gradient.columns(j, CUT.min(gradient.columns - j));
        if below > 1 {
            part.taps[0] = [tap / right, tap / right + 1];
        }
        if right > 1 {
            part.taps[1] = [tap % right, tap % right + 1];
        }
        E::gradient(level, part);
    });
}
