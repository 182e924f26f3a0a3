use keras_core::prelude::*;

sequential! {
    pub struct Net< Dense<8, 16, Relu>, Residual<Dense<_, 32, Relu>, Dense<_, 8>>, Dense<_, 1> >
}

fn main() {}

// kind: shape
