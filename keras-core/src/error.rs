//! What can go wrong at run time: one enum, and every message says what was expected, what came, and where.

use std::path::PathBuf;

/// `Ok`, or an [`Error`].
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// What was wrong with the data, a file, an argument or a device.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An array's shape is not the one that the model takes.
    #[error(
        "{name}: axis {axis} should be {expected}, but is {found} (expected shape {expected_shape}, found {found_shape})"
    )]
    Shape {
        /// Which array: `x`, `y`, `validation x`, ..
        name: String,
        /// The axis at fault, the batch being axis 0.
        axis: usize,
        /// The size it should have.
        expected: usize,
        /// The size it has.
        found: usize,
        /// The whole shape that was expected, the batch written `n`.
        expected_shape: String,
        /// The whole shape that came.
        found_shape: String,
    },
    /// An array's number of axes is not the one that the model takes.
    #[error("{name}: expected {expected_shape}, {expected} axes, but found {found}: {found_shape}")]
    Rank {
        /// Which array.
        name: String,
        /// How many axes it should have, the batch included.
        expected: usize,
        /// How many it has.
        found: usize,
        /// The whole shape that was expected, the batch written `n`.
        expected_shape: String,
        /// The whole shape that came.
        found_shape: String,
    },
    /// There is nothing in an array.
    #[error("{name} is empty: at least one sample is needed")]
    Empty {
        /// Which array.
        name: String,
    },
    /// Two arrays that belong together have different numbers of samples.
    #[error("{left} has {left_samples} samples, but {right} has {right_samples}")]
    Samples {
        /// The first array.
        left: String,
        /// How many samples it has.
        left_samples: usize,
        /// The second array.
        right: String,
        /// How many samples that has.
        right_samples: usize,
    },
    /// A NaN or an infinity in the data.
    #[error("{name}: sample {sample}, element {element} is {value}: every number must be finite")]
    NotFinite {
        /// Which array.
        name: String,
        /// The sample, counted from 0.
        sample: usize,
        /// The element in the sample, counted from 0.
        element: usize,
        /// What stands there.
        value: String,
    },
    /// A class number that the model has no output for.
    #[error("{name}: sample {sample} is of class {class}, but the classes are 0 to {}", .classes - 1)]
    Class {
        /// Which array.
        name: String,
        /// The sample, counted from 0.
        sample: usize,
        /// The class number found.
        class: i64,
        /// How many classes there are.
        classes: usize,
    },
    /// An argument that makes no sense.
    #[error("{argument}: expected {expected}, but found {found}")]
    Argument {
        /// The argument's name.
        argument: String,
        /// What it may be.
        expected: String,
        /// What it is.
        found: String,
    },
    /// A file that cannot be opened, read or written.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file whose contents are not what they should be.
    #[error("{}: {problem}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and where.
        problem: String,
    },
    /// A file's weights do not fit the model. Nothing was loaded.
    #[error("{}: the weights do not fit the model:{}", .path.display(), list(.differences))]
    Weights {
        /// The file.
        path: PathBuf,
        /// Everything that differs, one line each.
        differences: Vec<String>,
    },
    /// The device could not do the work.
    #[error("device {device}: {problem}")]
    Device {
        /// Which device.
        device: String,
        /// What it lacked, or said.
        problem: String,
    },
    /// A callback stopped the training with an error.
    #[error("callback {callback}: {problem}")]
    Callback {
        /// Which callback.
        callback: String,
        /// What it said.
        problem: String,
    },
}

impl Error {
    /// An [`Error::Argument`].
    pub fn argument(
        argument: impl Into<String>,
        expected: impl Into<String>,
        found: impl core::fmt::Display,
    ) -> Self {
        Self::Argument { argument: argument.into(), expected: expected.into(), found: found.to_string() }
    }

    /// An [`Error::File`].
    pub fn file(path: impl Into<PathBuf>, problem: impl Into<String>) -> Self {
        Self::File { path: path.into(), problem: problem.into() }
    }

    /// Turns an I/O error into an [`Error::Io`] that names the file.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        |source| Self::Io { path, source }
    }
}

fn list(lines: &[String]) -> String {
    lines.iter().map(|line| format!("\n  - {line}")).collect()
}
