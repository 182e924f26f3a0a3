//! The shape rules, each once, as `const fn`s on plain numbers.
//!
//! The macros call them while they expand, for the message; `keras-core` calls them in const
//! evaluation, for the proof. Neither can say something that the other does not.
#![forbid(unsafe_code)]

mod dims;
mod text;

pub use dims::Dims;
pub use text::Text;
