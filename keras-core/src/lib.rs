//! Keras for Rust, with shapes proved by the compiler.
//!
//! A model is declared in one macro. Its shapes are checked while it compiles, with a sentence at the
//! number to change if they do not fit; then it is compiled, fitted, evaluated and asked as in Keras.
//!
//! ```
//! use keras_core::prelude::*;
//! use keras_core::ndarray::{Array2, Axis};
//!
//! sequential! {
//!     /// Predicts one number from a hundred.
//!     pub struct Mlp< Dense<100, 64, Relu>, Dense<64, 1, Linear> >
//! }
//! const _: () = assert!(Mlp::<Cpu>::PARAMS == 6529);
//!
//! let x = Array2::from_shape_fn((320, 100), |(i, j)| ((i * 7 + j * 13) % 29) as f32 / 29.0);
//! let y = x.mean_axis(Axis(1)).unwrap();
//!
//! let mut model = Mlp::<Cpu>::new(7) // 7 is the seed
//!     .compile(Adam::default(), MeanSquaredError::default(), (MeanAbsoluteError::default(),));
//! let history = model.fit(&x, &y, Fit::epochs(3).validation_split(0.1).verbose(Verbose::Silent))?;
//! assert!(history["loss"][2] < history["loss"][0]);
//! let scores = model.evaluate(&x, &y)?;
//! assert!(scores["mean_absolute_error"] < 0.5);
//! let predictions = model.predict(&x)?;
//! assert_eq!(predictions.into_ndarray().dim(), (320, 1));
//! # keras_core::Result::Ok(())
//! ```
//!
//! # What stands where
//! - [`sequential!`] declares a model; [`Model`] is what it can do; [`layers`] and [`activations`] are
//!   its words.
//! - [`training::Train::fit`], [`training::Compiled`]: training. [`losses`], [`metrics`],
//!   [`optimizers`], [`training::callbacks`]: its parts. [`training::Differentiate`]: gradients for
//!   loops of one's own.
//! - [`data`]: what models take, and how it is read, prepared and split. [`saving`]: weights in files.
//! - [`backend`]: the devices. `Cpu` computes in `f32`, `Cpu<f64>` in `f64`.
//!
//! # By name
//! [`compile!`] takes Keras' strings and checks them while the program is compiled. At run time
//! `"adam".parse::<optimizers::AnyOptimizer>()` and its like; with the feature `serde` they read and write what
//! Keras' `get_config` and `serialize` give.
//!
//! ```
//! use keras_core::prelude::*;
//!
//! sequential! { struct Net< Dense<2, 8, Tanh>, Dense<_, 1> > }
//! let mut net = compile!(Net::<Cpu>::new(7), optimizer = "adam", loss = "mse", metrics = ["mae"]);
//! let scores = net.evaluate(&[[0.0, 1.0]], &[[1.0]])?;
//! assert!(scores["mae"] >= 0.0);
//! # keras_core::Result::Ok(())
//! ```
//!
//! # Numbers
//! Keras' names, defaults and results. The same seed gives the same bits, whichever number of threads.
//! Shapes are per sample, channels last; the batch is the only size known at run time.
#![warn(missing_docs)]

// The macros name paths through `::keras_core`, here too.
extern crate self as keras_core;

pub mod activations;
pub mod backend;
mod config;
pub mod constraints;
pub mod data;
pub mod element;
mod error;
pub mod initializers;
pub mod layers;
pub mod losses;
mod maths;
pub mod metrics;
pub mod model;
mod names;
pub mod optimizers;
#[cfg(feature = "plot")]
pub mod plot;
pub mod prelude;
#[doc(hidden)]
pub mod private;
pub mod proof;
pub mod regularizers;
pub mod saving;
pub mod schedules;
pub mod shape;
mod tensor;
pub mod testing;
pub mod training;
mod values;

pub use error::{Error, Result};
pub use keras_macros::{compile, model, sequential};
#[cfg(feature = "keras-files")]
pub use keras_macros::{keras_model, keras_models};
#[cfg(feature = "onnx")]
pub use keras_macros::{onnx_model, onnx_models};
pub use model::{Model, OneToOne, Outputs};
pub use ndarray;
pub use tensor::Tensor;
pub use values::{Signals, Values};

#[doc(hidden)]
pub use private as __private;
