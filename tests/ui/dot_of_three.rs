use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        let a = Dense<_, 8>(x);
        let b = Dense<_, 8>(x);
        let y = Dot(a, b, b);
        output y;
    }
}

fn main() {}
