use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<4>;
        let a = Dense<_, 4>(x);
        output a, x;
    }
}

fn main() {}
