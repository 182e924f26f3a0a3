use super::rules::rules;
use super::{Backward, Forward, Layer, Operation, Rules, Run, Variable};
use crate::backend::{Backend, NormalizeBack, Random};
use crate::initializers::{AnyInitializer, Ones, Zeros};
use crate::shape::{Dims, Shape};

/// Makes each feature's numbers of mean 0 and deviation 1, then scales and shifts them:
/// `y = gamma · (x - mean) / √(variance + epsilon) + beta`. Keras:
/// [`BatchNormalization`](https://keras.io/api/layers/normalization_layers/batch_normalization/).
///
/// In a model: `BatchNormalization`. Options: `momentum = 0.9` (default 0.99), `epsilon = 1e-5` (default
/// 0.001), `center = false`: without `beta`, `scale = false`: without `gamma`; `beta_initializer` and
/// `moving_mean_initializer` (default [`Zeros`]), `gamma_initializer` and `moving_variance_initializer`
/// (default [`Ones`]).
///
/// In training, mean and (biased) variance are those of the batch, over everything but the last axis,
/// and the moving figures go a step towards them: `moving = momentum · moving + (1 - momentum) · batch`.
/// Otherwise the moving figures take their place.
///
/// - Input and output: any one shape; its last axis is the features or channels.
/// - Variables: `gamma` (features), `beta` (features).
/// - State: `moving_mean`, `moving_variance` (features).
///
/// ```
/// use keras_core::prelude::*;
/// sequential! {
///     pub struct Net< Input<8, 8, 3>, norm: BatchNormalization<momentum = 0.9>, Flatten, Dense<_, 1> >
/// }
/// let mut net = Net::<Cpu>::new(1);
/// assert_eq!(net.norm().gamma(), [1.0; 3]);
/// assert_eq!(net.norm().moving_mean(), [0.0; 3]);
/// net.norm_mut().beta()[2] = 0.5;
/// ```
///
/// Source: Ioffe and Szegedy, "Batch normalization: accelerating deep network training by reducing
/// internal covariate shift", 2015.
#[derive(Clone, Debug)]
pub struct BatchNormalization<const CENTER: bool = true, const SCALE: bool = true> {
    momentum: f64,
    epsilon: f64,
    beta_initializer: AnyInitializer,
    gamma_initializer: AnyInitializer,
    moving_mean_initializer: AnyInitializer,
    moving_variance_initializer: AnyInitializer,
    /// Of gamma and of beta.
    rules: [Rules; 2],
}

impl<const CENTER: bool, const SCALE: bool> Default for BatchNormalization<CENTER, SCALE> {
    fn default() -> Self {
        Self {
            momentum: 0.99,
            epsilon: 1e-3,
            beta_initializer: Zeros.into(),
            gamma_initializer: Ones.into(),
            moving_mean_initializer: Zeros.into(),
            moving_variance_initializer: Ones.into(),
            rules: Default::default(),
        }
    }
}

impl<const CENTER: bool, const SCALE: bool> BatchNormalization<CENTER, SCALE> {
    /// With this share of the moving figures that a step keeps, from 0 to 1.
    ///
    /// # Panics
    /// If it lies outside of 0 to 1; the macro checks it while compiling.
    #[must_use]
    pub fn momentum(mut self, momentum: f64) -> Self {
        assert!((0.0..=1.0).contains(&momentum), "a momentum lies between 0 and 1");
        self.momentum = momentum;
        self
    }

    /// With this number added to variances, so that none is 0.
    ///
    /// # Panics
    /// If it does not lie between 0 and 1; the macro checks it while compiling.
    #[must_use]
    pub fn epsilon(mut self, epsilon: f64) -> Self {
        assert!(epsilon > 0.0 && epsilon < 1.0, "an epsilon is a small number above 0");
        self.epsilon = epsilon;
        self
    }

    /// With another initializer of `beta`.
    #[must_use]
    pub fn beta_initializer(mut self, initializer: impl Into<AnyInitializer>) -> Self {
        self.beta_initializer = initializer.into();
        self
    }

    /// With another initializer of `gamma`.
    #[must_use]
    pub fn gamma_initializer(mut self, initializer: impl Into<AnyInitializer>) -> Self {
        self.gamma_initializer = initializer.into();
        self
    }

    rules!("gamma" 0 gamma_regularizer gamma_constraint, "beta" 1 beta_regularizer beta_constraint);

