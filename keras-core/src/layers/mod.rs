//! Layers: one file each, with its shape rule, its code and its tests.
//!
//! A layer is a value of configuration, mostly zero-sized. What it learns lies in the model's
//! parameter arena, what it computes in the model's workspace; it only says how much it needs.

mod activation;
mod activity_regularization;
mod average_pooling_2d;
mod batch_normalization;
mod conv2d;
mod cropping_2d;
mod dense;
mod depthwise_conv_2d;
mod dropout;
mod features;
mod flatten;
mod global_pooling_2d;
mod glu;
mod max_pooling_2d;
mod merging;
mod operation;
mod pooling;
mod reshape;
mod rules;
mod separable_conv_2d;
mod spatial_dropout_2d;
mod up_sampling_2d;
mod weights;
mod window;
mod zero_padding_2d;

pub use activation::Activation;
pub use activity_regularization::ActivityRegularization;
pub use average_pooling_2d::AveragePooling2D;
pub use batch_normalization::BatchNormalization;
pub use conv2d::{Conv2D, Convolved};
pub use cropping_2d::{Cropped, Cropping2D};
pub use dense::Dense;
pub use depthwise_conv_2d::{DepthwiseConv2D, DepthwiseConvolved};
pub use dropout::Dropout;
pub use features::Features;
pub use flatten::{Flat, Flatten};
pub use global_pooling_2d::{GlobalAveragePooling2D, GlobalMaxPooling2D, GlobalPooled};
pub use glu::{Glu, Halved};
pub use keras_shapes::Text;
pub use max_pooling_2d::MaxPooling2D;
pub use merging::{
    Add, Along, Average, Concatenate, Dot, Dotted, Each, Maximum, Minimum, Multiply, Shapes, Subtract,
};
pub use operation::Operation;
pub use pooling::Pooled;
pub use reshape::Reshape;
pub use rules::{ACTIVITY, Rules};
pub use separable_conv_2d::SeparableConv2D;
pub use spatial_dropout_2d::SpatialDropout2D;
pub use up_sampling_2d::{Bilinear, Interpolation, Nearest, UpSampling2D, Upsampled};
pub use weights::{Weights, WeightsMut};
pub use window::{Padding, Same, SlidingWindow, Strict, Valid, Window};
pub use zero_padding_2d::{Padded, ZeroPadding2D};

use crate::backend::{Backend, Floats, FloatsMut, Random, Stream};
use crate::shape::{Dims, Shape};

/// A variable of a layer: a kernel, a bias, a moving mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name in the layer, as Keras has it: `kernel`, `bias`, ..
    pub name: &'static str,
    /// Its shape.
    pub dims: Dims,
    /// Whether training changes it.
    pub trainable: bool,
}

impl Variable {
    /// A variable that is trained.
    #[must_use]
    pub const fn new(name: &'static str, dims: Dims) -> Self {
        Self { name, dims, trainable: true }
    }

    /// A variable that training does not reach by gradients: a moving mean.
    #[must_use]
    pub const fn fixed(name: &'static str, dims: Dims) -> Self {
        Self { name, dims, trainable: false }
    }

    /// How many numbers all of these have together. Saturates instead of overflowing.
    #[must_use]
    pub const fn total(variables: &[Self]) -> usize {
        let mut sum: usize = 0;
        let mut i = 0;
        while i < variables.len() {
            sum = variables[i].dims.numel().saturating_add(sum);
            i += 1;
        }
        sum
    }
}

/// What a layer is: a rule from the shape that it is given to the shape that it makes.
///
/// The rule knows no backend; the code is in [`Run`]. Its default value is the layer as the macro
/// writes it; named options after the sizes, `Scale<32, factor = 0.5>`, are calls of methods of
/// the same name on that value: `.factor(0.5)`.
#[diagnostic::on_unimplemented(
    message = "layer `{Self}` cannot take an input of shape `{In}`",
    label = "this layer is given `{In}`",
    note = "shapes are per sample: `Rank1<64>` is 64 features, `Rank3<28, 28, 1>` is height 28, width 28, 1 channel",
    note = "fix the layer's own sizes, let them be inferred with `_`, or put a `Flatten` or `Reshape` before it"
)]
pub trait Layer<In>: Clone + Default + Send + Sync + 'static {
    /// The shape that it makes.
    type Out: Shape;
    /// Why its sizes make no sense together, if so: a sentence that goes on from the layer's name.
    const FAULT: Option<Text> = None;
    /// What it learns.
    const VARIABLES: &'static [Variable] = &[];
    /// What it remembers from batch to batch without learning it: moving means. Made by [`Variable::fixed`].
    const STATE: &'static [Variable] = &[];
    /// Floats a sample that it keeps from the forward to the backward pass, beside its input and output.
    const AUX: usize = 0;
    /// Floats a batch that it keeps from the forward to the backward pass, as means over the batch are.
    const KEPT: usize = 0;
    /// Whether it looks at several samples at once, or has a state. If not, a batch may be worked off in
    /// pieces, which is faster.
    const WHOLE_BATCH: bool = false;
    /// Whether its output is its input's memory in another shape, so that it has nothing to do.
    const VIEW: bool = false;
    /// Whether the gradient by each of its inputs is that by its output, as in a sum: then it has nothing to
    /// do on the way back.
    const PASSES: bool = false;
    /// Floating-point operations of one sample's forward pass.
    const FLOPS: usize = 0;

    /// The regularizer and the constraint of a variable, counted as in [`VARIABLES`](Self::VARIABLES); of
    /// [`ACTIVITY`], the regularizer of what it makes.
    fn rules(&self, variable: usize) -> Option<&Rules> {
        let _ = variable;
        None
    }
    /// Fills a variable before training. `variable` counts as in [`VARIABLES`](Self::VARIABLES), then as
    /// in [`STATE`](Self::STATE). They are zeros unless it does.
    fn init(&self, variable: usize, random: &mut Random, values: &mut [f32]) {
        let _ = (variable, random, values);
    }
    /// What it computes, if that can be said in terms of the library's, so that it can be written in a file
    /// of another form.
    fn operation(&self) -> Option<Operation> {
        None
    }
}

