use keras_core::prelude::*;

const TIMES: usize = 3;
sequential! { pub struct None< Dense<8, 8>, Repeat<0, Dense<_, 8>>, Dense<_, 1> > }
sequential! { pub struct Named< Dense<8, 8>, Repeat<TIMES, Dense<_, 8>>, Dense<_, 1> > }

fn main() {}

// mistakes: 2
