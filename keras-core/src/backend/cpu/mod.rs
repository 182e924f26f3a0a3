//! The processor.

mod along;
mod buffer;
mod channels;
mod columns;
mod conv;
mod crew;
mod denormals;
mod dense;
mod dot;
mod dots;
mod elementwise;
mod gate;
mod large;
mod merging;
mod normalization;
mod pack;
mod pad;
mod pages;
mod panels;
mod pool;
mod product;
mod rows;
mod scratch;
mod simd;
#[cfg(test)]
mod tests;
mod threads;
mod tile;
mod turn;
mod upsample;
mod vector;

use core::fmt;
use core::marker::PhantomData;
use core::ops::Range;

use crate::activations::Activate;
use crate::backend::{
    Backend, Columns, Conv2d, Dots, Gather, LossRows, Merge, NormalizeBack, Pad2d, Pool2d, Stream, Upsample2d,
};
use crate::constraints::AnyConstraint;
use crate::element::{Element, Scalar};
use crate::error::Result;
use crate::losses::RowLoss;
use crate::optimizers::{MAX_SLOTS, Update};
use crate::regularizers::AnyRegularizer;
use crate::shape::{Dims, Value};
pub use buffer::Buffer;
use simd::level;
use threads::{Parts, Threads};
#[doc(hidden)]
pub use vector::Vectors;

/// The processor, with `f32` (the default) or `f64` numbers.
///
/// Kernels use AVX-512, AVX2 or NEON where the processor has them, found out at run time. Work that
/// is worth it is shared by as many threads as there are cores; the results do not depend on how
/// many. (Checking and converting large arrays on their way in is shared through rayon's own pool.)
/// Denormal numbers count as zero while a model computes; a user's own setting is put back.
///
/// ```
/// use keras_core::prelude::*;
/// let one_thread = Cpu::with_threads(1);
/// let double = Cpu::<f64>::default().at_most(2);
/// # let _ = (one_thread, double);
/// ```
#[derive(Clone)]
pub struct Cpu<E = f32> {
    threads: Threads,
    element: PhantomData<fn() -> E>,
}

impl Cpu {
    /// The processor with `f32` numbers and as many threads as there are cores.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The processor with `f32` numbers and at most this many threads; 0 means as many as there are cores.
    #[must_use]
    pub fn with_threads(threads: usize) -> Self {
        Self::default().at_most(threads)
    }
}

impl<E> Cpu<E> {
    /// The same with at most this many threads of its own; 0 means as many as there are cores.
    #[must_use]
    pub fn at_most(mut self, threads: usize) -> Self {
        self.threads = Threads::new(threads);
        self
    }

    /// How many threads may work on one step.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.threads.count()
    }

    /// Whether the threads were started: they are not, until a step is large enough to need them.
    #[must_use]
    pub fn threads_started(&self) -> bool {
        self.threads.started()
    }
}

impl<E> Default for Cpu<E> {
    fn default() -> Self {
        Self { threads: Threads::shared(), element: PhantomData }
    }
}

impl<E> fmt::Debug for Cpu<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cpu").field("threads", &self.threads()).field("simd", &simd::level()).finish()
    }
}

impl<E: Element> Backend for Cpu<E> {
    const NAME: &'static str = "cpu";
    type Elem = E;
    type Buf<T: Scalar> = Buffer<T>;
    type View<'a, T: Scalar> = &'a [T];
    type ViewMut<'a, T: Scalar> = &'a mut [T];

