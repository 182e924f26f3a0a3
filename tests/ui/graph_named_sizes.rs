use keras_core::prelude::*;

const WIDTH: usize = 8;
const HIDDEN: usize = 16;

model! {
    pub struct Net {
        input x: Input<WIDTH>;
        let a = Dense<_, HIDDEN, Tanh>(x);
        let sum = Add(a, x);
        output sum;
    }
}

fn main() {}

// kind: shape
