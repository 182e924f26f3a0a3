use super::check::{at_least_zero, at_most_zero, positive};
use super::each::each;
use super::options::{common_options, own_options};
use super::passes::{Blend, Descend, Fill, OverRoot, Root, Squares};
use super::product::Product;
use super::state::no_slots_of;
use super::{Buffers, MAX_SLOTS, Optimizer, Options, Update, Weight};
use crate::backend::{Backend, Floats, FloatsMut};
use crate::config::configured;
use crate::element::Element;
use crate::error::Result;
use crate::shape::Dims;

/// Adafactor: divides by the roots of mean squares that are kept for rows and columns instead of single
/// numbers; steps are as long as each variable is large. Keras: `Adafactor`, `adafactor`.
///
/// In step `t`, counted from 1, with `b = 1 - t ^ beta_2_decay` and `q = g² + epsilon_1`, for the last two
/// dimensions of a variable:
/// `r = b · r + (1 - b) · mean of q's rows; c = b · c + (1 - b) · mean of q's columns; v = r · c / mean(r)`;
/// for one dimension alone `v = b · v + (1 - b) · q`. Then
/// `u = g / √v; p -= max(epsilon_2, rms(p)) · min(learning_rate, 1 / √t) · u / max(1, rms(u) / clip_threshold)`.
///
/// Defaults: learning rate 0.001, beta 2 decay -0.8, epsilon 1 1e-30, epsilon 2 0.001, clip threshold 1,
/// relative step. The steps get shorter with `t` with and without `relative_step`, as in Keras.
/// Source: Shazeer and Stern, "Adafactor: adaptive learning rates with sublinear memory cost", 2018.
///
/// ```
/// use keras_core::prelude::*;
/// let adafactor = Adafactor::new(0.01).clip_threshold(0.5);
/// assert_eq!(adafactor.slot_names(), ["r", "c", "velocity"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adafactor {
    options: Options,
    beta_2_decay: f64,
    epsilon_1: f64,
    epsilon_2: f64,
    clip_threshold: f64,
    relative_step: bool,
}

impl Adafactor {
    /// Adafactor with this learning rate.
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        Self {
            options: Options::new(learning_rate),
            beta_2_decay: -0.8,
            epsilon_1: 1e-30,
            epsilon_2: 1e-3,
            clip_threshold: 1.0,
            relative_step: true,
        }
    }
    own_options! {
        /// The power of the steps made that says how much of the mean squares is forgotten, at most 0.
        beta_2_decay: f64,
        /// What is added to the squares, so that their means are not 0.
        epsilon_1: f64,
        /// The least size that a variable is taken to have.
        epsilon_2: f64,
        /// How large the root mean square of a step may be, in units of the learning rate.
        clip_threshold: f64,
        /// Whether the learning rate is at most `1 / √t`.
        relative_step: bool,
    }
    common_options!(options);
}

impl Default for Adafactor {
    fn default() -> Self {
        Self::new(0.001)
    }
}

/// The blocks of a variable, and the rows and columns of each.
fn table(dims: Dims) -> Option<[usize; 3]> {
    match *dims.sizes() {
        [ref blocks @ .., rows, columns] => Some([blocks.iter().product(), rows, columns]),
        _ => None,
    }
}

impl Optimizer for Adafactor {
    type Update = AdafactorStep;
    const NAME: &'static str = "adafactor";

    fn slot_names(&self) -> &'static [&'static str] {
        &["r", "c", "velocity"]
    }
    fn step(&self, iteration: u64) -> AdafactorStep {
        let step = iteration as f64;
        AdafactorStep {
            rate: self.options.learning_rate.min(1.0 / step.sqrt()),
            keep: self.options.keep(),
            beta: 1.0 - step.powf(self.beta_2_decay),
            epsilon: self.epsilon_1,
            least: self.epsilon_2,
            threshold: self.clip_threshold,
        }
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
        let dims = weight.dims;
        match (slot, dims.rank) {
            (2, _) => dims,
            (_, 0 | 1) => Dims::new([0]),
            (0, rank) => {
                Dims { rank: rank - 1, d: core::array::from_fn(|i| if i < rank - 1 { dims.d[i] } else { 0 }) }
            }
            (_, rank) => {
                let mut less = Dims { rank: rank - 1, ..dims };
                less.d[rank - 2] = dims.d[rank - 1];
                less.d[rank - 1] = 0;
                less
            }
        }
    }
    fn scratch(&self, weight: &Weight) -> usize {
        table(weight.dims).map_or(0, |[_, rows, columns]| rows + 2 * columns)
    }
    fn check(&self) -> Result<()> {
        self.options.check(Self::NAME)?;
        at_most_zero(Self::NAME, "beta_2_decay", self.beta_2_decay)?;
        at_least_zero(Self::NAME, "epsilon_1", self.epsilon_1)?;
        at_least_zero(Self::NAME, "epsilon_2", self.epsilon_2)?;
        positive(Self::NAME, "clip_threshold", self.clip_threshold)
    }
}

