use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        let h = Densse<_, 64, Relu>(x);
        let y = Dense<_, 10>(h);
        output y;
    }
}

fn main() {}
