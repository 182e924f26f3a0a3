use super::check::{at_least_zero, below_one, positive, share};
use super::each::each;
use super::options::{common_options, own_options};
use super::passes::power;
use super::{MAX_SLOTS, Optimizer, Options, Start, Update};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;

/// Adam whose steps need no schedule: gradients are taken between where plain steps lead to and the mean of
/// all these places. Keras: `ScheduleFreeAdamW`, `schedulefreeadamw`.
///
/// `v = beta_2 · v + (1 - beta_2) · g²; z' = z - learning_rate · g / (√(v / (1 - beta_2ᵗ)) + epsilon)`,
/// and in step `t`, counted from 1, `x = (p - (1 - beta_1) · z) / beta_1; x' = (1 - 1/t) · x + 1/t · z';
/// p = (1 - beta_1) · z' + beta_1 · x'`. `z`, which Keras calls momentum, begins as the parameters. In the first
/// `warmup_steps` steps the learning rate is `t / warmup_steps` of itself.
///
/// That is [`exact(true)`](Self::exact), and what Keras documents. On TensorFlow, though, Keras 3.15 takes `z'` for `z` in
/// the formula of `x`, so that `p = (1 - 1/t) · p + 1/t · z'` and beta 1 makes no difference: this is the default here, so
/// that the numbers are Keras'.
///
/// Defaults: learning rate 0.0025, beta 1 0.9, beta 2 0.999, epsilon 1e-8, no warm-up.
/// Source: Defazio et al., "The road less scheduled", 2024.
///
/// ```
/// use keras_core::prelude::*;
/// let optimizer = ScheduleFreeAdamW::new(0.01).warmup_steps(100);
/// assert_eq!(optimizer.slot_names(), ["momentum", "velocity"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScheduleFreeAdamW {
    options: Options,
    beta_1: f64,
    beta_2: f64,
    epsilon: f64,
    warmup_steps: u64,
    exact: bool,
}

impl ScheduleFreeAdamW {
    /// ScheduleFreeAdamW with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        let options = Options::new(learning_rate);
        Self { options, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-8, warmup_steps: 0, exact: false }
    }
    own_options! {
        /// The share of the mean in the place of the gradients, above 0 and at most 1.
        beta_1: f64,
        /// How much of the mean square is kept, from 0 to below 1.
        beta_2: f64,
        /// What is added to the root, so that it is not 0.
        epsilon: f64,
        /// In how many steps the learning rate rises.
        warmup_steps: u64,
        /// As in the paper, and as Keras on JAX, instead of as Keras on TensorFlow.
        exact: bool,
    }
    common_options!(options);
}

impl Default for ScheduleFreeAdamW {
    fn default() -> Self {
        Self::new(0.0025)
    }
}

impl Optimizer for ScheduleFreeAdamW {
    type Update = ScheduleFreeAdamWStep;
    const NAME: &'static str = "schedulefreeadamw";

    fn slot_names(&self) -> &'static [&'static str] {
        &["momentum", "velocity"]
    }
    fn step(&self, iteration: u64) -> ScheduleFreeAdamWStep {
        // Keras takes the betas as they are in 32 bits, also where it computes in 64.
        let [beta_1, beta_2] = [self.beta_1, self.beta_2].map(|beta| f64::from(beta as f32));
        let step = iteration as f64;
        let warmup = if self.warmup_steps > 0 { (step / self.warmup_steps as f64).min(1.0) } else { 1.0 };
        ScheduleFreeAdamWStep {
            rate: self.options.learning_rate * warmup,
            keep: self.options.keep(),
            beta_1,
            square: 1.0 - beta_2,
            unbias: 1.0 / (1.0 - power(beta_2, iteration)),
            epsilon: self.epsilon,
            weight: 1.0 / step,
            exact: self.exact,
        }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn slot_start(&self, slot: usize) -> Start {
        if slot == 0 { Start::Params } else { Start::Value(0.0) }
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        positive(Self::NAME, "beta_1", self.beta_1)?;
        share(Self::NAME, "beta_1", self.beta_1)?;
        below_one(Self::NAME, "beta_2", self.beta_2)?;
        at_least_zero(Self::NAME, "epsilon", self.epsilon)
    }
}

/// One step of [`ScheduleFreeAdamW`].
#[derive(Clone, Copy, Debug)]
pub struct ScheduleFreeAdamWStep {
    rate: f64,
    keep: f64,
    beta_1: f64,
    square: f64,
    unbias: f64,
    epsilon: f64,
    weight: f64,
    exact: bool,
}

impl Update for ScheduleFreeAdamWStep {
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (rate, keep, epsilon) = (E::of(self.rate), E::of(self.keep), E::of(self.epsilon));
        let (square, unbias) = (E::of(self.square), E::of(self.unbias));
        // x drops out but for its share of p: p = beta · (1 - w) · x + (1 - beta · (1 - w)) · z'.
        let old = E::of(1.0 - self.weight);
        let (behind, ahead) = if self.exact {
            ((1.0 - self.beta_1) * (1.0 - self.weight), 1.0 - self.beta_1 * (1.0 - self.weight))
        } else {
            (0.0, self.weight)
        };
        let (behind, ahead) = (E::of(behind), E::of(ahead));
        each(p, g, slots, |p, g, [z, v]| {
            *v += (g * g - *v) * square;
            let share = p * keep * old - behind * *z;
            *z -= rate * g / ((*v * unbias).sqrt() + epsilon);
            share + ahead * *z
        });
    }
}

configured! {
    [] ScheduleFreeAdamW, "ScheduleFreeAdamW", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("schedule_free_adam_w", Self::default().options.weight_decay, fields)?;
        fields.field("beta_1", &mut this.beta_1)?;
        fields.field("beta_2", &mut this.beta_2)?;
        fields.field("epsilon", &mut this.epsilon)?;
        fields.field("warmup_steps", &mut this.warmup_steps)?;
        fields.own("exact", &mut this.exact, false)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Cpu;
    use crate::optimizers::OptimizerState;

    /// The formulas of the paper, as they stand there.
    #[test]
    fn exact_is_the_paper() {
        let cpu = Cpu::<f64>::default();
        let optimizer = ScheduleFreeAdamW::new(0.1).beta_1(0.5).beta_2(0.75).exact(true);
        let mut params = vec![1.0].into();
        let mut state = OptimizerState::new(&cpu, &optimizer, 1).unwrap();
        let (mut x, mut z, mut v) = (1.0, 1.0, 0.0);
        state.slot_mut("momentum").unwrap()[0] = 1.0;
        for (step, g) in [0.5, -1.0, 2.0].into_iter().enumerate() {
            let t = step as f64 + 1.0;
            v = 0.75 * v + 0.25 * g * g;
            z -= 0.1 * g / ((v / (1.0 - 0.75_f64.powf(t))).sqrt() + 1e-8);
            x += (z - x) / t;
            state.apply(&cpu, &optimizer, &[], &mut params, &mut vec![g].into()).unwrap();
            let y = 0.5 * z + 0.5 * x;
            assert!((params[0] - y).abs() < 1e-12, "{} and {y}", params[0]);
        }
    }
}
