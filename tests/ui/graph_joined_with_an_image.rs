use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: Input<8, 8, 3>;
        input meta: Input<8>;
        let c = Concatenate(image, meta);
        let y = Dense<_, 10>(c);
        output y;
    }
}

fn main() {}

// kind: shape
