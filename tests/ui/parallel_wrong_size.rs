use keras_core::prelude::*;

sequential! {
    pub struct Net< Dense<8, 16, Relu>, Parallel<Concatenate, [Dense<8, 8>], [Dense<_, 4>]>, Dense<12, 1> >
}

fn main() {}

// kind: shape
