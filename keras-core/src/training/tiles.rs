//! How a batch is cut into pieces.
//!
//! A step of a large model moves more bytes than it computes with, unless what one layer writes is
//! still near when the next one reads it. So the front of a model works off a batch in tiles of a few
//! samples, each through all of its layers; and tiles are dealt out to lanes, which threads may run side
//! by side, each with gradients of its own. They are added up in the order of the lanes. Tiles and
//! lanes depend on the model and the batch alone, never on the threads, so the bits do not either.

use core::ops::Range;

use super::compiled::Elem;
use crate::backend::Backend;
use crate::model::{Model, Part};

/// More lanes than this are not worth their gradients.
const LANES: usize = 8;

/// How many samples go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tiles {
    n: usize,
    /// Samples of a lane; the last one may have fewer.
    pub lane: usize,
    /// Samples of a tile; the last one of a lane may have fewer.
    pub tile: usize,
}

impl Tiles {
    /// All samples at once.
    pub const fn whole(n: usize) -> Self {
        Self { n, lane: n, tile: n }
    }

    /// For a batch of `n` samples.
    pub fn of<M: Model>(n: usize, training: bool) -> Self {
        match <M::Backend as Backend>::NEAR_BYTES {
            Some(near) => {
                Self::new(&M::LAYOUT.parts(training).front, near / size_of::<Elem<M>>(), n, training)
            }
            None => Self::whole(n),
        }
    }

    fn new(front: &Part, near: usize, n: usize, training: bool) -> Self {
        let sample = front.activations + if training { front.gradients } else { 0 };
        // With so little to do for each weight, the lanes' gradients would cost too much.
        let light = training && n * sample < 4 * front.params_end;
        if n * sample <= near || light {
            return Self::whole(n);
        }
        let lane = n.div_ceil(LANES);
        let tile = (near / sample).clamp(1, lane);
        Self { n, lane, tile: lane.div_ceil(lane.div_ceil(tile)) }
    }

    /// How many lanes there are.
    pub const fn lanes(&self) -> usize {
        self.n.div_ceil(self.lane)
    }

    /// How many tiles a lane has at most.
    pub const fn of_each_lane(&self) -> usize {
        self.lane.div_ceil(self.tile)
    }

    /// The samples of a lane.
    pub fn of_lane(&self, lane: usize) -> Range<usize> {
        lane * self.lane..((lane + 1) * self.lane).min(self.n)
    }

    /// The tiles of a lane, in order: the samples of each.
    pub fn tiles(&self, lane: usize) -> impl Iterator<Item = Range<usize>> {
        let (all, tile) = (self.of_lane(lane), self.tile);
        all.clone().step_by(tile).map(move |start| start..(start + tile).min(all.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONVNET: Part =
        Part { end: 1, params_end: 34_826, activations: 38_000, gradients: 43_000, ..Part::NONE };

    #[test]
    fn every_sample_comes_once_and_in_order() {
        for n in [1, 2, 7, 31, 32, 128, 1000] {
            for training in [false, true] {
                let tiles = Tiles::new(&CONVNET, 3 << 17, n, training);
                let all: Vec<usize> =
                    (0..tiles.lanes()).flat_map(|lane| tiles.tiles(lane)).flatten().collect();
                assert_eq!(all, (0..n).collect::<Vec<_>>(), "{tiles:?}");
                assert!(tiles.lanes() <= LANES);
                assert!((0..tiles.lanes()).all(|lane| tiles.tiles(lane).count() <= tiles.of_each_lane()));
            }
        }
        assert_eq!(Tiles::new(&CONVNET, 3 << 17, 128, true), Tiles { n: 128, lane: 16, tile: 4 });
    }

    #[test]
    fn what_fits_or_has_many_weights_stays_together() {
        assert_eq!(Tiles::new(&CONVNET, 3 << 17, 4, true), Tiles::whole(4));
        let many_weights = Part { params_end: 3_000_000, ..CONVNET };
        assert_eq!(Tiles::new(&many_weights, 3 << 17, 128, true), Tiles::whole(128));
        assert_ne!(Tiles::new(&many_weights, 3 << 17, 128, false), Tiles::whole(128));
        assert_eq!(Tiles::new(&Part::NONE, 3 << 17, 128, true), Tiles::whole(128));
    }
}
