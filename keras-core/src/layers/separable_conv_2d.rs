use core::marker::PhantomData;

use keras_shapes::separable2d_fault;

use super::conv2d::Convolved;
use super::depthwise_conv_2d::windows;
use super::rules::rules;
use super::window::{Padding, SlidingWindow, Valid, rule};
use super::{Backward, Forward, Layer, Operation, Rules, Run, Text, Variable};
use crate::activations::{Activate, Linear};
use crate::backend::{Backend, Conv2d, Random};
use crate::initializers::{AnyInitializer, GlorotUniform, Zeros};
use crate::shape::{Dims, Rank3, Shape};

/// A convolution in two steps: of each channel by itself, then of the channels of each pixel. It has far
/// fewer weights than a [`Conv2D`](super::Conv2D) of the same sizes. Keras:
/// [`SeparableConv2D`](https://keras.io/api/layers/convolution_layers/separable_convolution2d/).
///
/// In a model: `SeparableConv2D<16, 32, 3, Relu>`: 16 channels in, 32 filters, a window of 3 by 3; `_` for the
/// channels that come in, `(3, 5)` for a window of 3 rows and 5 columns, no activation for [`Linear`].
/// Options: `strides = 2` (default 1), `padding = Same` (default [`Valid`]), `dilation_rate = 2` (default 1),
/// `depth_multiplier = 2`, how many numbers the first step makes of each channel (default 1), `use_bias = false`,
/// `depthwise_initializer = HeNormal`, `pointwise_initializer` (default [`GlorotUniform`]),
/// `bias_initializer = Ones` (default [`Zeros`]), `depthwise_regularizer = L2<0.01>`, `pointwise_regularizer`,
/// `bias_regularizer`, `depthwise_constraint = MaxNorm<2.0>`, `pointwise_constraint`, `bias_constraint`
/// (default: none), `strict = true`: strides that leave rows or columns over do not compile.
///
/// - Input: `Rank3<HEIGHT, WIDTH, CHANNELS>`.
/// - Output: height and width as the window and the [padding](super::Padding) make them, by `FILTERS`.
/// - Variables: `depthwise_kernel` (window's height, width, `CHANNELS`, `DEPTH_MULTIPLIER`), `pointwise_kernel`
///   (1, 1, `CHANNELS · DEPTH_MULTIPLIER`, `FILTERS`), `bias` (`FILTERS`).
///
/// `y = activation(depthwise(x) · pointwise_kernel + bias)`, where `depthwise` is a
/// [`DepthwiseConv2D`](super::DepthwiseConv2D) without bias and activation.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { pub struct Net< Input<8, 8, 3>, sep: SeparableConv2D<_, 16, 3, Relu, padding = Same> > }
/// assert_eq!(Net::<Cpu>::LAYERS[0].output.sizes(), [8, 8, 16]);
/// assert_eq!(Net::<Cpu>::PARAMS, 3 * 3 * 3 + 3 * 16 + 16);
/// let net = Net::<Cpu>::new(1);
/// let pointwise: &[[f32; 16]] = net.sep().pointwise_kernel();
/// assert_eq!((net.sep().depthwise_kernel_row().len(), pointwise.len()), (27, 3));
/// ```
#[derive(Clone, Debug)]
pub struct SeparableConv2D<
    const CHANNELS: usize,
    const FILTERS: usize,
    K,
    A = Linear,
    P = Valid,
    const DEPTH_MULTIPLIER: usize = 1,
    const USE_BIAS: bool = true,
> {
    activation: A,
    depthwise_initializer: AnyInitializer,
    pointwise_initializer: AnyInitializer,
    bias_initializer: AnyInitializer,
    rules: [Rules; 3],
    window: PhantomData<fn() -> (K, P)>,
}

impl<
    const CHANNELS: usize,
    const FILTERS: usize,
    K,
    A: Activate,
    P,
    const DEPTH_MULTIPLIER: usize,
    const USE_BIAS: bool,
> Default for SeparableConv2D<CHANNELS, FILTERS, K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    fn default() -> Self {
        Self {
            activation: A::default(),
            depthwise_initializer: GlorotUniform.into(),
            pointwise_initializer: GlorotUniform.into(),
            bias_initializer: Zeros.into(),
            rules: Default::default(),
            window: PhantomData,
        }
    }
}

