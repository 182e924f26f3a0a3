use super::{Loss, Reduction, Room, RowLoss, reducible};
use crate::activations::{sigmoid, softplus};
use crate::backend::LossRows;
use crate::config::configured;
use crate::data::Rows;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::maths;
use crate::shape::{Ints, Rank0, Rank1};

/// Draws embeddings of one class together and those of different classes apart: of each sample,
/// `softplus(p + n)`, with the distances `d = max(1 - y_pred · y_predⱼ, 0)` to the other samples of the batch,
/// `p = ln Σ exp(gamma · (margin + d) · (d - margin))` over those of its class, and
/// `n = ln Σ exp(gamma · max(1 + margin - d, 0) · (1 - margin - d))` over all others. Keras: `Circle`.
///
/// `gamma` is 80, `margin` 0.4 by default, and a sample is not compared with itself
/// ([`remove_diagonal`](Self::remove_diagonal)). Predictions are vectors of length 1, targets class numbers.
/// A sample that has none of its class in the batch, or nothing else, does not count in a mean. A training
/// step has to see the whole batch at once. Source: Sun et al., "Circle loss: a unified perspective of pair
/// similarity optimization", 2020.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::losses::Loss;
///
/// let y_pred = [[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]];
/// let losses = Loss::<Rank1<2>>::per_row(&Circle::default().gamma(1.0), &[7, 7, 3], &y_pred)?;
/// // d = 0.4 to the one of its class, and 1 to the other one.
/// let (p, n) = ((0.4 + 0.4) * (0.4 - 0.4), (1.4 - 1.0) * (0.6 - 1.0));
/// assert!((losses[0] - (1.0 + f64::exp(p + n)).ln()).abs() < 1e-12);
/// assert_eq!(losses[2], 0.0);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    gamma: f64,
    margin: f64,
    remove_diagonal: bool,
    reduction: Reduction,
}

impl Circle {
    /// How much differences of distances count, 80 by default.
    #[must_use]
    pub const fn gamma(mut self, gamma: f64) -> Self {
        self.gamma = gamma;
        self
    }
    /// How near and how far is enough, 0.4 by default.
    #[must_use]
    pub const fn margin(mut self, margin: f64) -> Self {
        self.margin = margin;
        self
    }
    /// Whether a sample is left out of those of its own class.
    #[must_use]
    pub const fn remove_diagonal(mut self, remove_diagonal: bool) -> Self {
        self.remove_diagonal = remove_diagonal;
        self
    }
    reducible!();

    /// Whether sample `j` is of the class of sample `i` (or of another); `None` if it is `i` itself, and left out.
    #[inline(always)]
    fn same(&self, y_true: &[i32], i: usize, j: usize) -> Option<bool> {
        if i == j && self.remove_diagonal { None } else { Some(y_true[i] == y_true[j]) }
    }

    /// Whether a sample has both kinds of others.
    fn compares(&self, y_true: &[i32], i: usize) -> bool {
        let has = |same: bool| (0..y_true.len()).any(|j| self.same(y_true, i, j) == Some(same));
        has(true) && has(false)
    }

    /// What stands in the exponent for a distance, and its derivative.
    #[inline(always)]
    fn exponent<E: Element>(&self, d: E, same: bool) -> (E, E) {
        let (gamma, margin) = (E::of(self.gamma), E::of(self.margin));
        let weight = if same { margin + d } else { E::ONE + margin - d };
        if weight < E::ZERO {
            return (E::ZERO, E::ZERO);
        }
        if same {
            (gamma * weight * (d - margin), gamma * (d + d))
        } else {
            (gamma * weight * (E::ONE - margin - d), gamma * (d + d - E::of(2.0)))
        }
    }
}

impl Default for Circle {
    fn default() -> Self {
        Self { gamma: 80.0, margin: 0.4, remove_diagonal: true, reduction: Reduction::SumOverBatchSize }
    }
}

