use keras_core::prelude::*;

const HIDDEN: usize = 64;

model! {
    pub struct Net {
        input x: Input<100>;
        let h = Dense<_, HIDDEN, Relu>(x);
        let y = Dense<32, 1>(h);
        output y;
    }
}

fn main() {}

// kind: shape
