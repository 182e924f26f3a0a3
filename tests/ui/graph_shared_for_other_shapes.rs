use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        layer embed: Dense<_, 64, Relu>;
        let a = embed(x);
        let b = embed(a);
        output b;
    }
}

fn main() {}

// kind: shape
