use keras_core::prelude::*;

sequential! {
    pub struct Net< Input<8, 8, 4>, Residual<Conv2D<_, 4, 3, Relu>>, Flatten, Dense<_, 1> >
}

fn main() {}

// kind: shape