    /// With another initializer of the moving mean.
    #[must_use]
    pub fn moving_mean_initializer(mut self, initializer: impl Into<AnyInitializer>) -> Self {
        self.moving_mean_initializer = initializer.into();
        self
    }

    /// With another initializer of the moving variance.
    #[must_use]
    pub fn moving_variance_initializer(mut self, initializer: impl Into<AnyInitializer>) -> Self {
        self.moving_variance_initializer = initializer.into();
        self
    }
}

impl<S: Shape, const CENTER: bool, const SCALE: bool> Layer<S> for BatchNormalization<CENTER, SCALE> {
    type Out = S;
    const VARIABLES: &'static [Variable] = match (SCALE, CENTER) {
        (true, true) => &[
            Variable::new("gamma", Dims::new([S::DIMS.last()])),
            Variable::new("beta", Dims::new([S::DIMS.last()])),
        ],
        (true, false) => &[Variable::new("gamma", Dims::new([S::DIMS.last()]))],
        (false, true) => &[Variable::new("beta", Dims::new([S::DIMS.last()]))],
        (false, false) => &[],
    };
    const STATE: &'static [Variable] = &[
        Variable::fixed("moving_mean", Dims::new([S::DIMS.last()])),
        Variable::fixed("moving_variance", Dims::new([S::DIMS.last()])),
    ];
    /// The mean, and 1 / deviation.
    const KEPT: usize = S::DIMS.last().saturating_mul(2);
    const WHOLE_BATCH: bool = true;
    const FLOPS: usize = S::NUMEL.saturating_mul(3);

    fn rules(&self, variable: usize) -> Option<&Rules> {
        let [gamma, beta] = &self.rules;
        [SCALE.then_some(gamma), CENTER.then_some(beta)].into_iter().flatten().nth(variable)
    }
    fn init(&self, variable: usize, random: &mut Random, values: &mut [f32]) {
        let initializers = [
            SCALE.then_some(&self.gamma_initializer),
            CENTER.then_some(&self.beta_initializer),
            Some(&self.moving_mean_initializer),
            Some(&self.moving_variance_initializer),
        ];
        if let Some(initializer) = initializers.into_iter().flatten().nth(variable) {
            initializer.fill(Dims::new([values.len()]), random, values);
        }
    }
    fn operation(&self) -> Option<Operation> {
        Some(Operation::Normalization { epsilon: self.epsilon, center: CENTER, scale: SCALE })
    }
}

impl<S: Shape, const CENTER: bool, const SCALE: bool, B: Backend> Run<S, B>
    for BatchNormalization<CENTER, SCALE>
{
    fn forward(&self, io: Forward<'_, B>) {
        let (width, device) = (S::DIMS.last(), io.device);
        let (mut mean, mut inverse) = B::cut(io.kept, width);
        let moving_mean = B::part(io.state, 0..width);
        let moving_variance = B::part(io.state, width..2 * width);
        if io.training {
            device.moments(width, io.x, B::lend(&mut mean), B::lend(&mut inverse));
            let (next_mean, next_variance) = B::cut(io.next_state, width);
            device.blend(self.momentum, moving_mean, B::freeze(B::lend(&mut mean)), next_mean);
            device.blend(self.momentum, moving_variance, B::freeze(B::lend(&mut inverse)), next_variance);
        } else {
            device.copy(moving_mean, B::lend(&mut mean));
            device.copy(moving_variance, B::lend(&mut inverse));
        }
        device.inverse_deviation(self.epsilon, B::lend(&mut inverse));
        let beta_at = if SCALE { width } else { 0 };
        let gamma = if SCALE { Some(B::part(io.params, 0..width)) } else { None };
        let beta = if CENTER { Some(B::part(io.params, beta_at..beta_at + width)) } else { None };
        device.normalize(width, io.x, B::freeze(mean), B::freeze(inverse), gamma, beta, io.y);
    }

    fn backward(&self, io: Backward<'_, B>) {
        let width = S::DIMS.last();
        let (dgamma, dbeta) = B::cut(io.grads, if SCALE { width } else { 0 });
        io.device.normalize_back(NormalizeBack {
            width,
            own_moments: io.training,
            x: io.x,
            dy: B::freeze(io.dy),
            mean: B::part(io.kept, 0..width),
            inverse: B::part(io.kept, width..2 * width),
            gamma: if SCALE { Some(B::part(io.params, 0..width)) } else { None },
            dgamma: if SCALE { Some(dgamma) } else { None },
            dbeta: if CENTER { Some(dbeta) } else { None },
            add: io.add,
            dx: io.dx,
        });
    }
}
