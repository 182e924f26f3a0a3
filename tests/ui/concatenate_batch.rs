use keras_core::prelude::*;

sequential! {
    pub struct Net< Dense<8, 4>, Parallel<Concatenate<axis = 0>, [Dense<_, 4>], []>, Dense<_, 1> >
}

fn main() {}
