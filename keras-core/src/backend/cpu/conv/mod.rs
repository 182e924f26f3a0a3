//! Convolutions.

mod axis;
mod back_weights;
mod column_sums;
mod forward;
mod gradient;
mod kernel;
pub mod plain;
mod share;
mod slide;
mod tile;

pub use back_weights::back_weights;
pub use forward::forward;
pub use kernel::DEEP;
pub use plain::back_input;
