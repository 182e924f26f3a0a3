//! What a program that declares and trains models needs: `use keras_core::prelude::*;`.

pub use crate::activations::{
    Elu, Gelu, LeakyRelu, Linear, Relu, Selu, Sigmoid, Silu, Softmax, Softplus, Tanh,
};
pub use crate::backend::{Backend, Cpu};
pub use crate::initializers::{Constant, GlorotNormal, GlorotUniform, HeNormal, HeUniform, Ones, Zeros};
pub use crate::layers::{
    Activation, Add, Average, AveragePooling2D, BatchNormalization, Bilinear, Concatenate, Conv2D, Dense,
    Dot, Dropout, Flatten, GlobalAveragePooling2D, GlobalMaxPooling2D, Layer, MaxPooling2D, Maximum, Minimum,
    Multiply, Nearest, Reshape, Same, SpatialDropout2D, Subtract, UpSampling2D, Valid, ZeroPadding2D,
};
pub use crate::losses::{
    BinaryCrossentropy, CategoricalCrossentropy, Huber, Loss, MeanAbsoluteError, MeanSquaredError, Reduction,
    SparseCategoricalCrossentropy,
};
pub use crate::metrics::{
    Accuracy, BinaryAccuracy, CategoricalAccuracy, MeanOf, Named, Precision, Recall, RootMeanSquaredError,
    SparseCategoricalAccuracy, SparseTopKCategoricalAccuracy, TopKCategoricalAccuracy,
};
pub use crate::model::Model;
pub use crate::optimizers::{
    Adadelta, Adafactor, Adagrad, Adam, AdamW, Adamax, AnyOptimizer, Ftrl, Lamb, Lion, LossScaleOptimizer,
    Muon, Nadam, Optimizer, RMSprop, SGD, ScheduleFreeAdamW,
};
pub use crate::schedules::{
    CosineDecay, CosineDecayRestarts, ExponentialDecay, InverseTimeDecay, LearningRateSchedule,
    PiecewiseConstantDecay, PolynomialDecay, Schedule,
};
pub use crate::shape::{Ints, Rank0, Rank1, Rank2, Rank3, Rank4, Shape};
pub use crate::tensor::Tensor;
pub use crate::training::callbacks::{
    CSVLogger, EarlyStopping, LambdaCallback, LearningRateScheduler, Mode, ModelCheckpoint,
    ReduceLROnPlateau, TerminateOnNaN,
};
pub use crate::training::{Differentiate, Evaluate, Fit, Gradients, History, Logs, Train, Verbose};
pub use crate::{model, sequential};
