use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<100>;
        let square = Reshape<9, 9>(x);
        let y = Dense<_, 1>(Flatten(square));
        output y;
    }
}

fn main() {}

// kind: shape
