use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<32, 32, 3>;
        let a = Conv2D<_, 16, 3, Relu, padding = Same>(x);
        let b = Conv2D<_, 16, 3>(a);
        let sum = Add(a, b);
        output sum;
    }
}

fn main() {}

// kind: shape
