//! Own parts: a loss, a metric, an optimizer, an initializer and a callback, used together.
//!
//! ```sh
//! cargo run --release --example own_parts
//! ```
//!
//! A net learns how strong concrete is *at least*, with nine chances in ten: the tenth quantile instead of the mean.
//! `docs/own-parts.md` goes through the parts one by one; `own_layer` has a layer and an activation, `adversaries` a
//! training loop.

use keras_core::backend::Random;
use keras_core::data::{Rows, Split, Standardize, Table, train_test_split};
use keras_core::element::Element;
use keras_core::initializers::Initializer;
use keras_core::losses::RowLoss;
use keras_core::metrics::{Batch, Metric};
use keras_core::optimizers::{MAX_SLOTS, Options, Update};
use keras_core::prelude::*;
use keras_core::shape::Dims;
use keras_core::training::callbacks::{Callback, Trainee};
use keras_core::{Error, Result};

/// The pinball loss, whose smallest value is at a quantile: `mean(max(q · e, (q - 1) · e))`, `e = y_true - y_pred`.
#[derive(Clone, Copy, Debug)]
pub struct Quantile(f64);

/// What one row costs, and its gradient.
impl<S: Shape> RowLoss<S> for Quantile {
    fn row<E: Element>(&self, y_true: &[E], y_pred: &[E], mut gradient: Option<&mut [E]>) -> E {
        let (above, below) = (E::of(self.0), E::of(self.0 - 1.0));
        let share = E::of(1.0 / y_pred.len() as f64);
        let mut sum = E::ZERO;
        for (i, (&t, &p)) in y_true.iter().zip(y_pred).enumerate() {
            let error = t - p;
            let slope = if error > E::ZERO { above } else { below };
            sum += slope * error;
            if let Some(gradient) = &mut gradient {
                gradient[i] = -slope * share;
            }
        }
        sum * share
    }
}

/// For outputs of any shape, compared with targets of the same.
impl<S: Shape> Loss<S> for Quantile {
    type Target = S;
    const NAME: &'static str = "quantile";

    fn check_target<E: Element>(&self, _: &Rows<'_, E>) -> Result<()> {
        if self.0 > 0.0 && self.0 < 1.0 {
            return Ok(());
        }
        Err(Error::argument("the quantile", "a number between 0 and 1", self.0))
    }
}

/// The share of targets above the prediction.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShareAbove {
    above: f64,
    all: f64,
}

impl<S: Shape> Metric<S, S> for ShareAbove {
    fn name(&self) -> &str {
        "share_above"
    }
    fn reset(&mut self) {
        *self = Self::default();
    }
    fn update<E: Element>(&mut self, batch: &Batch<'_, E, E>) {
        self.above += batch.y_true.iter().zip(batch.y_pred).filter(|(t, p)| t > p).count() as f64;
        self.all += batch.y_true.len() as f64;
    }
    fn result(&self) -> f64 {
        if self.all == 0.0 { 0.0 } else { self.above / self.all }
    }
}

/// Steps of one length in the direction of a running mean of the gradients.
#[derive(Clone, Copy, Debug)]
pub struct SignMomentum {
    options: Options,
}

impl SignMomentum {
    /// With this length of a step.
    pub const fn new(learning_rate: f64) -> Self {
        Self { options: Options::new(learning_rate) }
    }
}

impl Optimizer for SignMomentum {
    type Update = SignStep;
    const NAME: &'static str = "sign_momentum";

    // One state array, as long as the parameters, zeros at first.
    fn slot_names(&self) -> &'static [&'static str] {
        &["momentum"]
    }
    fn step(&self, _iteration: u64) -> SignStep {
        SignStep { rate: self.options.learning_rate }
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }
}

/// The numbers of one step, and its formula, over all parameters at once.
pub struct SignStep {
    rate: f64,
}

impl Update for SignStep {
    fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
        let (rate, keep, fresh) = (E::of(self.rate), E::of(0.9), E::of(0.1));
        let [momentum, ..] = slots;
        for ((p, &g), m) in p.iter_mut().zip(g).zip(momentum) {
            *m = keep * *m + fresh * g;
            *p += if *m > E::ZERO { -rate } else { rate };
        }
    }
}

/// Each unit sees a few inputs only, at first.
#[derive(Clone, Copy, Debug)]
pub struct Sparse {
    connections: usize,
}

impl Sparse {
    /// With so many inputs for each unit.
    pub const fn new(connections: usize) -> Self {
        Self { connections }
    }
}

impl Initializer for Sparse {
    fn fill(&self, dims: Dims, random: &mut Random, values: &mut [f32]) {
        let units = dims.last();
        let inputs = values.len() / units.max(1);
        values.fill(0.0);
        for unit in 0..units {
            for _ in 0..self.connections {
                let input = random.below(inputs as u64) as usize;
                values[input * units + unit] = random.normal() as f32;
            }
        }
    }
}

/// Halves the learning rate every so many epochs, and says so.
struct Halve {
    every: usize,
}

impl Callback for Halve {
    fn on_epoch_end(&mut self, epoch: usize, logs: &mut Logs, trainee: &mut dyn Trainee) -> Result<()> {
        if (epoch + 1).is_multiple_of(self.every) {
            let rate = trainee.learning_rate() / 2.0;
            println!("epoch {}: loss {:.3}, from now on {rate:.5}", epoch + 1, logs["loss"]);
            trainee.set_learning_rate(rate)?;
        }
        Ok(())
    }
}

sequential! {
    /// How strong concrete is, at least.
    pub struct AtLeast<
        Dense<8, 64, Silu, kernel_initializer = Sparse::new(3)>,
        Dense<_, 64, Silu>,
        Dense<_, 1>,
    >
}

fn main() -> Result<()> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/tabular/concrete_strength.csv");
    let table = Table::read(file)?.drop_missing(&[])?;
    let names: Vec<&str> = table.names().iter().map(String::as_str).collect();
    let inputs: Vec<&str> = names.iter().copied().filter(|name| *name != "compressive_strength").collect();
    let (x, y) = (table.columns(&inputs)?, table.column("compressive_strength")?);
    let Split { x_train, y_train, x_test, y_test } = train_test_split(&x, &y, 0.2, 7)?;
    let scale = Standardize::fit(&x_train)?;

    let mut model =
        AtLeast::<Cpu>::new(7).compile(SignMomentum::new(0.002), Quantile(0.1), (ShareAbove::default(),));
    let fit = Fit::epochs(30).verbose(Verbose::Silent).callback(Halve { every: 10 });
    model.fit(&scale.apply(&x_train)?, &y_train, fit)?;
    let scores = model.evaluate(&scale.apply(&x_test)?, &y_test)?;
    println!("{:.2} of the test set is at least as strong as promised", scores["share_above"]);
    Ok(())
}
