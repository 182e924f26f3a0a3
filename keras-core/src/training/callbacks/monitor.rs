use super::Trainee;
use crate::error::{Error, Result};
use crate::training::Logs;

/// Which way a figure gets better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Larger is better where the name says so: accuracies, `auc`, `precision`, `recall`, `f1_score`,
    /// `r2_score` and their like; else smaller is.
    #[default]
    Auto,
    /// Smaller is better.
    Min,
    /// Larger is better.
    Max,
}

/// Parts of the names of Keras' metrics that grow as a model gets better.
const LARGER_IS_BETTER: [&str; 15] = [
    "acc",
    "auc",
    "precision",
    "recall",
    "f1",
    "fbeta",
    "iou",
    "io_u",
    "r2",
    "cosine_similarity",
    "correlation",
    "sensitivity",
    "specificity",
    "true_positives",
    "true_negatives",
];

/// A figure that a callback watches.
#[derive(Clone, Debug)]
pub struct Monitor {
    /// The callback, for messages.
    pub callback: &'static str,
    /// The figure.
    pub name: String,
    /// Which way it gets better.
    pub mode: Mode,
    /// How much it has to change to count.
    pub min_delta: f64,
}

impl Monitor {
    /// Keras' default: the loss of the validation data.
    pub fn new(callback: &'static str, min_delta: f64) -> Self {
        Self { callback, name: "val_loss".into(), mode: Mode::Auto, min_delta }
    }

    /// The figure's value; `None` in an epoch without validation, if it is one of those.
    ///
    /// # Errors
    /// If there is no such figure.
    pub fn value(&self, epoch: usize, logs: &Logs, trainee: &dyn Trainee) -> Result<Option<f64>> {
        if let Some(value) = logs.get(&self.name) {
            return Ok(Some(value));
        }
        let of_validation = self.name.starts_with("val_");
        if of_validation && !(epoch + 1).is_multiple_of(trainee.validation_freq().max(1)) {
            return Ok(None);
        }
        let none = of_validation && !logs.names().iter().any(|name| name.starts_with("val_"));
        let hint = if none { "; `fit` was given no validation data" } else { "" };
        Err(Error::Callback {
            callback: self.callback.into(),
            problem: format!(
                "there is no figure `{}` to monitor; there are: {}{hint}",
                self.name,
                logs.names().join(", ")
            ),
        })
    }

    /// Whether `value` is better than `than`, by the smallest change that counts. Any value is better
    /// than none, and any number than NaN.
    pub fn better(&self, value: f64, than: Option<f64>) -> bool {
        let Some(than) = than else { return true };
        if than.is_nan() {
            return !value.is_nan();
        }
        if self.larger() { value - self.min_delta.abs() > than } else { value + self.min_delta.abs() < than }
    }

    fn larger(&self) -> bool {
        match self.mode {
            Mode::Min => false,
            Mode::Max => true,
            Mode::Auto => LARGER_IS_BETTER.iter().any(|part| self.name.contains(part)),
        }
    }
}

/// The builder methods of the callbacks that watch a figure.
macro_rules! monitor_options {
    ($default:literal) => {
        #[doc = concat!("The figure that is watched. Default: `", $default, "`.")]
        #[must_use]
        pub fn monitor(mut self, figure: impl Into<String>) -> Self {
            self.monitor.name = figure.into();
            self
        }
        /// Which way the figure gets better. Default: by its name.
        #[must_use]
        pub fn mode(mut self, mode: $crate::training::callbacks::Mode) -> Self {
            self.monitor.mode = mode;
            self
        }
    };
}
pub(super) use monitor_options;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::callbacks::testing::Fake;

    fn monitor(name: &str, mode: Mode) -> Monitor {
        Monitor { name: name.into(), mode, ..Monitor::new("Test", 0.1) }
    }

    #[test]
    fn the_mode_follows_from_the_name() {
        for name in ["val_accuracy", "auc", "val_precision_1", "top_k_categorical_accuracy", "f1_score"] {
            assert!(monitor(name, Mode::Auto).larger(), "{name}");
            assert!(!monitor(name, Mode::Min).larger(), "{name}");
        }
        for name in ["loss", "val_loss", "mean_absolute_error", "val_mean_squared_error"] {
            assert!(!monitor(name, Mode::Auto).larger(), "{name}");
            assert!(monitor(name, Mode::Max).larger(), "{name}");
        }
    }

    #[test]
    fn a_change_counts_beyond_the_delta() {
        let (down, up) = (monitor("loss", Mode::Auto), monitor("acc", Mode::Auto));
        assert!(down.better(0.5, None) && down.better(f64::NAN, None));
        assert!(down.better(0.3, Some(0.5)) && !down.better(0.45, Some(0.5)) && !down.better(0.6, Some(0.5)));
        assert!(up.better(0.7, Some(0.5)) && !up.better(0.55, Some(0.5)) && !up.better(0.3, Some(0.5)));
        assert!(!down.better(f64::NAN, Some(0.5)) && !down.better(f64::NAN, Some(f64::NAN)));
        assert!(down.better(9.0, Some(f64::NAN)));
    }

    #[test]
    fn a_figure_that_is_not_there_is_an_error() {
        let logs = Logs::from_iter([("loss", 1.0), ("accuracy", 0.5)]);
        let monitor = monitor("val_loss", Mode::Auto);
        assert_eq!(
            monitor.value(0, &logs, &Fake::default()).unwrap_err().to_string(),
            "callback Test: there is no figure `val_loss` to monitor; there are: loss, accuracy; \
             `fit` was given no validation data"
        );
        let fake = Fake { validation_freq: 2, ..Fake::default() };
        assert_eq!(monitor.value(0, &logs, &fake).unwrap(), None);
        assert!(monitor.value(1, &logs, &fake).is_err());
        let logs = Logs::from_iter([("loss", 1.0), ("val_loss", 0.5)]);
        assert_eq!(monitor.value(0, &logs, &fake).unwrap(), Some(0.5));
    }
}