impl RowLoss<Ints<Rank0>> for Circle {
    /// A sample alone has nothing to be compared with.
    fn row<E: Element>(&self, _: &[i32], _: &[E], gradient: Option<&mut [E]>) -> E {
        if let Some(gradient) = gradient {
            gradient.fill(E::ZERO);
        }
        E::ZERO
    }

    const TOGETHER: bool = true;

    #[inline(always)]
    fn together<E: Element>(
        &self,
        rows: LossRows,
        y_true: &[i32],
        y_pred: &[E],
        weights: Option<&[E]>,
        mut gradient: Option<&mut [E]>,
    ) -> f64 {
        let LossRows { rows: n, width, scale, .. } = rows;
        if let Some(gradient) = &mut gradient {
            gradient.fill(E::ZERO);
        }
        // One minus the cosine to each sample, which may be below 0, and what stands in the exponent.
        let (mut apart, mut exponents) = (Room::<E>::new(n), Room::<E>::new(n));
        let mut sum = 0.0;
        for i in 0..n {
            let weight = weights.map_or(E::ONE, |weights| rows.weight(weights, i));
            if weight == E::ZERO || !self.compares(y_true, i) {
                continue;
            }
            let here = &y_pred[i * width..][..width];
            // The largest exponents of both kinds, then the sums.
            let mut largest = [-E::of(f64::INFINITY); 2];
            for (j, other) in y_pred.chunks_exact(width).enumerate() {
                apart[j] = E::ONE - maths::sum_over!(here, other, |a, b| a * b);
                let Some(same) = self.same(y_true, i, j) else { continue };
                exponents[j] = self.exponent(apart[j].maximum(E::ZERO), same).0;
                let largest = &mut largest[usize::from(same)];
                *largest = largest.maximum(exponents[j]);
            }
            let mut sums = [E::ZERO; 2];
            for j in 0..n {
                if let Some(same) = self.same(y_true, i, j) {
                    exponents[j] = (exponents[j] - largest[usize::from(same)]).exp();
                    sums[usize::from(same)] += exponents[j];
                }
            }
            let total = (largest[0] + sums[0].ln()) + (largest[1] + sums[1].ln());
            sum += softplus(total).f64() * weight.f64();
            let Some(gradient) = &mut gradient else { continue };
            let factor = sigmoid(total) * weight * E::of(scale);
            for j in 0..n {
                let Some(same) = self.same(y_true, i, j) else { continue };
                if apart[j] < E::ZERO {
                    continue;
                }
                let share = exponents[j] / sums[usize::from(same)];
                let slope = factor * share * self.exponent(apart[j], same).1;
                for k in 0..width {
                    gradient[i * width + k] -= slope * y_pred[j * width + k];
                    gradient[j * width + k] -= slope * y_pred[i * width + k];
                }
            }
        }
        sum
    }
}

impl<const N: usize> Loss<Rank1<N>> for Circle {
    type Target = Ints<Rank0>;
    const NAME: &'static str = "circle";
    fn reduction(&self) -> Reduction {
        self.reduction
    }
    fn factor<E: Element>(&self, rows: LossRows, y_true: &[i32], weights: Option<&[E]>) -> f64 {
        let counted = || (0..rows.rows).filter(|&i| self.compares(y_true, i));
        let sum = weights.map(|w| counted().map(|i| rows.weight(w, i).f64()).sum());
        self.reduction.factor(counted().count(), sum)
    }
    fn check_target<E: Element>(&self, _: &Rows<'_, i32>) -> Result<()> {
        for (name, value) in [("gamma", self.gamma), ("margin", self.margin)] {
            if !value.is_finite() {
                return Err(Error::argument(format!("{name} of Circle"), "a finite number", value));
            }
        }
        Ok(())
    }
}

configured! {
    [] Circle, "Circle", "keras.losses", Default::default(), |this, fields| {
        fields.unused("name", "circle");
        fields.ignored("dtype");
        fields.field("reduction", &mut this.reduction)?;
        fields.field("gamma", &mut this.gamma)?;
        fields.field("margin", &mut this.margin)?;
        fields.field("remove_diagonal", &mut this.remove_diagonal)?;
    }
}
