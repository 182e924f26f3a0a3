use keras_core::prelude::*;

sequential! {
    pub struct Net< Dense<8, 16, Relu>, block: Residual<Dense<_, 16>>, Dense<_, 1> >
}

fn main() {}
