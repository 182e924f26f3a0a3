use super::{Regularizer, factor};
use crate::config::configured;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::Dims;

/// What an [`OrthogonalRegularizer`] makes stand at right angles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrthogonalMode {
    /// The rows of a matrix. Keras: `rows`.
    #[default]
    Rows,
    /// Its columns. Keras: `columns`.
    Columns,
}

/// `factor` times the mean of `|u · v|` over all pairs of a matrix' rows, or columns, `u` and `v` being
/// divided by their lengths. Keras: `OrthogonalRegularizer`, `factor` 0.01 and
/// [`OrthogonalMode::Rows`] by default.
///
/// Lengths below 1e-7 count as that. One row alone has no penalty (Keras: NaN).
///
/// ```
/// use keras_core::regularizers::{OrthogonalRegularizer, Regularizer};
/// use keras_core::shape::Dims;
///
/// let rows = OrthogonalRegularizer::new(1.0);
/// assert_eq!(rows.penalty(Dims::new([2, 2]), &[1.0_f32, 0.0, 0.0, -3.0], None)?, 0.0);
/// assert_eq!(rows.penalty(Dims::new([2, 2]), &[1.0_f32, 0.0, -3.0, 0.0], None)?, 1.0);
/// assert!(rows.penalty(Dims::new([2]), &[1.0_f32, 0.0], None).is_err());
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrthogonalRegularizer {
    factor: f64,
    mode: OrthogonalMode,
}

impl OrthogonalRegularizer {
    /// With another factor.
    #[must_use]
    pub const fn new(factor: f64) -> Self {
        Self { factor, mode: OrthogonalMode::Rows }
    }

    /// For the rows or the columns.
    #[must_use]
    pub const fn mode(mut self, mode: OrthogonalMode) -> Self {
        self.mode = mode;
        self
    }
}

impl Default for OrthogonalRegularizer {
    fn default() -> Self {
        Self::new(0.01)
    }
}

/// The smallest length that is divided by.
const EPSILON: f64 = 1e-7;

/// A matrix, seen as vectors.
#[derive(Clone, Copy)]
struct Vectors {
    count: usize,
    len: usize,
    /// From one vector to the next, and from one of its numbers to the next.
    strides: (usize, usize),
}

impl Vectors {
    fn at(self, vector: usize, k: usize) -> usize {
        vector * self.strides.0 + k * self.strides.1
    }

    fn dot<E: Element>(self, values: &[E], a: usize, b: usize) -> f64 {
        (0..self.len).map(|k| values[self.at(a, k)].f64() * values[self.at(b, k)].f64()).sum()
    }
}

impl Regularizer for OrthogonalRegularizer {
    fn penalty<E: Element>(&self, dims: Dims, values: &[E], gradient: Option<&mut [E]>) -> Result<f64> {
        let factor = factor("factor of OrthogonalRegularizer", self.factor)?;
        let [rows, columns] = *dims.sizes() else {
            return Err(Error::argument("the variable of OrthogonalRegularizer", "a matrix", dims));
        };
        let gradients = gradient.as_ref().map_or(dims.numel(), |gradient| gradient.len());
        for (what, len) in [("the variable", values.len()), ("the gradient", gradients)] {
            if len != dims.numel() {
                let expected = format!("{} numbers", dims.numel());
                return Err(Error::argument(format!("{what} of OrthogonalRegularizer"), expected, len));
            }
        }
        let vectors = match self.mode {
            OrthogonalMode::Rows => Vectors { count: rows, len: columns, strides: (columns, 1) },
            OrthogonalMode::Columns => Vectors { count: columns, len: rows, strides: (1, columns) },
        };
        let pairs = (vectors.count as f64) * (vectors.count as f64 - 1.0) / 2.0;
        if pairs <= 0.0 {
            return Ok(0.0);
        }
        Ok(factor / pairs * each_pair(vectors, values, gradient, factor / pairs))
    }
}

/// The sum of `|u · v|` over all pairs; adds its gradient times `share`. It keeps nothing, so that a
/// step of training allocates nothing: lengths are computed anew for each pair.
fn each_pair<E: Element>(w: Vectors, values: &[E], mut gradient: Option<&mut [E]>, share: f64) -> f64 {
    let mut sum = 0.0;
    for a in 0..w.count {
        let length_a = w.dot(values, a, a).sqrt();
        for b in a + 1..w.count {
            let length_b = w.dot(values, b, b).sqrt();
            let (by_a, by_b) = (1.0 / length_a.max(EPSILON), 1.0 / length_b.max(EPSILON));
            let cosine = w.dot(values, a, b) * by_a * by_b;
            sum += cosine.abs();
            let Some(gradient) = gradient.as_deref_mut() else { continue };
            let slope = if cosine == 0.0 { 0.0 } else { share * cosine.signum() };
            // A length that is held at the least does not move with the vector.
            let moves = |length: f64| if length > EPSILON { cosine } else { 0.0 };
            let (along_a, along_b) = (moves(length_a), moves(length_b));
            for k in 0..w.len {
                let (i, j) = (w.at(a, k), w.at(b, k));
                let (u, v) = (values[i].f64() * by_a, values[j].f64() * by_b);
                gradient[i] += E::of(slope * by_a * (v - along_a * u));
                gradient[j] += E::of(slope * by_b * (u - along_b * v));
            }
        }
    }
    sum
}

configured! {
    [] OrthogonalRegularizer, "OrthogonalRegularizer", "keras.regularizers", Default::default(), |this, fields| {
        fields.field("factor", &mut this.factor)?;
        fields.field("mode", &mut this.mode)?;
    }
}

#[cfg(feature = "serde")]
crate::config::words! { OrthogonalMode: "rows" => OrthogonalMode::Rows, "columns" => OrthogonalMode::Columns }
