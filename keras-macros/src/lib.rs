//! The model macros of `keras-core`.
