use keras_shapes::Dims;

/// The shape of one sample, as a type.
pub trait Shape {
    /// Its sizes.
    const DIMS: Dims;
    /// How many numbers it has.
    const NUMEL: usize = Self::DIMS.numel();
}
