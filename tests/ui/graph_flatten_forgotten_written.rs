use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: Input<28, 28, 1>;
        let y = Dense<784, 10, Softmax>(image);
        output y;
    }
}

fn main() {}

// kind: shape
