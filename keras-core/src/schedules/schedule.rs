use core::fmt;

use super::{
    CosineDecay, CosineDecayRestarts, ExponentialDecay, InverseTimeDecay, LearningRateSchedule,
    PiecewiseConstantDecay, PolynomialDecay,
};
use crate::error::Result;

/// Any schedule, as an optimizer keeps it: a plain value that can be copied and compared.
///
/// Each schedule becomes one by itself, and so does a closure that gives the rate of a step, counted
/// from 0; for schedules of your own there is [`own`](Self::own).
///
/// ```
/// use keras_core::prelude::*;
/// let cosine = Adam::default().schedule(CosineDecay::new(0.01, 1000));
/// let peak = 0.5;
/// let line = Adam::default().schedule(move |step| peak / (1 + step) as f64);
/// assert_eq!(line.learning_rate_at(1), 0.25);
/// assert_ne!(cosine, line);
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Schedule {
    /// [`CosineDecay`]
    CosineDecay(CosineDecay),
    /// [`CosineDecayRestarts`]
    CosineDecayRestarts(CosineDecayRestarts),
    /// [`ExponentialDecay`]
    ExponentialDecay(ExponentialDecay),
    /// [`InverseTimeDecay`]
    InverseTimeDecay(InverseTimeDecay),
    /// [`PiecewiseConstantDecay`]
    PiecewiseConstantDecay(PiecewiseConstantDecay),
    /// [`PolynomialDecay`]
    PolynomialDecay(PolynomialDecay),
    /// One of your own, or a closure.
    Own(&'static dyn LearningRateSchedule),
}

impl Schedule {
    /// A schedule of your own. It is kept until the program ends, so that optimizers stay plain values.
    #[must_use]
    pub fn own(schedule: impl LearningRateSchedule + 'static) -> Self {
        Self::Own(Box::leak(Box::new(Kept { schedule, _address: 0 })))
    }

    fn inner(&self) -> &dyn LearningRateSchedule {
        match self {
            Self::CosineDecay(schedule) => schedule,
            Self::CosineDecayRestarts(schedule) => schedule,
            Self::ExponentialDecay(schedule) => schedule,
            Self::InverseTimeDecay(schedule) => schedule,
            Self::PiecewiseConstantDecay(schedule) => schedule,
            Self::PolynomialDecay(schedule) => schedule,
            Self::Own(schedule) => *schedule,
        }
    }
}

impl LearningRateSchedule for Schedule {
    fn at(&self, step: u64) -> f64 {
        self.inner().at(step)
    }
    fn check(&self) -> Result<()> {
        self.inner().check()
    }
}

impl PartialEq for Schedule {
    /// Closures and schedules of your own are equal where they are the same one.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::CosineDecay(a), Self::CosineDecay(b)) => a == b,
            (Self::CosineDecayRestarts(a), Self::CosineDecayRestarts(b)) => a == b,
            (Self::ExponentialDecay(a), Self::ExponentialDecay(b)) => a == b,
            (Self::InverseTimeDecay(a), Self::InverseTimeDecay(b)) => a == b,
            (Self::PiecewiseConstantDecay(a), Self::PiecewiseConstantDecay(b)) => a == b,
            (Self::PolynomialDecay(a), Self::PolynomialDecay(b)) => a == b,
            (Self::Own(a), Self::Own(b)) => core::ptr::addr_eq(*a, *b),
            _ => false,
        }
    }
}

impl<F: Fn(u64) -> f64 + Send + Sync + 'static> From<F> for Schedule {
    fn from(rate: F) -> Self {
        Self::own(Closure(rate))
    }
}

macro_rules! from {
    ($($name:ident)*) => {$(
        impl From<$name> for Schedule {
            fn from(schedule: $name) -> Self {
                Self::$name(schedule)
            }
        }
    )*};
}
from!(CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay PiecewiseConstantDecay PolynomialDecay);

struct Closure<F>(F);

impl<F> fmt::Debug for Closure<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("closure")
    }
}

impl<F: Fn(u64) -> f64 + Send + Sync> LearningRateSchedule for Closure<F> {
    fn at(&self, step: u64) -> f64 {
        (self.0)(step)
    }
}

/// A schedule with an address that no other one has, even if it has no size.
#[derive(Debug)]
struct Kept<S> {
    schedule: S,
    _address: u8,
}

impl<S: LearningRateSchedule> LearningRateSchedule for Kept<S> {
    fn at(&self, step: u64) -> f64 {
        self.schedule.at(step)
    }
    fn check(&self) -> Result<()> {
        self.schedule.check()
    }
}

#[cfg(feature = "serde")]
impl Schedule {
    pub(crate) fn to_config(self) -> Result<serde_json::Value> {
        match self {
            Self::CosineDecay(schedule) => crate::config::object(&schedule),
            Self::CosineDecayRestarts(schedule) => crate::config::object(&schedule),
            Self::ExponentialDecay(schedule) => crate::config::object(&schedule),
            Self::InverseTimeDecay(schedule) => crate::config::object(&schedule),
            Self::PiecewiseConstantDecay(schedule) => crate::config::object(&schedule),
            Self::PolynomialDecay(schedule) => crate::config::object(&schedule),
            Self::Own(own) => Err(crate::config::unwritable("schedule", own)),
        }
    }
}

/// Schedules have no defaults: a name alone is not enough.
#[cfg(feature = "serde")]
impl core::str::FromStr for Schedule {
    type Err = crate::error::Error;
    fn from_str(word: &str) -> Result<Self> {
        let names = keras_shapes::names::SCHEDULES;
        Err(match names.find(word) {
            Some(name) => {
                crate::names::unfit(names, word, &format!("`{}` with its configuration", name.class))
            }
            None => crate::names::unknown(names, word),
        })
    }
}

#[cfg(feature = "serde")]
crate::config::any_configured! {
    Schedule, SCHEDULES, |this| this.to_config();
    CosineDecay => CosineDecay;
    CosineDecayRestarts => CosineDecayRestarts;
    ExponentialDecay => ExponentialDecay;
    InverseTimeDecay => InverseTimeDecay;
    PiecewiseConstantDecay => PiecewiseConstantDecay;
    PolynomialDecay => PolynomialDecay;
}