impl<
    const CHANNELS: usize,
    const FILTERS: usize,
    K,
    A,
    P,
    const DEPTH_MULTIPLIER: usize,
    const USE_BIAS: bool,
> SeparableConv2D<CHANNELS, FILTERS, K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    /// With this value of its activation.
    #[must_use]
    pub fn activation(mut self, activation: A) -> Self {
        self.activation = activation;
        self
    }

    /// With another initializer of the first step's kernel.
    #[must_use]
    pub fn depthwise_initializer(mut self, initializer: impl Into<AnyInitializer>) -> Self {
        self.depthwise_initializer = initializer.into();
        self
    }

    /// With another initializer of the second step's kernel.
    #[must_use]
    pub fn pointwise_initializer(mut self, initializer: impl Into<AnyInitializer>) -> Self {
        self.pointwise_initializer = initializer.into();
        self
    }

    /// With another initializer of the bias.
    #[must_use]
    pub fn bias_initializer(mut self, initializer: impl Into<AnyInitializer>) -> Self {
        self.bias_initializer = initializer.into();
        self
    }

    rules!(
        "first step's kernel" 0 depthwise_regularizer depthwise_constraint,
        "second step's kernel" 1 pointwise_regularizer pointwise_constraint,
        "bias" 2 bias_regularizer bias_constraint
    );

    /// Numbers of a pixel between the steps.
    const BETWEEN: usize = CHANNELS.saturating_mul(DEPTH_MULTIPLIER);
    const POINTWISE: Dims = Dims::new([1, 1, Self::BETWEEN, FILTERS]);
    const BIAS: Dims = Dims::new([FILTERS]);
}

impl<
    const CHANNELS: usize,
    const FILTERS: usize,
    K: SlidingWindow,
    A,
    P: Padding,
    const DEPTH_MULTIPLIER: usize,
    const USE_BIAS: bool,
> SeparableConv2D<CHANNELS, FILTERS, K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    const DEPTHWISE: Dims = Dims::new([K::SIZE[0], K::SIZE[1], CHANNELS, DEPTH_MULTIPLIER]);
    const ALL: &'static [Variable] = if USE_BIAS {
        &[
            Variable::new("depthwise_kernel", Self::DEPTHWISE),
            Variable::new("pointwise_kernel", Self::POINTWISE),
            Variable::new("bias", Self::BIAS),
        ]
    } else {
        &[
            Variable::new("depthwise_kernel", Self::DEPTHWISE),
            Variable::new("pointwise_kernel", Self::POINTWISE),
        ]
    };

    /// Both steps on images of these sizes.
    const fn steps(from: Dims) -> [Conv2d; 2] {
        let first = windows::<K, P>(from, DEPTH_MULTIPLIER);
        let [h, w, between] = first.output;
        let second = Conv2d {
            input: [h, w, between],
            output: [h, w, FILTERS],
            kernel: [1, 1],
            strides: [1, 1],
            dilation: [1, 1],
            before: [0, 0],
            groups: 1,
        };
        [first, second]
    }
}

impl<
    const H: usize,
    const W: usize,
    const CHANNELS: usize,
    const FILTERS: usize,
    K: SlidingWindow,
    A: Activate,
    P: Padding,
    const DEPTH_MULTIPLIER: usize,
    const USE_BIAS: bool,
