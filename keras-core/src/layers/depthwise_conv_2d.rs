use core::marker::PhantomData;

use keras_shapes::{depthwise2d, depthwise2d_fault};

use super::rules::rules;
use super::window::{Named, Padding, SlidingWindow, Valid, rule};
use super::{Backward, Forward, Layer, Operation, Rules, Run, Text, Variable};
use crate::activations::{Activate, Linear};
use crate::backend::{Backend, Conv2d, Random};
use crate::initializers::{AnyInitializer, GlorotUniform, Zeros};
use crate::shape::{Dims, Rank3, Shape};

/// A convolution of each channel by itself: no filter sees more than one channel. Keras:
/// [`DepthwiseConv2D`](https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/).
///
/// In a model: `DepthwiseConv2D<3, Relu>`: a window of 3 by 3; `(3, 5)` for one of 3 rows and 5 columns, no
/// activation for [`Linear`]. Options: `strides = 2` (default 1), `padding = Same` (default [`Valid`]),
/// `depth_multiplier = 2`, the filters of each channel (default 1), `dilation_rate = 2` (default 1), `use_bias
/// = false`, `depthwise_initializer = HeNormal` (default [`GlorotUniform`]), `bias_initializer = Ones`
/// (default [`Zeros`]), `depthwise_regularizer = L2<0.01>`, `bias_regularizer`, `depthwise_constraint =
/// MaxNorm<2.0>`, `bias_constraint` (default: none), `strict = true`: strides that leave rows or columns over
/// do not compile.
///
/// - Input: `Rank3<HEIGHT, WIDTH, CHANNELS>`.
/// - Output: height and width as the window and the [padding](super::Padding) make them, by `CHANNELS ·
///   DEPTH_MULTIPLIER`.
/// - Variables: `kernel` (window's height, width, `CHANNELS`, `DEPTH_MULTIPLIER`), `bias` (one number for each
///   channel that it makes).
///
/// `y[h, w, c·m + k] = Σ x[h·s + i·d, w·s + j·d, c] · kernel[i, j, c, k]`, where `m` is the depth multiplier.
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { pub struct Net< Input<8, 8, 3>, dw: DepthwiseConv2D<3, Relu, depth_multiplier = 2, padding = Same> > }
/// assert_eq!(Net::<Cpu>::LAYERS[0].output.sizes(), [8, 8, 6]);
/// assert_eq!(Net::<Cpu>::PARAMS, 3 * 3 * 6 + 6);
/// let net = Net::<Cpu>::new(1);
/// assert_eq!((net.dw().kernel_row().len(), net.dw().bias()), (54, &[0.0; 6][..]));
/// ```
#[derive(Clone, Debug)]
pub struct DepthwiseConv2D<
    K,
    A = Linear,
    P = Valid,
    const DEPTH_MULTIPLIER: usize = 1,
    const USE_BIAS: bool = true,
> {
    activation: A,
    depthwise_initializer: AnyInitializer,
    bias_initializer: AnyInitializer,
    rules: [Rules; 2],
    window: PhantomData<fn() -> (K, P)>,
}

/// What a depthwise convolution makes of the shape `In`.
#[derive(Debug)]
pub struct DepthwiseConvolved<In, const DEPTH_MULTIPLIER: usize, K, P>(Named<(In, K, P)>);

#[diagnostic::do_not_recommend]
impl<In: Shape, const DEPTH_MULTIPLIER: usize, K: SlidingWindow, P: Padding> Shape
    for DepthwiseConvolved<In, DEPTH_MULTIPLIER, K, P>
{
    const DIMS: Dims = depthwise2d(In::DIMS, rule::<K, P>(), DEPTH_MULTIPLIER);
}

impl<K, A: Activate, P, const DEPTH_MULTIPLIER: usize, const USE_BIAS: bool> Default
    for DepthwiseConv2D<K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    fn default() -> Self {
        Self {
            activation: A::default(),
            depthwise_initializer: GlorotUniform.into(),
            bias_initializer: Zeros.into(),
            rules: Default::default(),
            window: PhantomData,
        }
    }
}

impl<K, A, P, const DEPTH_MULTIPLIER: usize, const USE_BIAS: bool>
    DepthwiseConv2D<K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    /// With this value of its activation.
    #[must_use]
    pub fn activation(mut self, activation: A) -> Self {
        self.activation = activation;
        self
    }

    /// With another initializer of the kernel.
    #[must_use]
    pub fn depthwise_initializer(mut self, initializer: impl Into<AnyInitializer>) -> Self {
        self.depthwise_initializer = initializer.into();
        self
    }

    /// With another initializer of the bias.
    #[must_use]
    pub fn bias_initializer(mut self, initializer: impl Into<AnyInitializer>) -> Self {
        self.bias_initializer = initializer.into();
        self
    }

    rules!("kernel" 0 depthwise_regularizer depthwise_constraint, "bias" 1 bias_regularizer bias_constraint);
}