    fn alloc<T: Scalar>(&self, len: usize) -> Result<Buffer<T>> {
        Buffer::new(len)
    }
    #[inline(always)]
    fn len<T: Scalar>(buf: &Buffer<T>) -> usize {
        buf.len()
    }
    #[inline(always)]
    fn write<T: Scalar>(&self, to: &mut [T], from: &[T]) {
        to.copy_from_slice(from);
    }
    #[inline(always)]
    fn read<T: Scalar>(&self, from: &[T], to: &mut [T]) {
        to.copy_from_slice(from);
    }
    #[inline(always)]
    fn copy<T: Scalar>(&self, from: &[T], to: &mut [T]) {
        to.copy_from_slice(from);
    }
    #[inline(always)]
    fn host<'a, T: Scalar>(&self, from: &'a [T], _scratch: &'a mut Vec<T>) -> &'a [T] {
        from
    }
    #[inline(always)]
    fn upload<'a, T: Scalar>(&self, from: &'a [T], _scratch: &'a mut Buffer<T>) -> &'a [T] {
        from
    }
    fn on_host<T: Scalar>(buf: &Buffer<T>) -> Option<&[T]> {
        Some(buf)
    }
    #[inline(always)]
    fn view<T: Scalar>(buf: &Buffer<T>, range: Range<usize>) -> &[T] {
        &buf[range]
    }
    #[inline(always)]
    fn view_mut<T: Scalar>(buf: &mut Buffer<T>, range: Range<usize>) -> &mut [T] {
        &mut buf[range]
    }
    #[inline(always)]
    fn parts<T: Scalar, const K: usize>(buf: &mut Buffer<T>, ranges: [Range<usize>; K]) -> [&mut [T]; K] {
        match buf.get_disjoint_mut(ranges) {
            Ok(parts) => parts,
            Err(_) => unreachable!("the plan keeps the parts of a buffer apart"),
        }
    }
    #[inline(always)]
    fn part<'a: 'b, 'b, T: Scalar>(view: &'a [T], range: Range<usize>) -> &'b [T] {
        &view[range]
    }
    #[inline(always)]
    fn cut<'a: 'a, T: Scalar>(view: &'a mut [T], at: usize) -> (&'a mut [T], &'a mut [T]) {
        view.split_at_mut(at)
    }
    #[inline(always)]
    fn lend<'a, T: Scalar>(view: &'a mut &mut [T]) -> &'a mut [T] {
        view
    }
    #[inline(always)]
    fn freeze<'a: 'a, T: Scalar>(view: &'a mut [T]) -> &'a [T] {
        view
    }
    #[inline]
    fn run<R: Send>(&self, flops: usize, step: impl FnOnce() -> R + Send) -> R {
        self.threads.run(flops, step)
    }
    /// Of the second cache's 1 to 2 MiB, leaving room for weights.
    const NEAR_BYTES: Option<usize> = Some(3 << 19);
    fn each<T: Send>(&self, items: &mut [T], work: impl Fn(usize, &mut T) + Sync) {
        let parts = Parts::new(items, 1);
        self.threads.for_each(parts.count(), |i| {
            // SAFETY: each number comes once.
            let item = unsafe { parts.take(i) };
            work(i, &mut item[0]);
        });
    }
    fn finish(&self) -> Result<()> {
        Ok(())
    }

    #[inline]
    fn dense<const I: usize, const O: usize>(
        &self,
        n: usize,
        x: &[E],
        w: &[E],
        b: Option<&[E]>,
        y: &mut [E],
    ) {
        dense::forward::<E, I, O>(level(), &self.threads, n, x, w, b, y);
    }
    #[inline]
    fn dense_back_input<const I: usize, const O: usize>(&self, n: usize, dy: &[E], w: &[E], dx: &mut [E]) {
        dense::back_input::<E, I, O>(level(), &self.threads, n, dy, w, dx);
    }
    #[inline]
    fn dense_back_weights<const I: usize, const O: usize>(
        &self,
        n: usize,
        x: &[E],
        dy: &[E],
        dw: &mut [E],
        db: Option<&mut [E]>,
        add: bool,
    ) {
        dense::back_weights::<E, I, O>(level(), &self.threads, n, x, dy, dw, db, add);
    }
    fn conv2d<A: Activate>(
        &self,
        c: &Conv2d,
        n: usize,
        x: &[E],
        w: &[E],
        b: Option<&[E]>,
        activation: &A,
        y: &mut [E],
    ) {
        conv::forward(level(), &self.threads, c, n, x, w, b, A::RECTIFIES, y);
        if !A::RECTIFIES {
            rows::activate(&self.threads, activation, c.output[2], &mut y[..n * c.map()]);
        }
    }
    fn conv2d_back_input(&self, c: &Conv2d, n: usize, dy: &[E], w: &[E], dx: &mut [E]) {
        conv::back_input(level(), &self.threads, c, n, dy, w, dx);
    }
    fn conv2d_back_weights(
        &self,
        c: &Conv2d,
        n: usize,
        x: &[E],
        dy: &[E],
        dw: &mut [E],
        db: Option<&mut [E]>,
        add: bool,
    ) {
        conv::back_weights(level(), &self.threads, c, n, x, dy, dw, db, add);
    }
    #[inline]
    fn activate<A: Activate>(&self, activation: &A, width: usize, y: &mut [E]) {
        rows::activate(&self.threads, activation, width, y);
    }
    #[inline]
    fn activate_back<A: Activate>(&self, activation: &A, width: usize, x: &[E], y: &[E], d: &mut [E]) {
        rows::activate_back(&self.threads, activation, width, x, y, d);
    }
    fn activate_along<A: Activate>(&self, activation: &A, sample: usize, gather: &Gather, y: &mut [E]) {
        along::activate(&self.threads, activation, sample, gather, y);
    }
    fn activate_along_back<A: Activate>(
        &self,
        activation: &A,
        sample: usize,
        gather: &Gather,
        x: &[E],
        y: &[E],
        d: &mut [E],
    ) {
        along::activate_back(&self.threads, activation, (sample, gather), x, y, d);
    }
    fn gate(&self, width: usize, x: &[E], y: &mut [E]) {
        gate::forward(&self.threads, width, x, y);
    }
    fn gate_back(&self, width: usize, x: &[E], dy: &[E], dx: &mut [E]) {
        gate::back(&self.threads, width, x, dy, dx);
    }
    fn dropout(&self, stream: Stream, first: usize, rate: f64, x: &[E], y: &mut [E]) {
        elementwise::dropout(&self.threads, stream, first, rate, x, y);
    }
    fn dropout_channels(
        &self,
        stream: Stream,
        first: usize,
        rate: f64,
        size: [usize; 2],
        x: &[E],
        y: &mut [E],
    ) {
        channels::dropout(&self.threads, stream, first, rate, size, x, y);
    }
    fn pool2d(&self, p: &Pool2d, n: usize, x: &[E], y: &mut [E]) {
        pool::forward(&self.threads, p, n, x, y);
    }
    fn pool2d_back(&self, p: &Pool2d, n: usize, x: &[E], y: &[E], dy: &[E], dx: &mut [E]) {
        pool::back(&self.threads, p, n, [x, y, dy], dx);
    }
    fn pad2d(&self, p: &Pad2d, n: usize, x: &[E], y: &mut [E]) {
        pad::pad(&self.threads, p, n, x, y);
    }
    fn crop2d(&self, p: &Pad2d, n: usize, y: &[E], x: &mut [E]) {
        pad::crop(&self.threads, p, n, y, x);
    }
    fn upsample2d(&self, u: &Upsample2d, n: usize, x: &[E], y: &mut [E]) {
        upsample::forward(&self.threads, u, n, x, y);
    }
    fn upsample2d_back(&self, u: &Upsample2d, n: usize, dy: &[E], dx: &mut [E]) {
        upsample::back(&self.threads, u, n, dy, dx);
    }
    fn moments(&self, width: usize, x: &[E], mean: &mut [E], variance: &mut [E]) {
        normalization::moments(&self.threads, width, x, mean, variance);
    }
    fn blend(&self, keep: f64, old: &[E], new: &[E], y: &mut [E]) {
        elementwise::blend(keep, old, new, y);
    }
    fn inverse_deviation(&self, epsilon: f64, v: &mut [E]) {
        elementwise::inverse_deviation(epsilon, v);
    }
    fn normalize(
        &self,
        width: usize,
        x: &[E],
        mean: &[E],
        inverse: &[E],
        gamma: Option<&[E]>,
        beta: Option<&[E]>,
        y: &mut [E],
    ) {
        normalization::normalize(&self.threads, width, x, [mean, inverse], [gamma, beta], y);
    }
    fn normalize_back(&self, back: NormalizeBack<'_, Self>) {
        normalization::back(&self.threads, back);
    }
    fn loss<V: Value, L: RowLoss<V>>(
        &self,
        loss: &L,
        rows: LossRows,
        y_true: &[V::Scalar<E>],
        y_pred: &[E],
        weights: Option<&[E]>,
        gradient: Option<&mut [E]>,
    ) -> f64 {
        rows::loss(loss, rows, y_true, y_pred, weights, gradient)
    }
    fn update<U: Update>(&self, update: &U, params: &mut [E], grads: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        elementwise::update(&self.threads, update, params, grads, slots);
    }
    fn update_and_sums<U: Update>(
        &self,
        update: &U,
        params: &mut [E],
        grads: &[E],
        slots: [&mut [E]; MAX_SLOTS],
    ) -> [f64; 2] {
        elementwise::update_and_sums(&self.threads, update, params, grads, slots)
    }
    fn sum_of_squares(&self, x: &[E]) -> f64 {
        elementwise::sum_of_squares(&self.threads, x)
    }
    fn penalty(
        &self,
        regularizer: &AnyRegularizer,
        dims: Dims,
        values: &[E],
        gradient: Option<&mut [E]>,
    ) -> Result<f64> {
        regularizer.penalty(dims, values, gradient)
    }
    fn project(&self, constraint: &AnyConstraint, dims: Dims, values: &mut [E]) -> Result<()> {
        constraint.project(dims, values)
    }
    fn clear(&self, x: &mut [E]) {
        x.fill(E::ZERO);
    }
    fn scale(&self, factor: f64, x: &mut [E]) {
        elementwise::scale(&self.threads, factor, x);
    }
    fn clamp(&self, limit: f64, x: &mut [E]) {
        elementwise::clamp(&self.threads, limit, x);
    }
    fn add(&self, x: &[E], y: &mut [E]) {
        elementwise::add(x, y);
    }
    fn merge(&self, merge: &Merge<'_>, n: usize, xs: &[&[E]], y: &mut [E]) {
        merging::merge(&self.threads, merge, n, xs, y);
    }
    fn merge_back(&self, merge: &Merge<'_>, n: usize, which: usize, xs: &[&[E]], dy: &[E], dx: &mut [E]) {
        merging::back(&self.threads, merge, n, which, xs, dy, dx);
    }
    fn copy_columns(&self, rows: usize, len: usize, x: (&[E], Columns), y: (&mut [E], Columns)) {
        merging::copy_columns(rows, len, x, y);
    }
    fn dots(&self, dots: &Dots, n: usize, a: &[E], b: &[E], y: &mut [E], factors: &mut [E]) {
        dots::forward(&self.threads, dots, n, a, b, y, factors);
    }
    fn dots_back(
        &self,
        dots: &Dots,
        n: usize,
        a: &[E],
        b: &[E],
        y: &[E],
        factors: &[E],
        dy: &[E],
        da: Option<&mut [E]>,
        db: Option<&mut [E]>,
    ) {
        if let Some(da) = da {
            dots::back(&self.threads, dots, n, 0, [a, b], y, factors, dy, da);
        }
        if let Some(db) = db {
            dots::back(&self.threads, dots, n, 1, [b, a], y, factors, dy, db);
        }
    }
}
