mod conv;
mod dense;
mod images;
mod levels;
mod maths;
mod normalization;
mod product;
mod sums;

use super::simd::levels;
use crate::backend::Stream;

/// What is compared with: the product in `f64`, and the sum of the magnitudes of its terms, which
/// bounds what rounding can do.
struct Exact {
    value: f64,
    magnitude: f64,
}

impl Exact {
    fn new(first: f64) -> Self {
        Self { value: first, magnitude: first.abs() }
    }
    fn add(&mut self, a: f32, b: f32) {
        let term = f64::from(a) * f64::from(b);
        self.value += term;
        self.magnitude += term.abs();
    }
    /// Each of `terms` products and additions may be off by half a unit in the last place.
    fn check(&self, found: f32, terms: usize, what: impl Fn() -> String) {
        let bound = (terms + 2) as f64 * f64::from(f32::EPSILON) * self.magnitude;
        let off = (f64::from(found) - self.value).abs();
        assert!(off <= bound, "{}: {found} instead of {}", what(), self.value);
    }
}

fn numbers(seed: u64, n: usize) -> Vec<f32> {
    let stream = Stream::new(seed, 0);
    (0..n.div_ceil(4) as u32)
        .flat_map(|i| stream.block(i))
        .map(|bits| (bits >> 8) as f32 / 8_388_608.0 - 1.0)
        .take(n)
        .collect()
}
