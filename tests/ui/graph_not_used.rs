use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        input extra: Input<3>;
        let h = Dense<_, 64, Relu>(x);
        let g = Dense<_, 64, Relu>(x);
        let y = Dense<_, 1>(h);
        output y;
    }
}

fn main() {}

// mistakes: 2
