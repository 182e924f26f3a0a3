//! Convolutions.

mod axis;
mod back_input;
mod back_weights;
mod column_sums;
mod depthwise;
mod depthwise_gradient;
mod forward;
mod gradient;
mod kernel;
#[cfg(test)]
pub mod plain;
mod share;
mod slide;
mod tile;

pub use back_input::back_input;
pub use back_weights::back_weights;
pub use forward::forward;
pub use gradient::Gradient;
pub use kernel::DEEP;
pub use slide::Slide;
