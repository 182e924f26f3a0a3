use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        let a = Dense<_, 8>(x);
        let b = Dense<_, 8>(x);
        let both = Concat(a, b);
        let y = Dense<_, 1>(both);
        output y;
    }
}

fn main() {}
