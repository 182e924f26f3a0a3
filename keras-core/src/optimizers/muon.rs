use super::adam::AdamStep;
use super::check::{at_least_zero, below_one, share};
use super::each::each;
use super::options::{common_options, own_options};
use super::passes::{Blend, Descend, power};
use super::product::Product;
use super::state::no_slots_of;
use super::{Buffers, MAX_SLOTS, Optimizer, Options, Update, Weight};
use crate::backend::{Backend, FloatsMut};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// Muon: steps by the momentum made orthogonal, for matrices; other variables follow
/// [`Adam`](super::Adam). Keras: `Muon`, `muon`.
///
/// `m = momentum · m + g; x = g + momentum · m` (without `nesterov` `x = m`), `x = x / |x|`, then `ns_steps` times
/// `a = x xᵀ; x = muon_a · x + (muon_b · a + muon_c · a a) x`, which brings all singular values near 1, and
/// `p -= learning_rate · rms_rate · √(the larger size) · x`.
///
/// Adam has all variables that are no matrices, with "embedding" in their path (unless `exclude_embeddings` is
/// off), or with one of `exclude_layers` in it.
///
/// Defaults: learning rate 0.001, weight decay 0.004, momentum 0.95, nesterov, 5 steps of Newton and Schulz with
/// 3.4445, -4.775 and 2.0315, rms rate 0.2; Adam's betas 0.9 and 0.999, its epsilon 1e-7, its weight decay 0.004,
/// its learning rate the same.
/// Source: Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024; `rms_rate`: Liu et al.,
/// "Muon is scalable for LLM training", 2025.
///
/// ```
/// use keras_core::prelude::*;
/// let muon = Muon::new(0.02).exclude_layers(&["output"]);
/// assert_eq!(muon.slot_names(), ["momentum", "velocity"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Muon {
    options: Options,
    adam_beta_1: f64,
    adam_beta_2: f64,
    adam_weight_decay: f64,
    adam_lr_ratio: f64,
    epsilon: f64,
    exclude_layers: &'static [&'static str],
    exclude_embeddings: bool,
    muon_a: f64,
    muon_b: f64,
    muon_c: f64,
    momentum: f64,
    ns_steps: usize,
    nesterov: bool,
    rms_rate: Option<f64>,
}

impl Muon {
    /// Muon with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        let mut options = Options::new(learning_rate);
        options.weight_decay = 0.004;
        Self {
            options,
            adam_beta_1: 0.9,
            adam_beta_2: 0.999,
            adam_weight_decay: 0.004,
            adam_lr_ratio: 1.0,
            epsilon: 1e-7,
            exclude_layers: &[],
            exclude_embeddings: true,
            muon_a: 3.4445,
            muon_b: -4.775,
            muon_c: 2.0315,
            momentum: 0.95,
            ns_steps: 5,
            nesterov: true,
            rms_rate: Some(0.2),
        }
    }
    own_options! {
        /// How much of the gradients' mean Adam keeps each step, from 0 to below 1.
        adam_beta_1: f64,
        /// How much of their mean square it keeps, from 0 to below 1.
        adam_beta_2: f64,
        /// The weight decay of Adam's variables.
        adam_weight_decay: f64,
        /// What the learning rate is multiplied by for them.
        adam_lr_ratio: f64,
        /// What Adam adds to the root, so that it is not 0.
        epsilon: f64,
        /// Leaves the variables to Adam that have one of these in their path, `dense_1/kernel`.
        exclude_layers: &'static [&'static str],
        /// Leaves embeddings to Adam.
        exclude_embeddings: bool,
        /// The first number of the steps of Newton and Schulz.
        muon_a: f64,
        /// The second one.
        muon_b: f64,
        /// The third one.
        muon_c: f64,
        /// How much of the last steps is made again, from 0 to 1.
        momentum: f64,
        /// How many steps of Newton and Schulz there are.
        ns_steps: usize,
        /// Steps from where the momentum leads to.
        nesterov: bool,
        /// The size of a step's numbers, in units of the learning rate; without it that is left as it is.
        rms_rate: Option<f64>,
    }
    common_options!(options);

    /// The sizes of a matrix that does not go to Adam.
    fn matrix(&self, weight: &Weight) -> Option<[usize; 2]> {
        let embedding = || weight.path_has("embedding") || weight.layer.to_lowercase().contains("embedding");
        let excluded = self.exclude_embeddings && embedding()
            || self.exclude_layers.iter().any(|part| weight.path_has(part));
        match *weight.dims.sizes() {
            [rows, columns] if !excluded => Some([rows, columns]),
            _ => None,
        }
    }
}

impl Default for Muon {
    fn default() -> Self {
        Self::new(0.001)
    }
}

impl Optimizer for Muon {
    type Update = MuonStep;
    const NAME: &'static str = "muon";

