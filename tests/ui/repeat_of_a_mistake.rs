use keras_core::prelude::*;

sequential! {
    pub struct Net< Dense<8, 16, Relu>, Repeat<3, Dense<8, 16, Relu>>, Dense<_, 1> >
}

fn main() {}

// kind: shape
