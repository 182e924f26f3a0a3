use keras_shapes::dense_inputs_fault;

use super::rules::{of, rules};
use super::{Backward, Features, Forward, Layer, Operation, Rules, Run, Text, Variable};
use crate::activations::{Activate, Linear};
use crate::backend::{Backend, Random};
use crate::initializers::{AnyInitializer, GlorotUniform, Zeros};
use crate::shape::{Dims, Shape};

/// A densely connected layer: `y = activation(x · kernel + bias)`. Keras: `Dense`.
///
/// In a model: `Dense<100, 64, Relu>`: 100 features in, 64 out; `_` for the number that comes in, no
/// activation for [`Linear`]. Options: `use_bias = false`, `kernel_initializer = HeNormal` (default
/// [`GlorotUniform`]), `bias_initializer = Ones` (default [`Zeros`]), `kernel_regularizer = L2<0.01>`,
/// `bias_regularizer`, `activity_regularizer`, `kernel_constraint = MaxNorm<2.0>`, `bias_constraint` (default: none).
///
/// - Input: `Rank1<IN>`; or `Rank2<_, IN>`, `Rank3<_, _, IN>`, where it works on the last axis.
/// - Output: the same with `OUT` last.
/// - Variables: `kernel` (IN, OUT), `bias` (OUT).
///
/// ```
/// use keras_core::prelude::*;
/// sequential! { pub struct Net< Dense<4, 3, Relu, kernel_initializer = HeNormal>, Dense<_, 1, use_bias = false> > }
/// assert_eq!(Net::<Cpu>::PARAMS, 4 * 3 + 3 + 3);
/// ```
#[derive(Clone, Debug)]
pub struct Dense<const IN: usize, const OUT: usize, A = Linear, const USE_BIAS: bool = true> {
    activation: A,
    kernel_initializer: AnyInitializer,
    bias_initializer: AnyInitializer,
    /// Of the kernel, of the bias, and of the output.
    rules: [Rules; 3],
}

impl<const IN: usize, const OUT: usize, A: Activate, const USE_BIAS: bool> Default
    for Dense<IN, OUT, A, USE_BIAS>
{
    fn default() -> Self {
        Self {
            activation: A::default(),
            kernel_initializer: GlorotUniform.into(),
            bias_initializer: Zeros.into(),
            rules: Default::default(),
        }
    }
}

impl<const IN: usize, const OUT: usize, A: Activate, const USE_BIAS: bool> Dense<IN, OUT, A, USE_BIAS> {
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

    const KERNEL: Dims = Dims::new([IN, OUT]);
    const BOTH: &'static [Variable] = if USE_BIAS {
        &[Variable::new("kernel", Self::KERNEL), Variable::new("bias", Dims::new([OUT]))]
    } else {
        &[Variable::new("kernel", Self::KERNEL)]
    };

    fn fill(&self, variable: usize, random: &mut Random, values: &mut [f32]) {
        match variable {
            0 => self.kernel_initializer.fill(Self::KERNEL, random, values),
            _ => self.bias_initializer.fill(Dims::new([OUT]), random, values),
        }
    }

    /// The forward pass of `n` rows.
    #[inline]
    fn apply<B: Backend>(&self, n: usize, io: Forward<'_, B>) {
        let kernel = B::part(io.params, 0..IN * OUT);
        let bias = if USE_BIAS { Some(B::part(io.params, IN * OUT..IN * OUT + OUT)) } else { None };
        let mut y = io.y;
        io.device.dense::<IN, OUT>(n, io.x, kernel, bias, B::lend(&mut y));
        if A::NEEDS_INPUT {
            io.device.copy(B::freeze(B::lend(&mut y)), io.aux);
        }
        io.device.activate(&self.activation, OUT, y);
    }

    /// The backward pass of `n` rows.
    #[inline]
    fn unapply<B: Backend>(&self, n: usize, io: Backward<'_, B>) {
        let mut dy = io.dy;
        io.device.activate_back(&self.activation, OUT, B::freeze(io.aux), io.y, B::lend(&mut dy));
        let dy = B::freeze(dy);
        let (kernel, bias) = B::cut(io.grads, IN * OUT);
        let bias = if USE_BIAS { Some(bias) } else { None };
        io.device.dense_back_weights::<IN, OUT>(n, io.x, dy, kernel, bias, io.add);
        if let Some(dx) = io.dx {
            io.device.dense_back_input::<IN, OUT>(n, dy, B::part(io.params, 0..IN * OUT), dx);
        }
    }
}

impl<S: Features<IN>, const IN: usize, const OUT: usize, A: Activate, const USE_BIAS: bool> Layer<S>
    for Dense<IN, OUT, A, USE_BIAS>
{
    type Out = S::With<OUT>;
    const FAULT: Option<Text> = dense_inputs_fault(IN, OUT);
    const VARIABLES: &'static [Variable] = Self::BOTH;
    const AUX: usize = if A::NEEDS_INPUT { <S::With<OUT> as Shape>::NUMEL } else { 0 };
    const FLOPS: usize = {
        let row = Dims::new([2, IN, OUT]).numel().saturating_add(if USE_BIAS { OUT } else { 0 });
        S::ROWS.saturating_mul(row)
    };

    fn rules(&self, variable: usize) -> Option<&Rules> {
        of(&self.rules, variable)
    }
    fn init(&self, variable: usize, random: &mut Random, values: &mut [f32]) {
        self.fill(variable, random, values);
    }
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Dense { use_bias: USE_BIAS, activation: self.activation.function() })
    }
}

impl<S: Features<IN>, const IN: usize, const OUT: usize, A: Activate, const USE_BIAS: bool, B: Backend>
    Run<S, B> for Dense<IN, OUT, A, USE_BIAS>
{
    #[inline]
    fn forward(&self, io: Forward<'_, B>) {
        self.apply(io.n * S::ROWS, io);
    }
    #[inline]
    fn backward(&self, io: Backward<'_, B>) {
        self.unapply(io.n * S::ROWS, io);
    }
}
