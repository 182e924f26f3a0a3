use keras_core::prelude::*;

const NONE: usize = 0;

sequential! { pub struct Units< Dense<100, NONE, Relu>, Dense<_, 1> > }
sequential! { pub struct Inputs< Dense<NONE, 3> > }
sequential! { pub struct Image< Input<28, NONE, 1>, Flatten, Dense<_, 1> > }

fn main() {}

// mistakes: 3
