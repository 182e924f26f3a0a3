use keras_core::prelude::*;

sequential! { pub struct Mlp< Dense<100, 0, Relu>, Dense<0, 1> > }
sequential! { pub struct Image< Input<28, 0, 1>, Flatten, Dense<_, 1> > }
sequential! { pub struct Reshaped< Input<28>, Dense<0, 28>, Reshape<7, 0> > }

fn main() {}

// mistakes: 5
