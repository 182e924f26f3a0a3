/// Where random numbers come from: a seed, a step and a layer. The number at an index follows from
/// these four alone, so it is the same on every backend, for any number of threads and in any order.
///
/// Philox4x32 with 10 rounds: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    /// The model's seed.
    pub seed: u64,
    /// The training step.
    pub step: u64,
    /// The layer, or another purpose.
    pub layer: u32,
}

impl Stream {
    /// The numbers of a step.
    #[must_use]
    pub const fn new(seed: u64, step: u64) -> Self {
        Self { seed, step, layer: 0 }
    }

    /// Those of one layer in it.
    #[must_use]
    pub const fn of_layer(mut self, layer: usize) -> Self {
        self.layer = layer as u32;
        self
    }

    /// The four numbers in block `block`.
    #[inline(always)]
    #[must_use]
    pub const fn block(&self, block: u32) -> [u32; 4] {
        let counter = [block, self.layer, self.step as u32, (self.step >> 32) as u32];
        philox(counter, [self.seed as u32, (self.seed >> 32) as u32])
    }
}

#[inline(always)]
const fn philox(mut c: [u32; 4], mut k: [u32; 2]) -> [u32; 4] {
    let mut round = 0;
    while round < 10 {
        let a = 0xD251_1F53_u64 * c[0] as u64;
        let b = 0xCD9E_8D57_u64 * c[2] as u64;
        c = [(b >> 32) as u32 ^ c[1] ^ k[0], b as u32, (a >> 32) as u32 ^ c[3] ^ k[1], a as u32];
        k = [k[0].wrapping_add(0x9E37_79B9), k[1].wrapping_add(0xBB67_AE85)];
        round += 1;
    }
    c
}

/// A run of random numbers on the host: initial weights, shuffles, splits.
///
/// ```
/// use keras_core::backend::Random;
/// let mut random = Random::new(7, 0);
/// assert!((0.0..1.0).contains(&random.uniform()));
/// assert!(random.below(10) < 10);
/// assert_eq!(Random::new(7, 1).uniform(), Random::new(7, 1).uniform());
/// ```
#[derive(Clone, Debug)]
pub struct Random {
    stream: Stream,
    block: u64,
    ready: [u32; 4],
    used: usize,
    spare: Option<f64>,
}

impl Random {
    /// The numbers of `seed`; different streams of one seed are independent.
    #[must_use]
    pub fn new(seed: u64, stream: u64) -> Self {
        // The layer number sets these apart from a training step's.
        let stream = Stream { seed, step: stream, layer: u32::MAX };
        Self { stream, block: 0, ready: [0; 4], used: 4, spare: None }
    }

    /// 32 random bits.
    pub fn bits(&mut self) -> u32 {
        if self.used == 4 {
            let mut stream = self.stream;
            stream.layer = u32::MAX - (self.block >> 32) as u32;
            self.ready = stream.block(self.block as u32);
            self.block += 1;
            self.used = 0;
        }
        self.used += 1;
        self.ready[self.used - 1]
    }

    /// Uniform in `0.0 .. 1.0`.
    pub fn uniform(&mut self) -> f64 {
        let high = u64::from(self.bits()) << 21;
        let low = u64::from(self.bits() >> 11);
        (high | low) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Normal, of mean 0 and standard deviation 1 (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        let (sin, cos) = (core::f64::consts::TAU * self.uniform()).sin_cos();
        self.spare = Some(radius * sin);
        radius * cos
    }

    /// Normal, redrawn until it lies within two standard deviations.
    pub fn truncated_normal(&mut self) -> f64 {
        loop {
            let v = self.normal();
            if v.abs() < 2.0 {
                return v;
            }
        }
    }

    /// A whole number from 0 to `n - 1`, each as likely (Lemire 2019). 0 if `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        loop {
            let bits = u64::from(self.bits()) << 32 | u64::from(self.bits());
            let wide = u128::from(bits) * u128::from(n);
            if wide as u64 >= n.wrapping_neg() % n {
                return (wide >> 64) as u64;
            }
        }
    }

    /// Puts a slice into a random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u64 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers that the authors publish with their code.
    #[test]
    fn philox_known_answers() {
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(
            philox([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn moments_and_ranges() {
        let mut r = Random::new(1, 2);
        let n = 40_000;
        let (mut sum, mut squares, mut counts) = (0.0, 0.0, [0; 7]);
        for _ in 0..n {
            let v = r.normal();
            sum += v;
            squares += v * v;
            counts[r.below(7) as usize] += 1;
            assert!(r.truncated_normal().abs() < 2.0);
        }
        let n = f64::from(n);
        assert!((sum / n).abs() < 0.02, "{}", sum / n);
        assert!((squares / n - 1.0).abs() < 0.03, "{}", squares / n);
        assert!(counts.iter().all(|&c| (f64::from(c) - n / 7.0).abs() < 300.0), "{counts:?}");
    }

    #[test]
    fn a_shuffle_is_a_permutation() {
        let mut v: Vec<u32> = (0..100).collect();
        Random::new(3, 0).shuffle(&mut v);
        assert_ne!(v, (0..100).collect::<Vec<_>>());
        v.sort_unstable();
        assert_eq!(v, (0..100).collect::<Vec<_>>());
    }
}
