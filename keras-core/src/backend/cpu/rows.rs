//! What works on rows: activations and losses.

use core::slice::{from_mut, from_ref};

use super::simd::{self, Kernel};
use super::threads::{Parts, Threads};
use crate::activations::Activate;
use crate::backend::{Gather, LossRows};
use crate::element::Element;
use crate::losses::{Room, RowLoss};
use crate::shape::Value;

/// Elements in one part of an elementwise job.
const PART: usize = 16 * 1024;

pub struct Forward<'a, A, E>(pub &'a A, pub usize, pub &'a mut [E]);

impl<A: Activate, E: Element> Kernel for Forward<'_, A, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self(activation, width, y) = self;
        if A::ELEMENTWISE {
            activation.forward(y);
        } else {
            for row in y.chunks_exact_mut(width) {
                activation.forward(row);
            }
        }
    }
}

pub fn activate<A: Activate, E: Element>(threads: &Threads, activation: &A, width: usize, y: &mut [E]) {
    if A::IDENTITY || y.is_empty() {
        return;
    }
    let parts = Parts::new(y, PART.next_multiple_of(width));
    threads.for_each(parts.count(), |i| {
        // SAFETY: each number comes once.
        let y = unsafe { parts.take(i) };
        simd::run(Forward(activation, width, y));
    });
}

struct Back<'a, A, E> {
    activation: &'a A,
    width: usize,
    x: &'a [E],
    y: &'a [E],
    d: &'a mut [E],
}

impl<A: Activate, E: Element> Kernel for Back<'_, A, E> {
    type Out = ();
    #[inline(always)]
    fn run(self) {
        let Self { activation, width, x, y, d } = self;
        if A::ELEMENTWISE {
            activation.backward(x, y, d);
            return;
        }
        for (i, (y, d)) in y.chunks_exact(width).zip(d.chunks_exact_mut(width)).enumerate() {
            let x = if A::NEEDS_INPUT { &x[i * width..(i + 1) * width] } else { x };
            activation.backward(x, y, d);
        }
    }
}

pub fn activate_back<A: Activate, E: Element>(
    threads: &Threads,
    activation: &A,
    width: usize,
    x: &[E],
    y: &[E],
    d: &mut [E],
) {
    if A::IDENTITY || y.is_empty() {
        return;
    }
    let part = PART.next_multiple_of(width);
    let parts = Parts::new(d, part);
    threads.for_each(parts.count(), |i| {
        // SAFETY: each number comes once.
        let d = unsafe { parts.take(i) };
        let range = i * part..i * part + d.len();
        let x = if A::NEEDS_INPUT { &x[range.clone()] } else { x };
        simd::run(Back { activation, width, x, y: &y[range], d });
    });
}

pub struct Loss<'a, V: Value, L, E: Element> {
    pub loss: &'a L,
    pub rows: LossRows,
    pub y_true: &'a [V::Scalar<E>],
    pub y_pred: &'a [E],
    pub weights: Option<&'a [E]>,
    pub gradient: Option<&'a mut [E]>,
}

impl<V: Value, L: RowLoss<V>, E: Element> Kernel for Loss<'_, V, L, E> {
    type Out = f64;
    #[inline(always)]
    fn run(self) -> f64 {
        if L::TOGETHER {
            let Self { loss, rows, y_true, y_pred, weights, gradient } = self;
            return loss.together::<E>(rows, y_true, y_pred, weights, gradient);
        }
        if let Some(gather) = self.rows.gather {
            return self.gathered(&gather);
        }
        if self.rows.width == 1 && self.rows.target_width == 1 {
            return self.single_numbers();
        }
        let Self { loss, rows, y_true, y_pred, weights, mut gradient } = self;
        let scale = E::of(rows.scale);
        let mut sum = 0.0;
        for row in 0..rows.rows {
            let target = &y_true[row * rows.target_width..][..rows.target_width];
            let prediction = &y_pred[row * rows.width..][..rows.width];
            let weight = weights.map_or(E::ONE, |weights| rows.weight(weights, row));
            let value = match &mut gradient {
                None => loss.row(target, prediction, None),
                Some(gradient) => {
                    let gradient = &mut gradient[row * rows.width..][..rows.width];
                    let value = loss.row(target, prediction, Some(&mut *gradient));
                    let factor = scale * weight;
                    for g in gradient {
                        *g *= factor;
                    }
                    value
                }
            };
            sum += value.f64() * weight.f64();
        }
        sum
    }
}

/// Rows of single numbers that are computed side by side.
const SIDE_BY_SIDE: usize = 64;

impl<V: Value, L: RowLoss<V>, E: Element> Loss<'_, V, L, E> {
    /// Rows whose numbers do not lie side by side: each is copied to where they do, and its gradient back.
    fn gathered(self, gather: &Gather) -> f64 {
        let Self { loss, rows, y_true, y_pred, weights, mut gradient } = self;
        let (mut target, mut prediction) = (Room::new(rows.width), Room::new(rows.width));
        let mut row_gradient = Room::new(rows.width);
        let mut sum = 0.0;
        for row in 0..rows.rows {
            gather.take(row, y_true, &mut target);
            gather.take(row, y_pred, &mut prediction);
            let weight = weights.map_or(E::ONE, |weights| rows.weight(weights, row));
            let value = match &mut gradient {
                None => loss.row(&target, &prediction, None),
                Some(gradient) => {
                    let value = loss.row(&target, &prediction, Some(&mut row_gradient));
                    let factor = E::of(rows.scale) * weight;
                    for g in &mut *row_gradient {
                        *g *= factor;
                    }
                    gather.put(row, &row_gradient, gradient);
                    value
                }
            };
            sum += value.f64() * weight.f64();
        }
        sum
    }

    /// Rows of one number each: many at a time, so that the loop runs in vectors.
    #[inline(always)]
    fn single_numbers(self) -> f64 {
        let Self { loss, rows, y_true, y_pred, weights, mut gradient } = self;
        let scale = E::of(rows.scale);
        let mut sum = 0.0;
        let mut values = [E::ZERO; SIDE_BY_SIDE];
        for start in (0..rows.rows).step_by(SIDE_BY_SIDE) {
            let range = start..rows.rows.min(start + SIDE_BY_SIDE);
            let pairs = y_true[range.clone()].iter().zip(&y_pred[range.clone()]);
            let values = &mut values[..range.len()];
            let weight = |i: usize| weights.map_or(E::ONE, |w| rows.weight(w, start + i));
            match &mut gradient {
                None => {
                    for (value, (t, p)) in values.iter_mut().zip(pairs) {
                        *value = loss.row(from_ref(t), from_ref(p), None);
                    }
                }
                Some(gradient) => {
                    let gradient = &mut gradient[range];
                    for ((value, (t, p)), g) in values.iter_mut().zip(pairs).zip(gradient.iter_mut()) {
                        *value = loss.row(from_ref(t), from_ref(p), Some(from_mut(g)));
                    }
                    for (i, g) in gradient.iter_mut().enumerate() {
                        *g *= scale * weight(i);
                    }
                }
            }
            for (i, value) in values.iter().enumerate() {
                sum += value.f64() * weight(i).f64();
            }
        }
        sum
    }
}

pub fn loss<V: Value, L: RowLoss<V>, E: Element>(
    loss: &L,
    rows: LossRows,
    y_true: &[V::Scalar<E>],
    y_pred: &[E],
    weights: Option<&[E]>,
    gradient: Option<&mut [E]>,
) -> f64 {
    simd::run(Loss { loss, rows, y_true, y_pred, weights, gradient })
}
