//! Numbers to compute with, the same in every run.

/// A small generator (splitmix64).
pub struct Numbers(u64);

impl Numbers {
    /// From this seed on.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// `n` numbers from -1 to 1.
    pub fn floats(&mut self, n: usize) -> Vec<f32> {
        (0..n).map(|_| (self.next() >> 40) as f32 / 8_388_608.0 - 1.0).collect()
    }

    /// `n` class numbers below `classes`.
    pub fn classes(&mut self, n: usize, classes: u64) -> Vec<i64> {
        (0..n).map(|_| (self.next() % classes) as i64).collect()
    }
}
