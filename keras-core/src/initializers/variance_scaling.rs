use super::fans::{fans, fans_of};
use super::{Distribution, Initializer};
use crate::backend::Random;
use crate::config::configured;
use crate::error::{Error, Result};
use crate::shape::Dims;

/// What the variance of a [`VarianceScaling`] is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FanMode {
    /// How many numbers flow into a unit. Keras: `fan_in`.
    #[default]
    FanIn,
    /// How many flow out of it. Keras: `fan_out`.
    FanOut,
    /// The mean of the two. Keras: `fan_avg`.
    FanAvg,
}

/// Numbers of mean 0 and variance `scale / fan`. Keras: `VarianceScaling`.
///
/// `scale` is 1 by default, [`mode`](Self::mode) [`FanMode::FanIn`], [`distribution`](Self::distribution)
/// [`Distribution::TruncatedNormal`]. The Glorot, He and Lecun initializers are of this kind. In a model:
/// `kernel_initializer = VarianceScaling<2.0>`, or in braces with its options.
///
/// ```
/// use keras_core::initializers::{Distribution, FanMode, VarianceScaling};
/// use keras_core::prelude::*;
///
/// sequential! {
///     struct Net< Dense<4, 3, kernel_initializer = { two() }>, Dense<_, 1, kernel_initializer = VarianceScaling<2>> >
/// }
/// fn two() -> VarianceScaling {
///     VarianceScaling::new(2.0).mode(FanMode::FanAvg).distribution(Distribution::Uniform)
/// }
/// assert_eq!(Net::<Cpu>::new(1).predict(&[[1.0, 2.0, 3.0, 4.0]])?.samples(), 1);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VarianceScaling {
    scale: f64,
    mode: FanMode,
    distribution: Distribution,
    axes: Option<(AxisSet, AxisSet)>,
}

/// The axes of a variable, one bit each.
type AxisSet = u8;

impl VarianceScaling {
    /// With another scale, which should be above 0.
    #[must_use]
    pub const fn new(scale: f64) -> Self {
        Self { scale, mode: FanMode::FanIn, distribution: Distribution::TruncatedNormal, axes: None }
    }

    /// Divides by another fan.
    #[must_use]
    pub const fn mode(mut self, mode: FanMode) -> Self {
        self.mode = mode;
        self
    }

    /// With another distribution.
    #[must_use]
    pub const fn distribution(mut self, distribution: Distribution) -> Self {
        self.distribution = distribution;
        self
    }

    /// The fans are the products of the sizes of these axes of the variable, counted from 0. Keras:
    /// `input_axes` and `output_axes`.
    ///
    /// # Errors
    /// If an axis is not one of the four that a variable can have.
    pub fn axes(mut self, inputs: &[usize], outputs: &[usize]) -> Result<Self> {
        let set = |name: &str, axes: &[usize]| {
            axes.iter().try_fold(0, |set, &axis| match axis {
                0..=3 => Ok(set | 1 << axis),
                _ => Err(Error::argument(format!("{name} of VarianceScaling"), "axes from 0 to 3", axis)),
            })
        };
        self.axes = Some((set("input axes", inputs)?, set("output axes", outputs)?));
        Ok(self)
    }
}

impl Default for VarianceScaling {
    fn default() -> Self {
        Self::new(1.0)
    }
}

impl Initializer for VarianceScaling {
    fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]) {
        let (inputs, outputs) = match self.axes {
            Some((inputs, outputs)) => (fans_of(dims, inputs), fans_of(dims, outputs)),
            None => fans(dims),
        };
        let fan = match self.mode {
            FanMode::FanIn => inputs,
            FanMode::FanOut => outputs,
            FanMode::FanAvg => (inputs + outputs) / 2.0,
        };
        self.distribution.fill(self.scale / fan.max(1.0), random, values);
    }
}

configured! {
    [] VarianceScaling, "VarianceScaling", "keras.initializers", Default::default(), |this, fields| {
        fields.unused("seed", serde_json::Value::Null);
        fields.field("scale", &mut this.scale)?;
        fields.field("mode", &mut this.mode)?;
        fields.field("distribution", &mut this.distribution)?;
        let list = |set: AxisSet| (0..4).filter(|axis| set >> axis & 1 == 1).collect::<Vec<usize>>();
        let (mut inputs, mut outputs) = (this.axes.map(|axes| list(axes.0)), this.axes.map(|axes| list(axes.1)));
        fields.field("input_axes", &mut inputs)?;
        fields.field("output_axes", &mut outputs)?;
        if let (true, Some(inputs), Some(outputs)) = (fields.reads(), inputs, outputs) {
            *this = this.axes(&inputs, &outputs)?;
        }
    }
}

#[cfg(feature = "serde")]
crate::config::words! {
    FanMode: "fan_in" => FanMode::FanIn, "fan_out" => FanMode::FanOut, "fan_avg" => FanMode::FanAvg
}
#[cfg(feature = "serde")]
crate::config::words! {
    Distribution: "truncated_normal" | "normal" => Distribution::TruncatedNormal,
    "untruncated_normal" => Distribution::UntruncatedNormal, "uniform" => Distribution::Uniform
}
