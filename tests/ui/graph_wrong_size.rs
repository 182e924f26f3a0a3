use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        let h = Dense<_, 64, Relu>(x);
        let side = Dense<_, 32>(x);
        let y = Dense<32, 1>(h);
        output y, side;
    }
}

fn main() {}

// kind: shape
