//! Convolutions.

mod axis;
mod forward;
mod kernel;
pub mod plain;
mod share;
mod slide;
mod tile;

pub use forward::forward;
pub use kernel::DEEP;
pub use plain::{back_input, back_weights};
