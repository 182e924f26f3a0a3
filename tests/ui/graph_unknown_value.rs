use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: Input<28, 28, 1>;
        let flat = Flatten(imag);
        let y = Dense<_, 10>(flat);
        output y;
    }
}

fn main() {}
