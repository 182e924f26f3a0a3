pub use keras_files::{Error, Result};
