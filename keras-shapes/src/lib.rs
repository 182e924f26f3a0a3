//! The shape rules, each once, as `const fn`s on plain numbers.
//!
//! The macros call them while they expand, for the message; `keras-core` calls them in const
//! evaluation, for the proof. Neither can say something that the other does not.
//!
//! A rule that can be broken gives a [`Text`]: a sentence with the names of the layers in it, which
//! are passed as `who` (the layer) and `before` (what it is given its input by).
#![cfg_attr(not(any(test, feature = "names")), no_std)]
#![forbid(unsafe_code)]

mod axes;
mod dense;
mod dims;
mod dropout;
mod fault;
mod fit;
mod image;
mod large;
mod merge;
mod methods;
#[cfg(feature = "names")]
pub mod names;
mod normalization;
mod reshape;
mod text;
mod window;

pub use axes::{MOST_AXES, axes_text, halved, halved_text};
pub use dense::{DenseFit, dense_fit, dense_inputs_fault, dense_text, infer_text};
pub use dims::{Dims, MAX_RANK};
pub use dropout::{rate_fault, rate_fits};
pub use fault::{
    conv2d_fault, crop2d_fault, depthwise2d_fault, image_fault, pool2d_fault, separable2d_fault,
    upsample2d_fault,
};
pub use fit::{strict_axis, strict_help, strict_lack, strict_text, window_axis, window_help, window_text};
pub use image::{channels_text, dilation_text, groups_fit, groups_text, image_text, image_words};
pub use large::{MOST, numel_text, params_text};
pub use merge::{Join, axis, merge, merge_text};
pub use methods::METHODS;
pub use normalization::{epsilon_fault, factor_fault, momentum_fault};
pub use reshape::{flatten, hole, hole_text, reshape_fits, reshape_text};
pub use text::Text;
pub use window::{
    Window, conv2d, crop2d, cropping_window, depthwise2d, global_pool, pad2d, pool2d, upsample2d,
};

/// What is said of a size that is 0: `what` is "units", "inputs", ..
#[must_use]
pub const fn zero_text(what: &str) -> Text {
    Text::new(what).str(" cannot be 0")
}
