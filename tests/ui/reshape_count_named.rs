use keras_core::prelude::*;

const SIDE: usize = 27;

sequential! { pub struct Mlp< Input<784>, Reshape<SIDE, SIDE, 1>, Flatten, Dense<_, 10> > }
sequential! { pub struct Hole< Input<784>, Reshape<SIDE, _>, Flatten, Dense<_, 10> > }

fn main() {}

// mistakes: 2
