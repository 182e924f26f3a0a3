use super::{Backend, Floats, FloatsMut};

/// What the gradients of [`Backend::normalize`] are computed from, and where they go.
///
/// With `x̂ = (x - mean) · inverse`, sums over the rows of a column and `n` rows: `dbeta = Σ dy`,
/// `dgamma = Σ dy · x̂`, `dx = gamma · inverse · dy`; and where mean and deviation are the table's own,
/// `dx = gamma · inverse · (dy - Σ dy / n - x̂ · Σ (dy · x̂) / n)`.
pub struct NormalizeBack<'a, B: Backend> {
    /// How many columns there are.
    pub width: usize,
    /// Whether `mean` and `inverse` were computed from `x`, so that the gradient goes through them too.
    pub own_moments: bool,
    /// The table that was normalised.
    pub x: Floats<'a, B>,
    /// The gradient by what it became.
    pub dy: Floats<'a, B>,
    /// The mean of each column.
    pub mean: Floats<'a, B>,
    /// 1 / deviation of each column.
    pub inverse: Floats<'a, B>,
    /// The factor of each column; 1 where there is none.
    pub gamma: Option<Floats<'a, B>>,
    /// The gradient by `gamma`.
    pub dgamma: Option<FloatsMut<'a, B>>,
    /// The gradient by `beta`.
    pub dbeta: Option<FloatsMut<'a, B>>,
    /// Whether to add to `dgamma` and `dbeta` instead of overwriting them.
    pub add: bool,
    /// The gradient by `x`; all of it is written.
    pub dx: Option<FloatsMut<'a, B>>,
}
