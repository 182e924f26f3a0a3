use keras_shapes::{MOST_AXES, axes_text, axis};

use super::{Backward, Forward, Layer, Operation, Run, Text};
use crate::activations::Activate;
use crate::backend::{Backend, Gather, Spread};
use crate::shape::{Dims, Shape};

/// An activation as a layer of its own. Keras: `Activation`; with a softmax also `Softmax`.
///
/// In a model: `Activation<Relu>`, `Activation<LeakyRelu<0.1>>`, `Softmax`. What works on rows, such as softmax,
/// works along the last axis, or along others: `Softmax<axis = 1>`, `Activation<LogSoftmax, axis = (1, 2)>`; they
/// are counted from the batch, so 1 is the first size of a sample and -1, the default, the last.
///
/// - Input: any one shape.
/// - Output: the same.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { struct Net< Input<2, 2>, Softmax<axis = 1> > }
/// let y = Net::<Cpu>::new(1).predict(&[[[1.0, 5.0], [1.0, 5.0]]])?;
/// assert_eq!(y.as_slice(), [0.5; 4]);
/// # keras_core::Result::Ok(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Activation<A, const AXIS: isize = -1, const SECOND: isize = 0, const THIRD: isize = 0> {
    activation: A,
}

impl<A: Activate, const AXIS: isize, const SECOND: isize, const THIRD: isize>
    Activation<A, AXIS, SECOND, THIRD>
{
    /// With this value of its activation.
    #[must_use]
    pub fn activation(mut self, activation: A) -> Self {
        self.activation = activation;
        self
    }

    /// Where the rows lie of samples of this shape; `None` where they are the last axis.
    const fn gather(dims: Dims) -> Option<Gather> {
        let mut within = [false; keras_shapes::MAX_RANK];
        let axes: [isize; MOST_AXES] = [AXIS, SECOND, THIRD];
        let (mut i, mut count) = (0, 0);
        while i < MOST_AXES {
            if let Some(at) = axis(axes[i], dims.rank) {
                within[at] = true;
                count += 1;
            }
            i += 1;
        }
        if A::ELEMENTWISE || count == 1 && within[dims.rank - 1] {
            return None;
        }
        let mut gather = Gather { rows: Spread::NONE, within: Spread::NONE };
        let mut at = 0;
        while at < dims.rank {
            let (mut stride, mut behind) = (1, at + 1);
            while behind < dims.rank {
                stride *= dims.d[behind];
                behind += 1;
            }
            if within[at] {
                gather.within.add(dims.d[at], stride);
            } else {
                gather.rows.add(dims.d[at], stride);
            }
            at += 1;
        }
        Some(gather)
    }
}

impl<S: Shape, A: Activate, const AXIS: isize, const SECOND: isize, const THIRD: isize> Layer<S>
    for Activation<A, AXIS, SECOND, THIRD>
{
    type Out = S;
    const FAULT: Option<Text> = axes_text("it", [AXIS, SECOND, THIRD], S::DIMS);
    const FLOPS: usize = if A::IDENTITY { 0 } else { S::NUMEL };
    fn operation(&self) -> Option<Operation> {
        let activation = self.activation.function();
        if const { Self::gather(S::DIMS).is_none() } {
            return Some(Operation::Activation(activation));
        }
        let is_one = SECOND == 0 && THIRD == 0;
        let axis = axis(AXIS, S::DIMS.rank).filter(|_| is_one)?;
        Some(Operation::Along { axis, activation })
    }
}

impl<S: Shape, A: Activate, const AXIS: isize, const SECOND: isize, const THIRD: isize, B: Backend> Run<S, B>
    for Activation<A, AXIS, SECOND, THIRD>
{
    #[inline]
    fn forward(&self, io: Forward<'_, B>) {
        let mut y = io.y;
        io.device.copy(io.x, B::lend(&mut y));
        match const { Self::gather(S::DIMS) } {
            None => io.device.activate(&self.activation, S::DIMS.last(), y),
            Some(gather) => io.device.activate_along(&self.activation, S::NUMEL, &gather, y),
        }
    }

    #[inline]
    fn backward(&self, io: Backward<'_, B>) {
        let mut dy = io.dy;
        let d = B::lend(&mut dy);
        match const { Self::gather(S::DIMS) } {
            None => io.device.activate_back(&self.activation, S::DIMS.last(), io.x, io.y, d),
            Some(gather) => {
                io.device.activate_along_back(&self.activation, S::NUMEL, &gather, io.x, io.y, d);
            }
        }
        if let Some(dx) = io.dx {
            io.device.copy(B::freeze(dy), dx);
        }
    }
}
