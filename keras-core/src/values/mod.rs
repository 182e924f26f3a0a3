//! One value, or a tuple of them: what models take and give, and what their outputs are compared with.

mod many;
mod one;
mod signals;

pub use signals::Signals;

use crate::backend::Backend;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// What goes in and out of models: one [`Value`](crate::shape::Value), or a tuple of up to eight.
///
/// The associated types are what stands for the samples on their way: on the host, in a batch, on a
/// device. For one value they are plain slices and views, for several tuples of these.
pub trait Values: Send + Sync + 'static {
    /// How many there are.
    const COUNT: usize;
    /// The sizes of one sample of each.
    const DIMS: &'static [Dims];
    /// Samples on the host, checked.
    type Rows<'a, E: Element>: Send + Sync;
    /// A batch of them.
    type Batch<'a, E: Element>: Copy + Send + Sync;
    /// A batch that was copied together.
    type Gathered<E: Element>: Send + Sync;
    /// Buffers for what a device has to copy.
    type Bufs<B: Backend>: Send + Sync;
    /// A batch on a device.
    type Views<'a, B: Backend>: Copy + Send + Sync;

    /// How many samples there are.
    fn samples<E: Element>(rows: &Self::Rows<'_, E>) -> usize;
    /// An error if these are not as many samples as those of `other`.
    ///
    /// # Errors
    /// [`Error::Samples`](crate::Error::Samples), with both names and numbers.
    fn check_samples<E: Element>(rows: &Self::Rows<'_, E>, samples: usize, other: &str) -> Result<()>;
    /// The samples from `start` to before `end`.
    fn slice<'a, E: Element>(rows: &'a Self::Rows<'_, E>, start: usize, end: usize) -> Self::Rows<'a, E>;
    /// The same as a batch.
    fn range<'a, E: Element>(rows: &'a Self::Rows<'_, E>, start: usize, end: usize) -> Self::Batch<'a, E>;
    /// All of them as a batch.
    fn whole<'a, E: Element>(rows: &'a Self::Rows<'_, E>) -> Self::Batch<'a, E> {
        Self::range(rows, 0, Self::samples(rows))
    }
    /// Room for `n` samples to be copied together.
    fn gathered<E: Element>(rows: &Self::Rows<'_, E>, n: usize) -> Self::Gathered<E>;
    /// Copies the samples with these numbers together.
    fn gather<'a, E: Element>(
        rows: &Self::Rows<'_, E>,
        samples: &[usize],
        to: &'a mut Self::Gathered<E>,
    ) -> Self::Batch<'a, E>;
    /// Buffers on a device.
    ///
    /// # Errors
    /// If it has not enough memory.
    fn bufs<B: Backend>(device: &B) -> Result<Self::Bufs<B>>;
    /// Brings a batch to a device.
    fn upload<'a, 'b: 'a, B: Backend>(
        device: &B,
        batch: Self::Batch<'b, B::Elem>,
        bufs: &'a mut Self::Bufs<B>,
    ) -> Self::Views<'a, B>;
    /// The class of each sample and how many it has, where that can be told; else what stands in the way.
    ///
    /// # Errors
    /// Why not.
    fn classes<E: Element>(rows: &Self::Rows<'_, E>) -> Result<Vec<Option<usize>>>;
}
