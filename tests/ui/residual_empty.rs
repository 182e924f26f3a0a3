use keras_core::prelude::*;

sequential! {
    pub struct Net< Dense<8, 16, Relu>, Residual<>, Dense<_, 1> >
}

fn main() {}
