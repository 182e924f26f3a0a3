use keras_core::prelude::*;

const HIDDEN: usize = 64;

sequential! { pub struct Net< Dense<100, HIDDEN, Relu>, Dense<HIDEN, 1> > }

fn main() {}
