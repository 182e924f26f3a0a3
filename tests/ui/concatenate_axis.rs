use keras_core::prelude::*;

sequential! {
    pub struct Net< Input<8, 8, 3>, Parallel<Concatenate<axis = 4>, [Conv2D<_, 4, 1>], []>, Flatten, Dense<_, 1> >
}

fn main() {}
