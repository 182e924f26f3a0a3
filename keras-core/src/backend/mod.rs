//! What a device must be able to do: hold buffers and run kernels.
//!
//! A backend knows numbers and buffers, never layers. Kernels do not return errors: a device that
//! fails remembers what went wrong and says so in [`Backend::finish`], as CUDA itself does.

pub mod cpu;
mod gather;
mod images;
mod merging;
mod normalization;
mod random;

use core::fmt::Debug;
use core::ops::Range;

pub use cpu::Cpu;
pub use gather::{Gather, Spread};
pub use images::{Conv2d, Pad2d, Pool2d, Pooling, Upsample2d, Upsampling};
pub use merging::{Columns, Dots, Merge, Merging};
pub use normalization::NormalizeBack;
pub use random::{Random, Stream};

use crate::activations::Activate;
use crate::constraints::AnyConstraint;
use crate::element::{Element, Scalar};
use crate::error::Result;
use crate::losses::RowLoss;
use crate::maths;
use crate::optimizers::{MAX_SLOTS, Update};
use crate::regularizers::AnyRegularizer;
use crate::shape::{Dims, Value};

/// The floats of a buffer, to be read.
pub type Floats<'a, B> = <B as Backend>::View<'a, <B as Backend>::Elem>;
/// The floats of a buffer, to be written.
pub type FloatsMut<'a, B> = <B as Backend>::ViewMut<'a, <B as Backend>::Elem>;
/// A buffer of floats.
pub type FloatBuf<B> = <B as Backend>::Buf<<B as Backend>::Elem>;

/// How a row-wise loss lies in its buffers.
#[derive(Clone, Copy, Debug)]
pub struct LossRows {
    /// How many values the loss has: the samples times all but the last dimension of the output.
    pub rows: usize,
    /// How many numbers of the prediction belong to one of them.
    pub width: usize,
    /// How many numbers of the target.
    pub target_width: usize,
    /// How many rows share one sample weight; 0 where each row is of all samples, and weighs what they
    /// weigh together.
    pub rows_per_weight: usize,
    /// What the gradient of each row is multiplied by: 1 / rows for the mean.
    pub scale: f64,
    /// Where the numbers of a row are, in prediction and target, if they do not lie side by side.
    pub gather: Option<Gather>,
}

impl LossRows {
    /// The weight of a row.
    #[inline(always)]
    pub fn weight<E: Element>(&self, weights: &[E], row: usize) -> E {
        match row.checked_div(self.rows_per_weight) {
            Some(sample) => weights[sample],
            None => maths::sum(weights),
        }
    }
}

