use core::marker::PhantomData;

use keras_shapes::{conv2d, conv2d_fault};

use super::rules::{of, rules};
use super::window::{Named, Padding, SlidingWindow, Valid, rule};
use super::{Backward, Forward, Layer, Operation, Rules, Run, Text, Variable};
use crate::activations::{Activate, Linear};
use crate::backend::{Backend, Conv2d, Random};
use crate::initializers::{AnyInitializer, GlorotUniform, Zeros};
use crate::shape::{Dims, Rank3, Shape};

/// A convolution of images: `y = activation(x * kernel + bias)`, each filter looking at a
/// [`Window`](super::Window) of pixels and at all channels of its group. Keras:
/// [`Conv2D`](https://keras.io/api/layers/convolution_layers/convolution2d/).
///
/// In a model: `Conv2D<1, 32, 3, Relu>`: 1 channel in, 32 filters, a window of 3 by 3; `_` for the
/// channels that come in, `(3, 5)` for a window of 3 rows and 5 columns, no activation for [`Linear`].
/// Options: `strides = 2` (default 1), `padding = Same` (default [`Valid`]), `dilation_rate = 2` (default
/// 1), `groups = 4` (default 1), `use_bias = false`, `kernel_initializer = HeNormal` (default
/// [`GlorotUniform`]), `bias_initializer = Ones` (default [`Zeros`]), `kernel_regularizer = L2<0.01>`,
/// `bias_regularizer`, `activity_regularizer`, `kernel_constraint = MaxNorm<2.0>`, `bias_constraint` (default: none),
/// `strict = true`: strides that leave rows or columns over do not compile.
///
/// - Input: `Rank3<HEIGHT, WIDTH, CHANNELS>`.
/// - Output: height and width as the window and the [padding](super::Padding) make them, by `FILTERS`.
/// - Variables: `kernel` (window's height, width, `CHANNELS / GROUPS`, `FILTERS`), `bias` (`FILTERS`).
///
/// The window is not turned over, as in all libraries of this kind: `y[h, w, f] = Σ x[h·s + i·d, w·s + j·d, c]
/// · kernel[i, j, c, f]`. With more than one group, filters and channels fall into as many parts, and each
/// filter sees the channels of its own part; with as many groups as channels the convolution is depthwise.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! {
///     pub struct Net<
///         Input<28, 28, 1>,
///         first: Conv2D<_, 8, 3, Relu>,
///         Conv2D<_, 16, (3, 5), Relu, strides = 2, padding = Same>,
///         GlobalAveragePooling2D,
///         Dense<_, 10, Softmax>,
///     >
/// }
/// assert_eq!(Net::<Cpu>::LAYERS[1].output.sizes(), [13, 13, 16]);
/// let net = Net::<Cpu>::new(1);
/// let kernel: &[[[[f32; 8]; 1]; 3]; 3] = net.first().kernel();
/// assert!(kernel[0][0][0][0] != 0.0);
/// ```
#[derive(Clone, Debug)]
pub struct Conv2D<
    const CHANNELS: usize,
    const FILTERS: usize,
    K,
    A = Linear,
    P = Valid,
    const GROUPS: usize = 1,
    const USE_BIAS: bool = true,
> {
    activation: A,
    kernel_initializer: AnyInitializer,
    bias_initializer: AnyInitializer,
    /// Of the kernel, of the bias, and of the output.
    rules: [Rules; 3],
    window: PhantomData<fn() -> (K, P)>,
}

/// What a convolution makes of the shape `In`.
#[derive(Debug)]
pub struct Convolved<In, const FILTERS: usize, K, P>(Named<(In, K, P)>);

#[diagnostic::do_not_recommend]
impl<In: Shape, const FILTERS: usize, K: SlidingWindow, P: Padding> Shape for Convolved<In, FILTERS, K, P> {
    const DIMS: Dims = conv2d(In::DIMS, rule::<K, P>(), FILTERS);
}

impl<const CHANNELS: usize, const FILTERS: usize, K, A, P, const GROUPS: usize, const USE_BIAS: bool> Default
    for Conv2D<CHANNELS, FILTERS, K, A, P, GROUPS, USE_BIAS>
where
    A: Activate,
{
    fn default() -> Self {
        Self {
            activation: A::default(),
            kernel_initializer: GlorotUniform.into(),
            bias_initializer: Zeros.into(),
            rules: Default::default(),
            window: PhantomData,
        }
    }
}

impl<const CHANNELS: usize, const FILTERS: usize, K, A, P, const GROUPS: usize, const USE_BIAS: bool>
    Conv2D<CHANNELS, FILTERS, K, A, P, GROUPS, USE_BIAS>
{
    /// With this value of its activation.
    #[must_use]
    pub fn activation(mut self, activation: A) -> Self {
        self.activation = activation;
        self
    }

    /// With another initializer of the kernel.
    #[must_use]
    pub fn kernel_initializer(mut self, initializer: impl Into<AnyInitializer>) -> Self {
        self.kernel_initializer = initializer.into();
        self
    }

    /// With another initializer of the bias.
    #[must_use]
    pub fn bias_initializer(mut self, initializer: impl Into<AnyInitializer>) -> Self {
        self.bias_initializer = initializer.into();
        self
    }

    rules!("kernel" 0 kernel_regularizer kernel_constraint, "bias" 1 bias_regularizer bias_constraint; activity 2);
}