    fn slot_names(&self) -> &'static [&'static str] {
        &["momentum", "velocity"]
    }
    fn step(&self, iteration: u64) -> MuonStep {
        let rate = self.options.learning_rate;
        let adam_rate = rate * self.adam_lr_ratio;
        let adam = AdamStep {
            step: adam_rate * (1.0 - power(self.adam_beta_2, iteration)).sqrt()
                / (1.0 - power(self.adam_beta_1, iteration)),
            keep: 1.0 - rate * self.adam_weight_decay,
            mean: 1.0 - self.adam_beta_1,
            square: 1.0 - self.adam_beta_2,
            epsilon: self.epsilon,
            amsgrad: false,
        };
        MuonStep { of: *self, adam }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
    fn by_weight(&self) -> bool {
        true
    }
    fn slot_dims(&self, slot: usize, weight: &Weight) -> Dims {
        if slot == 1 && self.matrix(weight).is_some() { Dims::new([0]) } else { weight.dims }
    }
    fn scratch(&self, weight: &Weight) -> usize {
        self.matrix(weight).map_or(0, |[rows, columns]| {
            let least = rows.min(columns);
            2 * least * least + rows * columns
        })
    }
    fn without_weight_decay(&self) -> Self {
        self.weight_decay(0.0).adam_weight_decay(0.0)
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        below_one(Self::NAME, "adam_beta_1", self.adam_beta_1)?;
        below_one(Self::NAME, "adam_beta_2", self.adam_beta_2)?;
        at_least_zero(Self::NAME, "adam_weight_decay", self.adam_weight_decay)?;
        at_least_zero(Self::NAME, "adam_lr_ratio", self.adam_lr_ratio)?;
        at_least_zero(Self::NAME, "epsilon", self.epsilon)?;
        share(Self::NAME, "momentum", self.momentum)?;
        self.rms_rate.map_or(Ok(()), |rate| at_least_zero(Self::NAME, "rms_rate", rate))
    }
}

/// One step of [`Muon`].
#[derive(Clone, Copy, Debug)]
pub struct MuonStep {
    of: Muon,
    adam: AdamStep,
}

impl Update for MuonStep {
    /// The momentum, which takes the place of the gradients: `p` are those.
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let momentum = E::of(self.of.momentum);
        if self.of.nesterov {
            each(p, g, slots, |g, _, [m]| {
                *m = momentum * *m + g;
                g + momentum * *m
            });
        } else {
            each(p, g, slots, |g, _, [m]| {
                *m = momentum * *m + g;
                *m
            });
        }
    }

    fn weight<B: Backend>(&self, device: &B, weight: &Weight, of: Buffers<'_, B>) {
        let Some([rows, columns]) = self.of.matrix(weight) else {
            return self.adam.weight(device, weight, of);
        };
        let Buffers { mut params, mut grads, slots, mut scratch } = of;
        device.update(self, B::lend(&mut grads), B::freeze(B::lend(&mut params)), slots);
        self.orthogonal(device, [rows, columns], B::lend(&mut grads), B::lend(&mut scratch));
        let options = &self.of.options;
        let larger = (rows.max(columns) as f64).sqrt();
        let rate = options.learning_rate * self.of.rms_rate.map_or(1.0, |rate| rate * larger);
        let descend = Descend { keep: options.keep(), rate };
        device.update(&descend, params, B::freeze(grads), no_slots_of::<B>(scratch));
    }
}

impl MuonStep {
    /// Brings the singular values of `x` near 1.
    fn orthogonal<B: Backend>(
        &self,
        device: &B,
        [rows, columns]: [usize; 2],
        mut x: FloatsMut<'_, B>,
        scratch: FloatsMut<'_, B>,
    ) {
        let (wide, least) = (rows <= columns, rows.min(columns));
        let norm = device.sum_of_squares(B::freeze(B::lend(&mut x))).sqrt();
        device.scale(1.0 / (norm + 1e-7), B::lend(&mut x));
        let (mut a, scratch) = B::cut(scratch, least * least);
        let (mut b, scratch) = B::cut(scratch, least * least);
        let (mut y, mut spare) = B::cut(scratch, rows * columns);
        let (square, mixed) = (Blend { keep: self.of.muon_c, take: self.of.muon_b }, self.of.muon_a);
        for _ in 0..self.of.ns_steps {
            let old = B::freeze(B::lend(&mut x));
            // A tall matrix is multiplied from the other side, instead of being transposed.
            if wide {
                Product::new([rows, rows, columns]).a(device, old, old, B::lend(&mut a));
            } else {
                Product::new([rows, columns, columns]).b(device, old, old, B::lend(&mut a));
            }
            let one = B::freeze(B::lend(&mut a));
            Product::new([least; 3]).c(device, one, one, B::lend(&mut b));
            device.update(&square, B::lend(&mut b), one, no_slots_of::<B>(B::lend(&mut spare)));
            let b = B::freeze(B::lend(&mut b));
            if wide {
                Product::new([rows, rows, columns]).c(device, b, old, B::lend(&mut y));
            } else {
                Product::new([rows, columns, columns]).c(device, old, b, B::lend(&mut y));
            }
            let mix = Blend { keep: mixed, take: 1.0 };
            let (y, spare) = (B::freeze(B::lend(&mut y)), no_slots_of::<B>(B::lend(&mut spare)));
            device.update(&mix, B::lend(&mut x), y, spare);
        }
    }
}

configured! {
    [] Muon, "Muon", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("muon", Self::default().options.weight_decay, fields)?;
        fields.field("adam_beta_1", &mut this.adam_beta_1)?;
        fields.field("adam_beta_2", &mut this.adam_beta_2)?;
        fields.field("epsilon", &mut this.epsilon)?;
        fields.field("exclude_layers", &mut this.exclude_layers)?;
        fields.field("muon_a", &mut this.muon_a)?;
        fields.field("muon_b", &mut this.muon_b)?;
        fields.field("muon_c", &mut this.muon_c)?;
        fields.field("adam_lr_ratio", &mut this.adam_lr_ratio)?;
        fields.field("momentum", &mut this.momentum)?;
        fields.field("ns_steps", &mut this.ns_steps)?;
        fields.field("nesterov", &mut this.nesterov)?;
        fields.field("exclude_embeddings", &mut this.exclude_embeddings)?;
        fields.field("adam_weight_decay", &mut this.adam_weight_decay)?;
        fields.field("rms_rate", &mut this.rms_rate)?;
    }
}
