use keras_core::prelude::*;

sequential! {
    pub struct Net< Dense<8, 16, Relu>, Repeat<Dense<_, 4>>, Dense<_, 1> >
}

fn main() {}