impl<const CHANNELS: usize, const FILTERS: usize, K, A, P, const GROUPS: usize, const USE_BIAS: bool>
    Conv2D<CHANNELS, FILTERS, K, A, P, GROUPS, USE_BIAS>
where
    K: SlidingWindow,
    P: Padding,
{
    /// Channels of a group. Of no groups there is a message, so nothing is divided by them.
    const DEPTH: usize = match CHANNELS.checked_div(GROUPS) {
        Some(depth) => depth,
        None => 0,
    };
    const KERNEL: Dims = Dims::new([K::SIZE[0], K::SIZE[1], Self::DEPTH, FILTERS]);
    const BIAS: Dims = Dims::new([FILTERS]);
    const BOTH: &'static [Variable] = if USE_BIAS {
        &[Variable::new("kernel", Self::KERNEL), Variable::new("bias", Self::BIAS)]
    } else {
        &[Variable::new("kernel", Self::KERNEL)]
    };

    /// The convolution of images of these sizes.
    const fn of(from: Dims) -> Conv2d {
        let (rule, [height, width, channels, _]) = (rule::<K, P>(), from.d);
        let [h, w] = rule.output([height, width]);
        Conv2d {
            input: [height, width, channels],
            output: [h, w, FILTERS],
            kernel: K::SIZE,
            strides: K::STRIDES,
            dilation: K::DILATION,
            before: rule.before([height, width]),
            groups: GROUPS,
        }
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
    const GROUPS: usize,
    const USE_BIAS: bool,
> Layer<Rank3<H, W, CHANNELS>> for Conv2D<CHANNELS, FILTERS, K, A, P, GROUPS, USE_BIAS>
{
    type Out = Convolved<Rank3<H, W, CHANNELS>, FILTERS, K, P>;
    const FAULT: Option<Text> =
        conv2d_fault(Rank3::<H, W, CHANNELS>::DIMS, rule::<K, P>(), P::STRICT, CHANNELS, FILTERS, GROUPS);
    const VARIABLES: &'static [Variable] = Self::BOTH;
    const AUX: usize = if A::NEEDS_INPUT { <Self::Out as Shape>::NUMEL } else { 0 };
    const FLOPS: usize = {
        let [kh, kw, depth, _] = Self::KERNEL.d;
        let filter = Dims::new([2, kh, kw, depth]).numel().saturating_add(if USE_BIAS { 1 } else { 0 });
        <Self::Out as Shape>::NUMEL.saturating_mul(filter)
    };

    fn rules(&self, variable: usize) -> Option<&Rules> {
        of(&self.rules, variable)
    }
    fn init(&self, variable: usize, random: &mut Random, values: &mut [f32]) {
        match variable {
            0 => self.kernel_initializer.fill(Self::KERNEL, random, values),
            _ => self.bias_initializer.fill(Self::BIAS, random, values),
        }
    }
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Conv2d {
            conv: Self::of(Rank3::<H, W, CHANNELS>::DIMS),
            use_bias: USE_BIAS,
            activation: self.activation.function(),
        })
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
    const GROUPS: usize,
    const USE_BIAS: bool,
    B: Backend,
> Run<Rank3<H, W, CHANNELS>, B> for Conv2D<CHANNELS, FILTERS, K, A, P, GROUPS, USE_BIAS>
{
    fn forward(&self, io: Forward<'_, B>) {
        let (c, weights) = (Self::of(Rank3::<H, W, CHANNELS>::DIMS), Self::KERNEL.numel());
        let kernel = B::part(io.params, 0..weights);
        let bias = if USE_BIAS { Some(B::part(io.params, weights..weights + FILTERS)) } else { None };
        let mut y = io.y;
        if A::NEEDS_INPUT {
            io.device.conv2d(&c, io.n, io.x, kernel, bias, &Linear, B::lend(&mut y));
            io.device.copy(B::freeze(B::lend(&mut y)), io.aux);
            io.device.activate(&self.activation, FILTERS, y);
        } else {
            io.device.conv2d(&c, io.n, io.x, kernel, bias, &self.activation, y);
        }
    }

    fn backward(&self, io: Backward<'_, B>) {
        let (c, weights) = (Self::of(Rank3::<H, W, CHANNELS>::DIMS), Self::KERNEL.numel());
        let mut dy = io.dy;
        io.device.activate_back(&self.activation, FILTERS, B::freeze(io.aux), io.y, B::lend(&mut dy));
        let dy = B::freeze(dy);
        let (kernel, bias) = B::cut(io.grads, weights);
        let bias = if USE_BIAS { Some(bias) } else { None };
        io.device.conv2d_back_weights(&c, io.n, io.x, dy, kernel, bias, io.add);
        if let Some(dx) = io.dx {
            io.device.conv2d_back_input(&c, io.n, dy, B::part(io.params, 0..weights), dx);
        }
    }
}
