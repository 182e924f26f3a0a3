//! How well a row of predictions hits: what the accuracies are means of.

use super::rank::{argmax, in_top_k};
use crate::element::Element;

/// The share of predictions that say the same as their target, being above the threshold or not.
#[inline]
pub fn binary<E: Element>(y_true: &[E], y_pred: &[E], threshold: f64) -> f64 {
    let threshold = E::of(threshold);
    let says = |p: E| if p > threshold { E::ONE } else { E::ZERO };
    let hits = y_true.iter().zip(y_pred).filter(|&(&t, &p)| says(p) == t).count();
    hits as f64 / y_pred.len() as f64
}

/// Whether the largest prediction stands where the largest target stands.
#[inline]
pub fn categorical<E: Element>(y_true: &[E], y_pred: &[E]) -> f64 {
    f64::from(argmax(y_true) == argmax(y_pred))
}

/// Whether the largest prediction is that of the class.
#[inline]
pub fn sparse<E: Element>(y_true: &[i32], y_pred: &[E]) -> f64 {
    f64::from(class(y_true) == Some(argmax(y_pred)))
}

/// Whether the prediction at `class` is among the `k` largest.
#[inline]
pub fn top_k<E: Element>(class: Option<usize>, y_pred: &[E], k: usize) -> f64 {
    f64::from(class.is_some_and(|class| in_top_k(y_pred, class, k)))
}

/// The class number of a row; none if it is negative.
#[inline]
pub fn class(y_true: &[i32]) -> Option<usize> {
    y_true.first().and_then(|&class| usize::try_from(class).ok())
}
