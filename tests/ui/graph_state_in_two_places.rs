use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<4>;
        layer norm: BatchNormalization;
        let a = norm(x);
        let b = norm(a);
        output b;
    }
}

fn main() {}