/// One step of [`Adafactor`].
#[derive(Clone, Copy, Debug)]
pub struct AdafactorStep {
    rate: f64,
    keep: f64,
    beta: f64,
    epsilon: f64,
    least: f64,
    threshold: f64,
}

impl Update for AdafactorStep {
    /// The direction of a variable without rows and columns, which takes the place of the gradients:
    /// `p` are those.
    #[inline(always)]
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (beta, fresh, epsilon) = (E::of(self.beta), E::of(1.0 - self.beta), E::of(self.epsilon));
        each(p, g, slots, |g, _, [v]| {
            *v = beta * *v + fresh * (g * g + epsilon);
            g / v.sqrt()
        });
    }

    fn weight<B: Backend>(&self, device: &B, weight: &Weight, of: Buffers<'_, B>) {
        let Buffers { mut params, mut grads, slots, mut scratch } = of;
        let n = weight.dims.numel();
        if n == 0 {
            return;
        }
        let [mut r, mut c, mut v, mut more] = slots;
        if let Some([blocks, rows, columns]) = table(weight.dims) {
            let (mut g, size) = (B::lend(&mut grads), rows * columns);
            for _ in 0..blocks {
                let (mut r_block, mut c_block, mut v_block, mut g_block);
                (r_block, r) = B::cut(r, rows);
                (c_block, c) = B::cut(c, columns);
                (v_block, v) = B::cut(v, size);
                (g_block, g) = B::cut(g, size);
                let block = [
                    B::lend(&mut r_block),
                    B::lend(&mut c_block),
                    B::lend(&mut v_block),
                    B::lend(&mut g_block),
                ];
                self.factor(device, [rows, columns], block, B::lend(&mut scratch));
            }
        } else {
            let slots = [B::lend(&mut v), B::lend(&mut r), B::lend(&mut c), B::lend(&mut more)];
            device.update(self, B::lend(&mut grads), B::freeze(B::lend(&mut params)), slots);
        }
        let rms = |x: Floats<'_, B>| (device.sum_of_squares(x) / n as f64).sqrt();
        let size = self.keep.abs() * rms(B::freeze(B::lend(&mut params)));
        let direction = B::freeze(grads);
        let rate = size.max(self.least) * self.rate / (rms(direction) / self.threshold).max(1.0);
        device.update(&Descend { keep: self.keep, rate }, params, direction, no_slots_of::<B>(scratch));
    }
}

impl AdafactorStep {
    /// The mean squares of the rows, the columns and the elements of a table, and its direction in place of the
    /// gradients.
    fn factor<B: Backend>(
        &self,
        device: &B,
        [rows, columns]: [usize; 2],
        [mut r, mut c, mut v, mut g]: [FloatsMut<'_, B>; 4],
        scratch: FloatsMut<'_, B>,
    ) {
        let (mut row, scratch) = B::cut(scratch, rows);
        let (mut column, mut spare) = B::cut(scratch, columns);
        let fresh = Blend { keep: self.beta, take: 1.0 - self.beta };
        macro_rules! pass {
            ($pass:expr, $y:ident, $x:ident, $len:expr) => {{
                let (x, _) = B::cut(B::lend(&mut $x), $len);
                let (y, rest) = B::cut(B::lend(&mut $y), $len);
                device.update(&$pass, y, B::freeze(x), no_slots_of::<B>(rest));
            }};
        }
        pass!(Squares { epsilon: self.epsilon }, v, g, rows * columns);
        let (mean, variance) = (B::lend(&mut column), B::cut(B::lend(&mut spare), columns).0);
        device.moments(columns, B::freeze(B::lend(&mut v)), mean, variance);
        pass!(fresh, c, column, columns);
        pass!(Fill { value: 1.0 / columns as f64 }, spare, column, columns);
        let part = Product::new([rows, columns, 1]);
        let ones = B::freeze(B::cut(B::lend(&mut spare), columns).0);
        part.c(device, B::freeze(B::lend(&mut v)), ones, B::lend(&mut row));
        pass!(fresh, r, row, rows);
        // The sum of r is that of its roots' squares.
        pass!(Root {}, row, r, rows);
        let mean = device.sum_of_squares(B::freeze(B::lend(&mut row))) / rows as f64;
        device.copy(B::freeze(B::lend(&mut r)), B::lend(&mut row));
        device.scale(1.0 / mean, B::lend(&mut row));
        let outer = Product::new([rows, 1, columns]);
        outer.c(device, B::freeze(row), B::freeze(c), B::lend(&mut v));
        pass!(OverRoot {}, g, v, rows * columns);
    }
}

configured! {
    [] Adafactor, "Adafactor", "keras.optimizers", Default::default(), |this, fields| {
        this.options.configure("adafactor", Self::default().options.weight_decay, fields)?;
        fields.field("beta_2_decay", &mut this.beta_2_decay)?;
        fields.field("epsilon_1", &mut this.epsilon_1)?;
        fields.field("epsilon_2", &mut this.epsilon_2)?;
        fields.field("clip_threshold", &mut this.clip_threshold)?;
        fields.field("relative_step", &mut this.relative_step)?;
    }
}
