//! How a batch is cut into pieces.
//!
//! A step of a large model moves more bytes than it computes with, unless what one layer writes is
//! still near when the next one reads it. So a batch is worked off in tiles of a few samples, each
//! through the whole network, forward and backward, in one workspace; and tiles are dealt out to
//! lanes, which threads may run side by side, each with gradients of its own. They are added up in the
//! order of the lanes. Tiles and lanes depend on the model and the batch alone, never on the threads,
//! so the bits do not either.

use core::ops::Range;

use super::compiled::Elem;
use crate::backend::Backend;
use crate::model::{Layout, Model};

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
        <M::Backend as Backend>::NEAR_BYTES
            .map_or(Self::whole(n), |near| Self::new(&M::LAYOUT, near / size_of::<Elem<M>>(), n, training))
    }

    fn new(layout: &Layout, near: usize, n: usize, training: bool) -> Self {
        let sample = layout.activations + if training { layout.gradients } else { 0 };
        // A layer as large as this is better off with many samples for each of its weights.
        let heavy = layout.trained > near / 4 || n * sample < 4 * layout.trained;
        if layout.whole_batch && training || heavy || n * sample <= near {
            return Self::whole(n);
        }
        let lane = n.div_ceil(LANES);
        let tile = (near / sample.max(1)).clamp(1, lane);
        Self { n, lane, tile: lane.div_ceil(lane.div_ceil(tile)) }
    }

    /// How many lanes there are.
    pub const fn lanes(&self) -> usize {
        self.n.div_ceil(self.lane)
    }

    /// The samples of a lane.
    pub fn of_lane(&self, lane: usize) -> Range<usize> {
        lane * self.lane..((lane + 1) * self.lane).min(self.n)
    }

    /// The tiles of a lane: the samples of each.
    pub fn of_lane_in_order(&self, lane: usize) -> impl Iterator<Item = Range<usize>> {
        let (all, tile) = (self.of_lane(lane), self.tile);
        all.clone().step_by(tile.max(1)).map(move |start| start..(start + tile).min(all.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONVNET: Layout =
        Layout { trained: 34_826, activations: 38_000, gradients: 43_000, ..Layout::NONE };

    #[test]
    fn every_sample_comes_once_and_in_order() {
        for n in [1, 2, 7, 31, 32, 128, 1000] {
            for training in [false, true] {
                let tiles = Tiles::new(&CONVNET, 3 << 17, n, training);
                let all: Vec<usize> =
                    (0..tiles.lanes()).flat_map(|lane| tiles.of_lane_in_order(lane)).flatten().collect();
                assert_eq!(all, (0..n).collect::<Vec<_>>(), "{tiles:?}");
                assert!(tiles.lanes() <= LANES);
            }
        }
        assert_eq!(Tiles::new(&CONVNET, 3 << 17, 128, true), Tiles { n: 128, lane: 16, tile: 4 });
    }

    #[test]
    fn large_weights_see_the_whole_batch() {
        let dense = Layout { trained: 670_000, activations: 1034, gradients: 1024, ..Layout::NONE };
        assert_eq!(Tiles::new(&dense, 3 << 17, 128, true), Tiles::whole(128));
        let normed = Layout { whole_batch: true, ..CONVNET };
        assert_eq!(Tiles::new(&normed, 3 << 17, 128, true), Tiles::whole(128));
        assert_ne!(Tiles::new(&normed, 3 << 17, 128, false), Tiles::whole(128));
    }
}
