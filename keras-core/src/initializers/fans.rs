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

/// The standard deviation of a normal distribution within two standard deviations of its mean: what
/// a truncated draw has to be divided by to have the deviation that was asked for.
pub const TRUNCATED_DEVIATION: f64 = 0.879_625_661_034_239_8;