/// A device that models run on: [`Cpu`], or another one.
///
/// Generic code needs exactly this one bound, `B: Backend`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a backend",
    label = "expected a backend, such as `Cpu`"
)]
pub trait Backend: Clone + Debug + Send + Sync + 'static {
    /// What the device is called in messages.
    const NAME: &'static str;
    /// The float that it computes with.
    type Elem: Element;
    /// A buffer that it owns.
    type Buf<T: Scalar>: Send + Sync;
    /// A part of a buffer, to be read.
    type View<'a, T: Scalar>: Copy + Send + Sync;
    /// A part of a buffer, to be written.
    type ViewMut<'a, T: Scalar>: Send + Sync;

    /// A buffer of `len` zeros.
    ///
    /// # Errors
    /// If the device has not that much memory.
    fn alloc<T: Scalar>(&self, len: usize) -> Result<Self::Buf<T>>;
    /// How many elements a buffer has.
    fn len<T: Scalar>(buf: &Self::Buf<T>) -> usize;
    /// Copies numbers to the device.
    fn write<T: Scalar>(&self, to: Self::ViewMut<'_, T>, from: &[T]);
    /// Copies numbers from the device.
    fn read<T: Scalar>(&self, from: Self::View<'_, T>, to: &mut [T]);
    /// Copies numbers on the device.
    fn copy<T: Scalar>(&self, from: Self::View<'_, T>, to: Self::ViewMut<'_, T>);
    /// Numbers of the device, where the host can read them; `scratch` is for a device that has to
    /// copy them.
    fn host<'a, T: Scalar>(&self, from: Self::View<'a, T>, scratch: &'a mut Vec<T>) -> &'a [T];
    /// Numbers of the host, where the device can read them; `scratch` is for a device that has to
    /// copy them.
    fn upload<'a, T: Scalar>(&self, from: &'a [T], scratch: &'a mut Self::Buf<T>) -> Self::View<'a, T>;
    /// A whole buffer, if it lies where the host can read it.
    fn on_host<T: Scalar>(buf: &Self::Buf<T>) -> Option<&[T]>;
    /// Part of a buffer.
    fn view<T: Scalar>(buf: &Self::Buf<T>, range: Range<usize>) -> Self::View<'_, T>;
    /// Part of a buffer, to be written.
    fn view_mut<T: Scalar>(buf: &mut Self::Buf<T>, range: Range<usize>) -> Self::ViewMut<'_, T>;
    /// Several parts of a buffer at once; they must not overlap.
    fn parts<T: Scalar, const K: usize>(
        buf: &mut Self::Buf<T>,
        ranges: [Range<usize>; K],
    ) -> [Self::ViewMut<'_, T>; K];
    /// Part of a view.
    fn part<'a: 'b, 'b, T: Scalar>(view: Self::View<'a, T>, range: Range<usize>) -> Self::View<'b, T>;
    /// The part before `at`, and the one from there on.
    fn cut<'a, T: Scalar>(
        view: Self::ViewMut<'a, T>,
        at: usize,
    ) -> (Self::ViewMut<'a, T>, Self::ViewMut<'a, T>);
    /// Lends a view that can be written for a while.
    fn lend<'a, T: Scalar>(view: &'a mut Self::ViewMut<'_, T>) -> Self::ViewMut<'a, T>;
    /// What was written, to be read.
    fn freeze<'a, T: Scalar>(view: Self::ViewMut<'a, T>) -> Self::View<'a, T>;

    /// Runs a step of about `flops` floating-point operations as the device likes it: with its
    /// threads, its rounding mode, its graph.
    fn run<R: Send>(&self, flops: usize, step: impl FnOnce() -> R + Send) -> R;
    /// How many bytes one piece of a step should touch, to stay in the fast memory near a processor;
    /// `None` where a step is best not cut into pieces. The same for all devices of this kind: how a
    /// sum is rounded depends on it.
    const NEAR_BYTES: Option<usize> = None;
    /// Calls `work` for all items, with their numbers; at the same time where the device can.
    fn each<T: Send>(&self, items: &mut [T], work: impl Fn(usize, &mut T) + Sync) {
        items.iter_mut().enumerate().for_each(|(i, item)| work(i, item));
    }
    /// Waits until all work is done.
    ///
    /// # Errors
    /// What went wrong on the device since the last call.
    fn finish(&self) -> Result<()>;

    /// `y = x w + b` for `n` rows, `w` being `inputs` by `units`, row-major.
    fn dense<const I: usize, const O: usize>(
        &self,
        n: usize,
        x: Floats<'_, Self>,
        w: Floats<'_, Self>,
        b: Option<Floats<'_, Self>>,
        y: FloatsMut<'_, Self>,
    );
    /// `dx = dy wᵀ`
    fn dense_back_input<const I: usize, const O: usize>(
        &self,
        n: usize,
        dy: Floats<'_, Self>,
        w: Floats<'_, Self>,
        dx: FloatsMut<'_, Self>,
    );
    /// `dw = xᵀ dy` and `db = Σ dy`, added to what is there if `add`.
    fn dense_back_weights<const I: usize, const O: usize>(
        &self,
        n: usize,
        x: Floats<'_, Self>,
        dy: Floats<'_, Self>,
        dw: FloatsMut<'_, Self>,
        db: Option<FloatsMut<'_, Self>>,
        add: bool,
    );
    /// `y = activation(x * w + b)` for `n` images, `*` being the convolution (without the kernel turned over, as in
    /// all libraries of this kind).
    #[allow(clippy::too_many_arguments, reason = "it is what a convolution has")]
    fn conv2d<A: Activate>(
        &self,
        c: &Conv2d,
        n: usize,
        x: Floats<'_, Self>,
        w: Floats<'_, Self>,
        b: Option<Floats<'_, Self>>,
        activation: &A,
        y: FloatsMut<'_, Self>,
    );
    /// The gradient of a convolution by its images.
    fn conv2d_back_input(
        &self,
        c: &Conv2d,
        n: usize,
        dy: Floats<'_, Self>,
        w: Floats<'_, Self>,
        dx: FloatsMut<'_, Self>,
    );
    /// The gradients of a convolution by its weights and its bias, added to what is there if `add`.
    #[allow(clippy::too_many_arguments, reason = "it is what the gradient depends on")]
    fn conv2d_back_weights(
        &self,
        c: &Conv2d,
        n: usize,
        x: Floats<'_, Self>,
        dy: Floats<'_, Self>,
        dw: FloatsMut<'_, Self>,
        db: Option<FloatsMut<'_, Self>>,
        add: bool,
    );
    /// Applies an activation in place, to rows of `width`.
    fn activate<A: Activate>(&self, activation: &A, width: usize, y: FloatsMut<'_, Self>);
    /// Turns the gradient by an activation's output into that by its input, in place. `x` is the
    /// activation's input where it [needs](Activate::NEEDS_INPUT) it, else empty.
    fn activate_back<A: Activate>(
        &self,
        activation: &A,
        width: usize,
        x: Floats<'_, Self>,
        y: Floats<'_, Self>,
        d: FloatsMut<'_, Self>,
    );
    /// Applies an activation in place, to samples of this many numbers each, whose rows lie as `gather` says.
    fn activate_along<A: Activate>(
        &self,
        activation: &A,
        sample: usize,
        gather: &Gather,
        y: FloatsMut<'_, Self>,
    );
    /// The gradient of that, as [`activate_back`](Self::activate_back).
    fn activate_along_back<A: Activate>(
        &self,
        activation: &A,
        sample: usize,
        gather: &Gather,
        x: Floats<'_, Self>,
        y: Floats<'_, Self>,
        d: FloatsMut<'_, Self>,
    );
    /// In rows of an even `width`, the first half times the sigmoid of the second.
    fn gate(&self, width: usize, x: Floats<'_, Self>, y: FloatsMut<'_, Self>);
    /// The gradient of that by `x`; all of `dx` is written.
    fn gate_back(&self, width: usize, x: Floats<'_, Self>, dy: Floats<'_, Self>, dx: FloatsMut<'_, Self>);
    /// Sets a `rate` of the numbers to 0 and divides the others by `1 - rate`. The random number for an
    /// element is that at its index plus `first`.
    fn dropout(&self, stream: Stream, first: usize, rate: f64, x: Floats<'_, Self>, y: FloatsMut<'_, Self>);
    /// The same for whole channels: `x` is images, `size` their pixels and the channels of each
    /// pixel. The random number for a channel of an image is that at `first + image * channels + channel`.
    #[allow(clippy::too_many_arguments, reason = "it is what the result depends on")]
    fn dropout_channels(
        &self,
        stream: Stream,
        first: usize,
        rate: f64,
        size: [usize; 2],
        x: Floats<'_, Self>,
        y: FloatsMut<'_, Self>,
    );
    /// The largest elements, or the means, of the windows of `n` images.
    fn pool2d(&self, p: &Pool2d, n: usize, x: Floats<'_, Self>, y: FloatsMut<'_, Self>);
    /// The gradient of a pooling by its images; all of `dx` is written.
    fn pool2d_back(
        &self,
        p: &Pool2d,
        n: usize,
        x: Floats<'_, Self>,
        y: Floats<'_, Self>,
        dy: Floats<'_, Self>,
        dx: FloatsMut<'_, Self>,
    );
    /// Puts zeros around `n` images.
    fn pad2d(&self, p: &Pad2d, n: usize, x: Floats<'_, Self>, y: FloatsMut<'_, Self>);
    /// Takes the zeros away again: the gradient of [`pad2d`](Self::pad2d).
    fn crop2d(&self, p: &Pad2d, n: usize, y: Floats<'_, Self>, x: FloatsMut<'_, Self>);
    /// Makes `n` images larger.
    fn upsample2d(&self, u: &Upsample2d, n: usize, x: Floats<'_, Self>, y: FloatsMut<'_, Self>);
    /// The gradient of that by the images; all of `dx` is written.
    fn upsample2d_back(&self, u: &Upsample2d, n: usize, dy: Floats<'_, Self>, dx: FloatsMut<'_, Self>);
    /// The mean and the (biased) variance of each of `width` columns of a table.
    fn moments(
        &self,
        width: usize,
        x: Floats<'_, Self>,
        mean: FloatsMut<'_, Self>,
        variance: FloatsMut<'_, Self>,
    );
    /// `y = keep · old + (1 - keep) · new`
    fn blend(&self, keep: f64, old: Floats<'_, Self>, new: Floats<'_, Self>, y: FloatsMut<'_, Self>);
    /// Replaces variances by 1 / √(variance + epsilon).
    fn inverse_deviation(&self, epsilon: f64, v: FloatsMut<'_, Self>);
    /// `y = (x - mean) · inverse · gamma + beta` for each column of a table, as wide as `mean` is long;
    /// `inverse` is 1 / deviation. Without `gamma` and `beta` they are 1 and 0.
    #[allow(clippy::too_many_arguments, reason = "it is what the result depends on")]
    fn normalize(
        &self,
        width: usize,
        x: Floats<'_, Self>,
        mean: Floats<'_, Self>,
        inverse: Floats<'_, Self>,
        gamma: Option<Floats<'_, Self>>,
        beta: Option<Floats<'_, Self>>,
        y: FloatsMut<'_, Self>,
    );
    /// The gradients of [`normalize`](Self::normalize) by `gamma`, `beta` and `x`, as far as they are
    /// asked for.
    fn normalize_back(&self, back: NormalizeBack<'_, Self>);
    /// The sum of the (weighted) losses of all rows; writes the gradient by the prediction, if asked.
    fn loss<V: Value, L: RowLoss<V>>(
        &self,
        loss: &L,
        rows: LossRows,
        y_true: Self::View<'_, V::Scalar<Self::Elem>>,
        y_pred: Floats<'_, Self>,
        weights: Option<Floats<'_, Self>>,
        gradient: Option<FloatsMut<'_, Self>>,
    ) -> f64;
    /// One pass of an optimizer over parameters, gradients and its state: arrays of the parameters'
    /// length, empty from the last one on.
    fn update<U: Update>(
        &self,
        update: &U,
        params: FloatsMut<'_, Self>,
        grads: Floats<'_, Self>,
        slots: [FloatsMut<'_, Self>; MAX_SLOTS],
    );
    /// [`update`](Self::update), and the sums of squares of what is in `params` and `grads` then.
    fn update_and_sums<U: Update>(
        &self,
        update: &U,
        mut params: FloatsMut<'_, Self>,
        grads: Floats<'_, Self>,
        slots: [FloatsMut<'_, Self>; MAX_SLOTS],
    ) -> [f64; 2] {
        self.update(update, Self::lend(&mut params), grads, slots);
        [self.sum_of_squares(Self::freeze(params)), self.sum_of_squares(grads)]
    }
    /// The sum of squares.
    fn sum_of_squares(&self, x: Floats<'_, Self>) -> f64;
    /// The penalty on a variable; its gradient is added to `gradient`. By way of the host, unless a backend has
    /// better: it is done for few variables, once a step.
    ///
    /// # Errors
    /// As [`AnyRegularizer::penalty`].
    fn penalty(
        &self,
        regularizer: &AnyRegularizer,
        dims: Dims,
        values: Floats<'_, Self>,
        gradient: Option<FloatsMut<'_, Self>>,
    ) -> Result<f64> {
        let mut on_host = vec![Default::default(); dims.numel()];
        self.read(values, &mut on_host);
        let Some(mut gradient) = gradient else { return regularizer.penalty(dims, &on_host, None) };
        let mut slope = vec![Default::default(); dims.numel()];
        self.read(Self::freeze(Self::lend(&mut gradient)), &mut slope);
        let penalty = regularizer.penalty(dims, &on_host, Some(&mut slope))?;
        self.write(gradient, &slope);
        Ok(penalty)
    }
    /// Changes a variable so that it meets a constraint. By way of the host, unless a backend has better.
    ///
    /// # Errors
    /// As [`AnyConstraint::project`].
    fn project(&self, constraint: &AnyConstraint, dims: Dims, mut values: FloatsMut<'_, Self>) -> Result<()> {
        let mut on_host = vec![Default::default(); dims.numel()];
        self.read(Self::freeze(Self::lend(&mut values)), &mut on_host);
        constraint.project(dims, &mut on_host)?;
        self.write(values, &on_host);
        Ok(())
    }
    /// Sets all numbers to 0.
    fn clear(&self, x: FloatsMut<'_, Self>);
    /// Multiplies all by `factor`.
    fn scale(&self, factor: f64, x: FloatsMut<'_, Self>);
    /// Keeps all within `-limit ..= limit`.
    fn clamp(&self, limit: f64, x: FloatsMut<'_, Self>);
    /// `y += x`
    fn add(&self, x: Floats<'_, Self>, y: FloatsMut<'_, Self>);
    /// Makes one array of several, element by element, for `n` samples.
    fn merge(&self, merge: &Merge<'_>, n: usize, xs: &[Floats<'_, Self>], y: FloatsMut<'_, Self>);
    /// The gradient of that by the array of number `which`; all of `dx` is written.
    fn merge_back(
        &self,
        merge: &Merge<'_>,
        n: usize,
        which: usize,
        xs: &[Floats<'_, Self>],
        dy: Floats<'_, Self>,
        dx: FloatsMut<'_, Self>,
    );
    /// Copies `len` columns of a table to columns of another one with as many `rows`.
    fn copy_columns(
        &self,
        rows: usize,
        len: usize,
        x: (Floats<'_, Self>, Columns),
        y: (FloatsMut<'_, Self>, Columns),
    );
    /// The products of vectors of `a` and of `b`, for `n` samples. Where vectors are divided by their length,
    /// what they are multiplied by goes to `factors`: those of `a`, then those of `b`, sample by sample.
    fn dots(
        &self,
        dots: &Dots,
        n: usize,
        a: Floats<'_, Self>,
        b: Floats<'_, Self>,
        y: FloatsMut<'_, Self>,
        factors: FloatsMut<'_, Self>,
    );
    /// The gradients of that by `a` and by `b`, as far as they are asked for; `factors` are what
    /// [`dots`](Self::dots) left.
    #[allow(clippy::too_many_arguments, reason = "it is what the result depends on")]
    fn dots_back(
        &self,
        dots: &Dots,
        n: usize,
        a: Floats<'_, Self>,
        b: Floats<'_, Self>,
        y: Floats<'_, Self>,
        factors: Floats<'_, Self>,
        dy: Floats<'_, Self>,
        da: Option<FloatsMut<'_, Self>>,
        db: Option<FloatsMut<'_, Self>>,
    );
}
