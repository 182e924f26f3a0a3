//! What the benchmark programs share.

pub mod clock;
pub mod models;
pub mod peak;
pub mod peer;
pub mod random;
