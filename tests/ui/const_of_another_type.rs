use keras_core::prelude::*;

const HIDDEN: i32 = 64;

sequential! { pub struct Net< Dense<100, HIDDEN, Relu>, Dense<_, 1> > }

fn main() {}
