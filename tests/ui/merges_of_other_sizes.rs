use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        let a = Dense<_, 8>(x);
        let b = Dense<_, 4>(x);
        let product = Multiply(a, b);
        let mean = Average(b, a);
        let largest = Maximum(a, x);
        let least = Minimum(x, b);
        output product, mean, largest, least;
    }
}

fn main() {}

// mistakes: 4
// kind: shape
