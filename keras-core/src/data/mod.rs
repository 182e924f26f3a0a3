//! Data: what models take, and how it is loaded and prepared.

mod source;

pub use source::{Data, Number, Rows};