/// The convolution of images of the sizes `from`, each channel by itself: its kernel lies as that of one with
/// as many groups as channels.
pub(super) const fn windows<K: SlidingWindow, P: Padding>(from: Dims, depth_multiplier: usize) -> Conv2d {
    let (rule, [height, width, channels, _]) = (rule::<K, P>(), from.d);
    let [h, w] = rule.output([height, width]);
    Conv2d {
        input: [height, width, channels],
        output: [h, w, channels.saturating_mul(depth_multiplier)],
        kernel: K::SIZE,
        strides: K::STRIDES,
        dilation: K::DILATION,
        before: rule.before([height, width]),
        groups: channels,
    }
}

impl<K: SlidingWindow, A, P: Padding, const DEPTH_MULTIPLIER: usize, const USE_BIAS: bool>
    DepthwiseConv2D<K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    const fn kernel(channels: usize) -> Dims {
        Dims::new([K::SIZE[0], K::SIZE[1], channels, DEPTH_MULTIPLIER])
    }
}

/// The variables for images of `C` channels.
trait Variables<const C: usize> {
    const BOTH: &'static [Variable];
}

impl<const C: usize, K: SlidingWindow, A, P: Padding, const DEPTH_MULTIPLIER: usize, const USE_BIAS: bool>
    Variables<C> for DepthwiseConv2D<K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    const BOTH: &'static [Variable] = if USE_BIAS {
        let bias = Dims::new([C.saturating_mul(DEPTH_MULTIPLIER)]);
        &[Variable::new("kernel", Self::kernel(C)), Variable::new("bias", bias)]
    } else {
        &[Variable::new("kernel", Self::kernel(C))]
    };
}

impl<
    const H: usize,
    const W: usize,
    const C: usize,
    K: SlidingWindow,
    A: Activate,
    P: Padding,
    const DEPTH_MULTIPLIER: usize,
    const USE_BIAS: bool,
> Layer<Rank3<H, W, C>> for DepthwiseConv2D<K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    type Out = DepthwiseConvolved<Rank3<H, W, C>, DEPTH_MULTIPLIER, K, P>;
    const FAULT: Option<Text> =
        depthwise2d_fault(Rank3::<H, W, C>::DIMS, rule::<K, P>(), P::STRICT, DEPTH_MULTIPLIER);
    const VARIABLES: &'static [Variable] = <Self as Variables<C>>::BOTH;
    const AUX: usize = if A::NEEDS_INPUT { <Self::Out as Shape>::NUMEL } else { 0 };
    const FLOPS: usize = {
        let window = Dims::new([2, K::SIZE[0], K::SIZE[1]]).numel();
        <Self::Out as Shape>::NUMEL.saturating_mul(window.saturating_add(if USE_BIAS { 1 } else { 0 }))
    };

    fn rules(&self, variable: usize) -> Option<&Rules> {
        self.rules.get(variable)
    }
    fn init(&self, variable: usize, random: &mut Random, values: &mut [f32]) {
        match variable {
            0 => self.depthwise_initializer.fill(Self::kernel(C), random, values),
            _ => self.bias_initializer.fill(Dims::new([C * DEPTH_MULTIPLIER]), random, values),
        }
    }
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Conv2d {
            conv: windows::<K, P>(Rank3::<H, W, C>::DIMS, DEPTH_MULTIPLIER),
            use_bias: USE_BIAS,
            activation: self.activation.function(),
        })
    }
}

impl<
    const H: usize,
    const W: usize,
    const C: usize,
    K: SlidingWindow,
    A: Activate,
    P: Padding,
    const DEPTH_MULTIPLIER: usize,
    const USE_BIAS: bool,
    B: Backend,
> Run<Rank3<H, W, C>, B> for DepthwiseConv2D<K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
{
    fn forward(&self, io: Forward<'_, B>) {
        let c = windows::<K, P>(Rank3::<H, W, C>::DIMS, DEPTH_MULTIPLIER);
        let (weights, filters) = (c.weights(), c.output[2]);
        let kernel = B::part(io.params, 0..weights);
        let bias = if USE_BIAS { Some(B::part(io.params, weights..weights + filters)) } else { None };
        let mut y = io.y;
        if A::NEEDS_INPUT {
            io.device.conv2d(&c, io.n, io.x, kernel, bias, &Linear, B::lend(&mut y));
            io.device.copy(B::freeze(B::lend(&mut y)), io.aux);
            io.device.activate(&self.activation, filters, y);
        } else {
            io.device.conv2d(&c, io.n, io.x, kernel, bias, &self.activation, y);
        }
    }

    fn backward(&self, io: Backward<'_, B>) {
        let c = windows::<K, P>(Rank3::<H, W, C>::DIMS, DEPTH_MULTIPLIER);
        let (mut dy, weights) = (io.dy, c.weights());
        io.device.activate_back(&self.activation, c.output[2], B::freeze(io.aux), io.y, B::lend(&mut dy));
        let dy = B::freeze(dy);
        let (kernel, bias) = B::cut(io.grads, weights);
        let bias = if USE_BIAS { Some(bias) } else { None };
        io.device.conv2d_back_weights(&c, io.n, io.x, dy, kernel, bias, io.add);
        if let Some(dx) = io.dx {
            io.device.conv2d_back_input(&c, io.n, dy, B::part(io.params, 0..weights), dx);
        }
    }
}
