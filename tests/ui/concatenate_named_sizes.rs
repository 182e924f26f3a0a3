use keras_core::prelude::*;

const SIDE: usize = 8;

model! {
    pub struct Net {
        input x: Input<SIDE, SIDE, 3>;
        let small = MaxPooling2D<2>(x);
        let both = Concatenate(x, small);
        let y = Dense<_, 1>(Flatten(both));
        output y;
    }
}

fn main() {}

// kind: shape
