use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: Input<28, 28, 1>;
        let h = Conv2D<3, 8, 3, Relu>(image);
        let k = MaxPooling2D<30>(h);
        output k;
    }
}

fn main() {}

// mistakes: 2
// kind: shape
