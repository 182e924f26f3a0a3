use keras_core::prelude::*;

sequential! { pub struct Mlp< Dense<100, 64, Relu, 3>, Flatten<2>, Dropout<0.5, 7> > }

fn main() {}

// mistakes: 3
