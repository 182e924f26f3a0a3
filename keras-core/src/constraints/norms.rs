//! The lengths of parts of a variable, and their scaling. Nothing is allocated.

use super::Axes;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::Dims;

/// What Keras adds to a length before it divides by it.
pub const EPSILON: f64 = 1e-7;

/// Parts that lie side by side in the last axis are handled together, in vectors.
const LANES: usize = 16;

/// Sizes and steps of some of a variable's axes.
#[derive(Clone, Copy, Default)]
struct Walk {
    axes: [(usize, usize); 4],
    rank: usize,
    count: usize,
}

impl Walk {
    fn new() -> Self {
        Self { count: 1, ..Self::default() }
    }

    fn push(&mut self, size: usize, step: usize) {
        self.axes[self.rank] = (size, step);
        self.rank += 1;
        self.count *= size;
    }

    /// Where the place of this number lies.
    fn at(&self, mut number: usize) -> usize {
        let mut offset = 0;
        for &(size, step) in self.axes[..self.rank].iter().rev() {
            offset += number % size * step;
            number /= size;
        }
        offset
    }
}

/// Multiplies each part of a variable along `axes` by what `factor` makes of its length.
pub fn rescale<E: Element>(
    who: &str,
    axes: Axes,
    dims: Dims,
    values: &mut [E],
    factor: impl Fn(f64) -> f64,
) -> Result<()> {
    let along = axes.of(who, dims)?;
    if values.len() != dims.numel() {
        return Err(Error::argument(
            format!("the variable of {who}"),
            format!("{} numbers", dims.numel()),
            values.len(),
        ));
    }
    let last = dims.rank - 1;
    let (mut parts, mut inside) = (Walk::new(), Walk::new());
    for (axis, &size) in dims.sizes().iter().enumerate() {
        let step = dims.sizes()[axis + 1..].iter().product();
        if along[axis] {
            inside.push(size, step);
        } else if axis != last {
            parts.push(size, step);
        }
    }
    let side = if along[last] { 1 } else { dims.last() };
    for part in 0..parts.count {
        for first in (0..side).step_by(LANES) {
            let (start, lanes) = (parts.at(part) + first, LANES.min(side - first));
            let mut factors = [0.0; LANES];
            for k in 0..inside.count {
                let at = start + inside.at(k);
                for (sum, v) in factors.iter_mut().zip(&values[at..at + lanes]) {
                    *sum += v.f64() * v.f64();
                }
            }
            factors.iter_mut().for_each(|f| *f = factor(f.sqrt()));
            for k in 0..inside.count {
                let at = start + inside.at(k);
                for (v, f) in values[at..at + lanes].iter_mut().zip(&factors) {
                    *v = E::of(v.f64() * f);
                }
            }
        }
    }
    Ok(())
}
