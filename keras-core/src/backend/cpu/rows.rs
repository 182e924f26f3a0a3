//! What works on rows: activations and losses.

use super::simd::{self, Kernel};
use super::threads::{Parts, Threads};
use crate::activations::Activate;
use crate::backend::LossRows;
use crate::element::Element;
use crate::losses::RowLoss;
use crate::shape::Value;

/// Elements in one part of an elementwise job.
const PART: usize = 16 * 1024;

struct Forward<'a, A, E>(&'a A, usize, &'a mut [E]);

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

struct Loss<'a, L, T, E> {
    loss: &'a L,
    rows: LossRows,
    y_true: &'a [T],
    y_pred: &'a [E],
    weights: Option<&'a [E]>,
    gradient: Option<&'a mut [E]>,
}

impl<L, T, E: Element> Loss<'_, L, T, E> {
    #[inline(always)]
    fn run<V: Value<Scalar<E> = T>>(self) -> f64
    where
        L: RowLoss<V>,
    {
        let Self { loss, rows, y_true, y_pred, weights, mut gradient } = self;
        let scale = E::of(rows.scale);
        let mut sum = 0.0;
        for row in 0..rows.rows {
            let target = &y_true[row * rows.target_width..][..rows.target_width];
            let prediction = &y_pred[row * rows.width..][..rows.width];
            let weight = weights.map_or(E::ONE, |w| w[row / rows.rows_per_weight]);
            let value = match &mut gradient {
                None => loss.row(target, prediction, None),
                Some(gradient) => {
                    let gradient = &mut gradient[row * rows.width..][..rows.width];
                    let value = loss.row(target, prediction, Some(&mut *gradient));
                    let factor = scale * weight;
                    gradient.iter_mut().for_each(|g| *g *= factor);
                    value
                }
            };
            sum += value.f64() * weight.f64();
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
    Loss { loss, rows, y_true, y_pred, weights, gradient }.run::<V>()
}
