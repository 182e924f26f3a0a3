use keras_core::prelude::*;

sequential! { pub struct Mlp< Dense<100, 64, Relu>, Dense<1, 64, Linear> > }

fn main() {}

// kind: shape
