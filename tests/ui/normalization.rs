use keras_core::prelude::*;

const TOO_LARGE: f64 = 9.0;
sequential! { pub struct Literal< Input<8>, BatchNormalization<momentum = 1.5, epsilon = 0.0>, BatchNormalization<0.9> > }
sequential! { pub struct Named< Input<8>, BatchNormalization<momentum = TOO_LARGE>, Dense<_, 3> > }
sequential! { pub struct Epsilon< Input<8>, BatchNormalization<epsilon = { 0.1 * TOO_LARGE + 0.1 }>, Dense<_, 3> > }

fn main() {}

// mistakes: 5
