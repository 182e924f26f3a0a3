use keras_core::prelude::*;

const ALL: usize = 4;
sequential! { pub struct Nothing< Input<8, 8, 1>, Cropping2D<ALL>, Flatten, Dense<_, 1> > }

fn main() {}

// mistakes: 1
