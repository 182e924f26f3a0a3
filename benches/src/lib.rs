//! What the benchmark programs share.

pub mod clock;
pub mod peer;
pub mod random;
