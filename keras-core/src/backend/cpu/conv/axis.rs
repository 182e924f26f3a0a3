//! One axis of a window that slides over images.

use core::ops::Range;

/// Along one axis: place `o` meets, with tap `k` of the kernel, the source at
/// `o * stride + k * step - before`, or zeros if that is outside of it.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    pub places: usize,
    pub taps: usize,
    pub source: usize,
    pub stride: usize,
    pub step: usize,
    pub before: isize,
}

/// Places next to each other that meet the source with the same taps: what lies in the zeros is left
/// out, so that all work is useful.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub places: Range<usize>,
    pub taps: Range<usize>,
}

impl Axis {
    /// Where tap `k` meets the source; outside of it, something large.
    pub fn at(&self, o: usize, k: usize) -> usize {
        ((o * self.stride + k * self.step) as isize).wrapping_sub(self.before) as usize
    }

    /// The taps that meet the source.
    pub fn taps(&self, o: usize) -> Range<usize> {
        let first = (o * self.stride) as isize - self.before;
        let until = |source: isize| match source - first {
            ..=0 => 0,
            room => (room as usize).div_ceil(self.step).min(self.taps),
        };
        let (start, end) = (until(0), until(self.source as isize));
        if start < end { start..end } else { 0..0 }
    }

    /// All places.
    pub fn segments(self) -> impl Iterator<Item = Segment> {
        let mut next = 0;
        core::iter::from_fn(move || {
            let start = next;
            if start >= self.places {
                return None;
            }
            let taps = self.taps(start);
            // Until the last tap leaves the source, nothing changes for places that meet it with all.
            next = if !taps.is_empty() && taps == (0..self.taps) {
                let left = self.source - 1 - self.at(start, self.taps - 1);
                (start + left / self.stride + 1).min(self.places)
            } else {
                start + 1
            };
            while next < self.places && self.taps(next) == taps {
                next += 1;
            }
            Some(Segment { places: start..next, taps })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Axis, Segment};

    #[test]
    fn the_zeros_at_both_ends_are_left_out() {
        let axis = Axis { places: 6, taps: 3, source: 6, stride: 1, step: 1, before: 1 };
        let found: Vec<_> = axis.segments().collect();
        let segment = |places, taps| Segment { places, taps };
        assert_eq!(found, [segment(0..1, 1..3), segment(1..5, 0..3), segment(5..6, 0..2)]);
    }

    #[test]
    fn segments_are_all_places_with_the_taps_that_meet_the_source() {
        for [places, taps, source] in [[9, 3, 7], [5, 4, 2], [4, 0, 3], [6, 1, 3], [3, 5, 30]] {
            for [stride, step] in [[1, 1], [2, 1], [3, 1], [1, 2], [2, 3]] {
                for before in -2..=4 {
                    let axis = Axis { places, taps, source, stride, step, before };
                    let mut next = 0;
                    for segment in axis.segments() {
                        assert_eq!(segment.places.start, next, "{axis:?}");
                        for o in segment.places.clone() {
                            let at = |k: &usize| (o * stride + k * step) as isize - before;
                            let meets = |k: &usize| (0..source as isize).contains(&at(k));
                            assert!((0..taps).filter(meets).eq(segment.taps.clone()), "{axis:?} {segment:?}");
                        }
                        next = segment.places.end;
                    }
                    assert_eq!(next, places, "{axis:?}");
                }
            }
        }
    }
}
