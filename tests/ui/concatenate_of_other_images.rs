use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<8, 8, 3>;
        let small = MaxPooling2D<2>(x);
        let both = Concatenate(x, small);
        let y = Dense<_, 1>(Flatten(both));
        output y;
    }
}

fn main() {}

// kind: shape
