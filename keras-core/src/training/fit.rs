use ndarray::ArrayView1;

use super::callbacks::Callback;
use super::progress::Verbose;
use crate::error::{Error, Result};

/// What weighs how much.
#[derive(Default)]
pub(crate) struct Weighting<'a> {
    pub samples: Option<ArrayView1<'a, f32>>,
    pub classes: Vec<(usize, f64)>,
}

/// No validation data: the default of [`Fit`].
#[derive(Clone, Copy, Debug, Default)]
pub struct NoValidation;

/// How to train: the arguments of Keras' `fit`, with its defaults.
///
/// ```
/// use keras_core::prelude::*;
/// let fit = Fit::epochs(10).batch_size(64).validation_split(0.1).shuffle(false);
/// # let _ = fit;
/// ```
pub struct Fit<'a, V = NoValidation> {
    pub(crate) epochs: usize,
    pub(crate) batch_size: usize,
    pub(crate) initial_epoch: usize,
    pub(crate) shuffle: bool,
    pub(crate) shuffle_seed: Option<u64>,
    pub(crate) steps_per_epoch: Option<usize>,
    pub(crate) validation_split: f64,
    pub(crate) validation: V,
    pub(crate) validation_steps: Option<usize>,
    pub(crate) validation_batch_size: Option<usize>,
    pub(crate) validation_freq: usize,
    pub(crate) weighting: Weighting<'a>,
    pub(crate) verbose: Verbose,
    pub(crate) callbacks: Vec<Box<dyn Callback + 'a>>,
}

impl Default for Fit<'_> {
    fn default() -> Self {
        Self::epochs(1)
    }
}

impl Fit<'_> {
    /// So many times over the data. The epochs are counted from the first one of all, so a training
    /// with [`initial_epoch(5)`](Self::initial_epoch) and 10 epochs makes five.
    #[must_use]
    pub fn epochs(epochs: usize) -> Self {
        Self {
            epochs,
            batch_size: super::predict::BATCH,
            initial_epoch: 0,
            shuffle: true,
            shuffle_seed: None,
            steps_per_epoch: None,
            validation_split: 0.0,
            validation: NoValidation,
            validation_steps: None,
            validation_batch_size: None,
            validation_freq: 1,
            weighting: Weighting::default(),
            verbose: Verbose::default(),
            callbacks: Vec::new(),
        }
    }
}

impl<'a, V> Fit<'a, V> {
    /// How many samples a step has. Default: 32. The last batch of an epoch may be smaller.
    #[must_use]
    pub fn batch_size(mut self, samples: usize) -> Self {
        self.batch_size = samples;
        self
    }

    /// The number of the first epoch, where a training goes on. Default: 0.
    #[must_use]
    pub fn initial_epoch(mut self, epoch: usize) -> Self {
        self.initial_epoch = epoch;
        self
    }

    /// Whether each epoch has its own order of the samples. Default: yes.
    #[must_use]
    pub fn shuffle(mut self, shuffle: bool) -> Self {
        self.shuffle = shuffle;
        self
    }

    /// Where the orders come from. Default: the model's seed.
    #[must_use]
    pub fn shuffle_seed(mut self, seed: u64) -> Self {
        self.shuffle_seed = Some(seed);
        self
    }

    /// How many steps an epoch has. Default: as many as there are batches. The next epoch goes on
    /// where this one stops. An epoch that comes to the last sample before ends there, as in Keras.
    #[must_use]
    pub fn steps_per_epoch(mut self, steps: usize) -> Self {
        self.steps_per_epoch = Some(steps);
        self
    }

    /// Takes this share of the samples, the last ones before any shuffling, for validation. Default: 0.
    #[must_use]
    pub fn validation_split(mut self, share: f64) -> Self {
        self.validation_split = share;
        self
    }

    /// Evaluates on this data after an epoch. It takes the place of a validation split.
    #[must_use]
    pub fn validation_data<'v, X: ?Sized, Y: ?Sized>(self, x: &'v X, y: &'v Y) -> Fit<'a, (&'v X, &'v Y)> {
        Fit {
            validation: (x, y),
            epochs: self.epochs,
            batch_size: self.batch_size,
            initial_epoch: self.initial_epoch,
            shuffle: self.shuffle,
            shuffle_seed: self.shuffle_seed,
            steps_per_epoch: self.steps_per_epoch,
            validation_split: 0.0,
            validation_steps: self.validation_steps,
            validation_batch_size: self.validation_batch_size,
            validation_freq: self.validation_freq,
            weighting: self.weighting,
            verbose: self.verbose,
            callbacks: self.callbacks,
        }
    }

    /// How many batches of the validation data are looked at. Default: all.
    #[must_use]
    pub fn validation_steps(mut self, steps: usize) -> Self {
        self.validation_steps = Some(steps);
        self
    }

    /// The batch size of the validation. Default: that of the training.
    #[must_use]
    pub fn validation_batch_size(mut self, samples: usize) -> Self {
        self.validation_batch_size = Some(samples);
        self
    }

    /// Validates after every so many epochs. Default: 1.
    #[must_use]
    pub fn validation_freq(mut self, epochs: usize) -> Self {
        self.validation_freq = epochs;
        self
    }

    /// A weight for each sample's loss: `&Array1<f32>`, `&[f32]`, `&Vec<f32>`.
    #[must_use]
    pub fn sample_weight(mut self, weights: impl Into<ArrayView1<'a, f32>>) -> Self {
        self.weighting.samples = Some(weights.into());
        self
    }

    /// A weight for the loss of each class's samples: `[(0, 1.0), (1, 5.0)]`. Others weigh 1.
    #[must_use]
    pub fn class_weight(mut self, weights: impl IntoIterator<Item = (usize, f64)>) -> Self {
        self.weighting.classes = weights.into_iter().collect();
        self
    }

    /// What is shown. Default: [`Verbose::Auto`].
    #[must_use]
    pub fn verbose(mut self, verbose: Verbose) -> Self {
        self.verbose = verbose;
        self
    }

    /// Adds a callback; `&mut callback` keeps it for later questions.
    #[must_use]
    pub fn callback(mut self, callback: impl Callback + 'a) -> Self {
        self.callbacks.push(Box::new(callback));
        self
    }

    /// An error for the first argument that makes no sense.
    pub(crate) fn check(&self) -> Result<()> {
        let positive = [
            ("epochs", Some(self.epochs)),
            ("batch_size", Some(self.batch_size)),
            ("steps_per_epoch", self.steps_per_epoch),
            ("validation_steps", self.validation_steps),
            ("validation_batch_size", self.validation_batch_size),
            ("validation_freq", Some(self.validation_freq)),
        ];
        for (name, value) in positive {
            if value == Some(0) {
                return Err(Error::argument(name, "at least 1", 0));
            }
        }
        if self.initial_epoch > self.epochs {
            let expected = format!("at most the number of epochs, {}", self.epochs);
            return Err(Error::argument("initial_epoch", expected, self.initial_epoch));
        }
        if !(0.0..1.0).contains(&self.validation_split) {
            let expected = "a share from 0 to below 1";
            return Err(Error::argument("validation_split", expected, self.validation_split));
        }
        Ok(())
    }
}