/// The code of a layer on a backend.
///
/// A layer that works everywhere implements it for all `B: Backend` with the backend's kernels; one
/// that computes by itself for `Cpu<E>`, where all the views below are slices.
#[diagnostic::on_unimplemented(
    message = "layer `{Self}` has no code for an input of shape `{In}` on the backend `{B}`",
    label = "`Run<{In}, {B}>` is not implemented for this layer"
)]
pub trait Run<In, B: Backend>: Layer<In> {
    /// Computes `y` from `x`.
    fn forward(&self, io: Forward<'_, B>);
    /// Computes the gradients from that of `y`.
    fn backward(&self, io: Backward<'_, B>);
}

/// What a forward pass is given. Arrays hold `n` samples, one after the other.
pub struct Forward<'a, B: Backend> {
    /// The device.
    pub device: &'a B,
    /// The samples: those of a batch, or of a piece of it (see [`Layer::WHOLE_BATCH`]).
    pub n: usize,
    /// Which sample of the batch is the first of these.
    pub first: usize,
    /// Whether this is training, where dropout drops.
    pub training: bool,
    /// Random numbers for this layer in this step.
    pub stream: Stream,
    /// The layer's variables, one after the other.
    pub params: Floats<'a, B>,
    /// What it remembers.
    pub state: Floats<'a, B>,
    /// What it is to remember from now on: in training every element must be written; else it is empty.
    pub next_state: FloatsMut<'a, B>,
    /// The input; of a layer that takes a tuple, the first.
    pub x: Floats<'a, B>,
    /// The other inputs of a layer that takes a tuple.
    pub others: &'a [Floats<'a, B>],
    /// The output: every element must be written.
    pub y: FloatsMut<'a, B>,
    /// What to keep for the backward pass: [`Layer::AUX`] floats a sample.
    pub aux: FloatsMut<'a, B>,
    /// What to keep for the backward pass: [`Layer::KEPT`] floats.
    pub kept: FloatsMut<'a, B>,
}

/// The most inputs that a layer takes beside the first.
pub const OTHERS: usize = crate::model::MOST_INPUTS - 1;

/// What a backward pass is given. Arrays hold `n` samples, one after the other.
pub struct Backward<'a, B: Backend> {
    /// The device.
    pub device: &'a B,
    /// The samples: those of a batch, or of a piece of it.
    pub n: usize,
    /// Which sample of the batch is the first of these.
    pub first: usize,
    /// Whether the forward pass was training.
    pub training: bool,
    /// The same random numbers as in the forward pass.
    pub stream: Stream,
    /// The layer's variables, one after the other.
    pub params: Floats<'a, B>,
    /// What it remembered at the forward pass.
    pub state: Floats<'a, B>,
    /// The input; of a layer that takes a tuple, the first.
    pub x: Floats<'a, B>,
    /// The other inputs of a layer that takes a tuple.
    pub others: &'a [Floats<'a, B>],
    /// The output.
    pub y: Floats<'a, B>,
    /// What the forward pass kept, sample by sample. It may be changed: nobody reads it afterwards.
    pub aux: FloatsMut<'a, B>,
    /// What the forward pass kept, of all of them.
    pub kept: Floats<'a, B>,
    /// The gradient by the output. It may be changed: nobody reads it afterwards.
    pub dy: FloatsMut<'a, B>,
    /// The gradient by the input: every element must be written. `None` where nobody wants it.
    pub dx: Option<FloatsMut<'a, B>>,
    /// The same for the other inputs of a layer that takes a tuple.
    pub other_dx: [Option<FloatsMut<'a, B>>; OTHERS],
    /// The gradients by the variables, one after the other.
    pub grads: FloatsMut<'a, B>,
    /// Whether to add to `grads` instead of overwriting it.
    pub add: bool,
}
