//! What a program that declares and trains models needs: `use keras_core::prelude::*;`.

pub use crate::activations::{
    Celu, Elu, Exponential, Gelu, HardShrink, HardSigmoid, HardSilu, HardTanh, KerasSparsemax, LeakyRelu,
    Linear, LogSigmoid, LogSoftmax, Mish, RectifiedLinear, Relu, Relu6, Selu, Sigmoid, Silu, SoftShrink,
    Softmax, Softplus, Softsign, SparsePlus, SparseSigmoid, Sparsemax, Squareplus, Tanh, TanhShrink,
    Threshold,
};
pub use crate::backend::{Backend, Cpu};
pub use crate::initializers::{
    Constant, GlorotNormal, GlorotUniform, HeNormal, HeUniform, LecunNormal, LecunUniform, Ones, Orthogonal,
    RandomNormal, RandomUniform, TruncatedNormal, VarianceScaling, Zeros,
};
pub use crate::layers::{
    Activation, ActivityRegularization, Add, Average, AveragePooling2D, BatchNormalization, Bilinear,
    Concatenate, Conv2D, Cropping2D, Dense, DepthwiseConv2D, Dot, Dropout, Flatten, GlobalAveragePooling2D,
    GlobalMaxPooling2D, Layer, MaxPooling2D, Maximum, Minimum, Multiply, Nearest, Reshape, Same,
    SeparableConv2D, SpatialDropout2D, Subtract, UpSampling2D, Valid, ZeroPadding2D,
};
pub use crate::losses::{
    BinaryCrossentropy, BinaryFocalCrossentropy, CTC, CategoricalCrossentropy, CategoricalFocalCrossentropy,
    CategoricalGeneralizedCrossEntropy, CategoricalHinge, Circle, CosineSimilarity, Dice, Hinge, Huber,
    KLDivergence, LogCosh, Loss, MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredError,
    MeanSquaredLogarithmicError, Poisson, Reduction, SparseCategoricalCrossentropy, SquaredHinge, Tversky,
    Weighted,
};
pub use crate::metrics::{
    AUC, Accuracy, BinaryAccuracy, BinaryIoU, CategoricalAccuracy, ConcordanceCorrelation, F1Score,
    FBetaScore, FalseNegatives, FalsePositives, IoU, MeanIoU, MeanMetricWrapper, MeanOf, Named, OneHotIoU,
    OneHotMeanIoU, PearsonCorrelation, Precision, PrecisionAtRecall, R2Score, Recall, RecallAtPrecision,
    RootMeanSquaredError, SensitivityAtSpecificity, SparseCategoricalAccuracy, SparseTopKCategoricalAccuracy,
    SpecificityAtSensitivity, TopKCategoricalAccuracy, TrueNegatives, TruePositives,
};
pub use crate::model::{Model, OneToOne};
pub use crate::optimizers::{
    Adadelta, Adafactor, Adagrad, Adam, AdamW, Adamax, AnyOptimizer, Ftrl, Lamb, Lion, LossScaleOptimizer,
    MultiOptimizer, Muon, Nadam, Optimizer, RMSprop, SGD, ScheduleFreeAdamW,
};
pub use crate::schedules::{
    CosineDecay, CosineDecayRestarts, ExponentialDecay, InverseTimeDecay, LearningRateSchedule,
    PiecewiseConstantDecay, PolynomialDecay, Schedule,
};
pub use crate::shape::{Ints, Rank0, Rank1, Rank2, Rank3, Rank4, Shape};
pub use crate::tensor::Tensor;
pub use crate::training::callbacks::{
    BackupAndRestore, CSVLogger, EarlyStopping, LambdaCallback, LearningRateScheduler, Mode, ModelCheckpoint,
    ReduceLROnPlateau, TerminateOnNaN,
};
pub use crate::training::{Differentiate, Evaluate, Fit, Gradients, History, Logs, Train, Verbose};
pub use crate::{compile, model, sequential};
