use keras_core::prelude::*;

sequential! { pub struct Mlp< Dense<100, 64, Relu>, Dense<10> > }
sequential! { pub struct Bare< Input<4>, Dense > }
sequential! { pub struct Empty< Input<4>, Dropout<>, Activation > }

fn main() {}

// mistakes: 4