> Layer<Rank3<H, W, CHANNELS>> for SeparableConv2D<CHANNELS, FILTERS, K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    type Out = Convolved<Rank3<H, W, CHANNELS>, FILTERS, K, P>;
    const FAULT: Option<Text> = separable2d_fault(
        Rank3::<H, W, CHANNELS>::DIMS,
        rule::<K, P>(),
        P::STRICT,
        CHANNELS,
        FILTERS,
        DEPTH_MULTIPLIER,
    );
    const VARIABLES: &'static [Variable] = Self::ALL;
    /// What the first step makes, and what the activation is given if it needs that.
    const AUX: usize = {
        let [h, w, ..] = <Self::Out as Shape>::DIMS.d;
        let between = Dims::new([h, w, Self::BETWEEN]).numel();
        between.saturating_add(if A::NEEDS_INPUT { <Self::Out as Shape>::NUMEL } else { 0 })
    };
    const FLOPS: usize = {
        let [h, w, ..] = <Self::Out as Shape>::DIMS.d;
        let window = Dims::new([2, K::SIZE[0], K::SIZE[1], Self::BETWEEN]).numel();
        let filters = Dims::new([2, Self::BETWEEN, FILTERS]).numel();
        let pixel = window.saturating_add(filters).saturating_add(if USE_BIAS { FILTERS } else { 0 });
        Dims::new([h, w]).numel().saturating_mul(pixel)
    };

    fn rules(&self, variable: usize) -> Option<&Rules> {
        self.rules.get(variable)
    }
    fn init(&self, variable: usize, random: &mut Random, values: &mut [f32]) {
        match variable {
            0 => self.depthwise_initializer.fill(Self::DEPTHWISE, random, values),
            1 => self.pointwise_initializer.fill(Self::POINTWISE, random, values),
            _ => self.bias_initializer.fill(Self::BIAS, random, values),
        }
    }
    fn operation(&self) -> Option<Operation> {
        let [depthwise, pointwise] = Self::steps(Rank3::<H, W, CHANNELS>::DIMS);
        let activation = self.activation.function();
        Some(Operation::Separable2d { depthwise, pointwise, use_bias: USE_BIAS, activation })
    }
}

impl<
    const H: usize,
    const W: usize,
    const CHANNELS: usize,
    const FILTERS: usize,
    K: SlidingWindow,
    A: Activate,
    P: Padding,
    const DEPTH_MULTIPLIER: usize,
    const USE_BIAS: bool,
    B: Backend,
> Run<Rank3<H, W, CHANNELS>, B> for SeparableConv2D<CHANNELS, FILTERS, K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    fn forward(&self, io: Forward<'_, B>) {
        let [first, second] = Self::steps(Rank3::<H, W, CHANNELS>::DIMS);
        let (depthwise, both) = (first.weights(), first.weights() + second.weights());
        let bias = if USE_BIAS { Some(B::part(io.params, both..both + FILTERS)) } else { None };
        let (mut between, before_activation) = B::cut(io.aux, io.n * first.map());
        let kernel = B::part(io.params, 0..depthwise);
        io.device.conv2d(&first, io.n, io.x, kernel, None, &Linear, B::lend(&mut between));
        let (between, kernel, mut y) = (B::freeze(between), B::part(io.params, depthwise..both), io.y);
        if A::NEEDS_INPUT {
            io.device.conv2d(&second, io.n, between, kernel, bias, &Linear, B::lend(&mut y));
            io.device.copy(B::freeze(B::lend(&mut y)), before_activation);
            io.device.activate(&self.activation, FILTERS, y);
        } else {
            io.device.conv2d(&second, io.n, between, kernel, bias, &self.activation, y);
        }
    }

    fn backward(&self, io: Backward<'_, B>) {
        let [first, second] = Self::steps(Rank3::<H, W, CHANNELS>::DIMS);
        let (depthwise, both) = (first.weights(), first.weights() + second.weights());
        let (mut between, before_activation) = B::cut(io.aux, io.n * first.map());
        let mut dy = io.dy;
        let before_activation = B::freeze(before_activation);
        io.device.activate_back(&self.activation, FILTERS, before_activation, io.y, B::lend(&mut dy));
        let dy = B::freeze(dy);
        let (depthwise_kernel, rest) = B::cut(io.grads, depthwise);
        let (pointwise_kernel, bias) = B::cut(rest, second.weights());
        let bias = if USE_BIAS { Some(bias) } else { None };
        let x = B::freeze(B::lend(&mut between));
        io.device.conv2d_back_weights(&second, io.n, x, dy, pointwise_kernel, bias, io.add);
        // Now the gradient by what is between the steps takes its place.
        let kernel = B::part(io.params, depthwise..both);
        io.device.conv2d_back_input(&second, io.n, dy, kernel, B::lend(&mut between));
        let dy = B::freeze(between);
        io.device.conv2d_back_weights(&first, io.n, io.x, dy, depthwise_kernel, None, io.add);
        if let Some(dx) = io.dx {
            io.device.conv2d_back_input(&first, io.n, dy, B::part(io.params, 0..depthwise), dx);
        }
    }
}
