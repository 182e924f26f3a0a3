use keras_core::prelude::*;

pub struct Swishy;

sequential! { pub struct Mlp< Dense<100, 64, Relu>, Dense<64, 1, Swishy> > }
sequential! { pub struct Far< Dense<100, 64, Relu>, Dense<64, 1, Missing> > }

fn main() {}

// mistakes: 2
