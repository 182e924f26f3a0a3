//! What the macros say when something is wrong: how it is collected, put, and spelt.

mod errors;
mod message;
mod nearest;

pub use errors::Errors;
pub use message::{Message, list};
pub use nearest::{nearest, same_word};
