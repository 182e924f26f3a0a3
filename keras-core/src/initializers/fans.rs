use crate::shape::Dims;

/// How many numbers flow into and out of one unit of a variable, as Keras counts: the last two sizes
/// times the size of the receptive field.
pub fn fans(dims: Dims) -> (f64, f64) {
    let sizes = dims.sizes();
    match sizes {
        [] => (1.0, 1.0),
        [n] => (*n as f64, *n as f64),
        [field @ .., inputs, outputs] => {
            let field = field.iter().product::<usize>() as f64;
            (*inputs as f64 * field, *outputs as f64 * field)
        }
    }
}

/// The product of the sizes of some axes, one bit each; what is beyond the variable's axes counts once.
pub fn fans_of(dims: Dims, axes: u8) -> f64 {
    let chosen = dims.sizes().iter().enumerate().filter(|(axis, _)| axes >> axis & 1 == 1);
    chosen.map(|(_, &size)| size as f64).product()
}

/// A variable as a matrix: all axes but the last, and the last.
pub fn matrix(dims: Dims) -> (usize, usize) {
    match dims.sizes() {
        [] => (1, 1),
        [rows @ .., columns] => (rows.iter().product(), *columns),
    }
}

/// The standard deviation of a normal distribution within two standard deviations of its mean: what
/// a truncated draw has to be divided by to have the deviation that was asked for.
pub const TRUNCATED_DEVIATION: f64 = 0.879_625_661_034_239_8;
