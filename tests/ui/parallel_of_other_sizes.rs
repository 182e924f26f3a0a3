use keras_core::prelude::*;

sequential! {
    pub struct Net< Dense<8, 16, Relu>, Parallel<Add, [Dense<_, 8>], [Dense<_, 4>]>, Dense<_, 1> >
}

fn main() {}

// kind: shape
