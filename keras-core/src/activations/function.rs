/// Which function an activation is, with its parameters: for what writes models down in other forms.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Function {
    /// [`Celu`](super::Celu) with its `alpha`.
    Celu(f64),
    /// [`Elu`](super::Elu) with its `alpha`.
    Elu(f64),
    /// [`Exponential`](super::Exponential).
    Exponential,
    /// [`Gelu`](super::Gelu), and whether it is the approximation.
    Gelu(bool),
    /// [`HardShrink`](super::HardShrink) with its threshold.
    HardShrink(f64),
    /// [`HardSigmoid`](super::HardSigmoid).
    HardSigmoid,
    /// [`HardSilu`](super::HardSilu).
    HardSilu,
    /// [`HardTanh`](super::HardTanh).
    HardTanh,
    /// [`KerasSparsemax`](super::KerasSparsemax).
    KerasSparsemax,
    /// [`LeakyRelu`](super::LeakyRelu) with its slope.
    LeakyRelu(f64),
    /// [`Linear`](super::Linear).
    Linear,
    /// [`LogSigmoid`](super::LogSigmoid).
    LogSigmoid,
    /// [`LogSoftmax`](super::LogSoftmax).
    LogSoftmax,
    /// [`Mish`](super::Mish).
    Mish,
    /// [`RectifiedLinear`](super::RectifiedLinear).
    RectifiedLinear {
        /// Its slope below the threshold.
        negative_slope: f64,
        /// The largest value, infinite for none.
        max_value: f64,
        /// The threshold.
        threshold: f64,
    },
    /// [`Relu`](super::Relu).
    Relu,
    /// [`Relu6`](super::Relu6).
    Relu6,
    /// [`Selu`](super::Selu) with its alpha and scale.
    Selu(f64, f64),
    /// [`Sigmoid`](super::Sigmoid).
    Sigmoid,
    /// [`Silu`](super::Silu).
    Silu,
    /// [`SoftShrink`](super::SoftShrink) with its threshold.
    SoftShrink(f64),
    /// [`Softmax`](super::Softmax).
    Softmax,
    /// [`Softplus`](super::Softplus).
    Softplus,
    /// [`Softsign`](super::Softsign).
    Softsign,
    /// [`SparsePlus`](super::SparsePlus).
    SparsePlus,
    /// [`SparseSigmoid`](super::SparseSigmoid).
    SparseSigmoid,
    /// [`Sparsemax`](super::Sparsemax).
    Sparsemax,
    /// [`Squareplus`](super::Squareplus) with its `b`.
    Squareplus(f64),
    /// [`Tanh`](super::Tanh).
    Tanh,
    /// [`TanhShrink`](super::TanhShrink).
    TanhShrink,
    /// [`Threshold`](super::Threshold): its threshold, and what stands for what is not above it.
    Threshold(f64, f64),
}
