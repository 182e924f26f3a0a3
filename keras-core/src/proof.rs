//! Shape arithmetic proved by trait selection.
