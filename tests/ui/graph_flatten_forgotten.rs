use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: Input<28, 28, 1>;
        let h = Conv2D<_, 8, 3, Relu>(image);
        let y = Dense<_, 10, Softmax>(h);
        output y;
    }
}

fn main() {}

// kind: shape
