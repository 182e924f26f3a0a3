use keras_core::prelude::*;

sequential! { pub struct Mlp< Dense<100, Relu, 64>, Dense<64, 1> > }
sequential! { pub struct First< Dense<Relu, 100, 64, use_bias = false>, Dense<64, 1> > }

fn main() {}

// mistakes: 2
