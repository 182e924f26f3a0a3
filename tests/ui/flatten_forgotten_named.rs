use keras_core::prelude::*;

const SIDE: usize = 26;
const FEATURES: usize = SIDE * SIDE * 8;

sequential! { pub struct Written< Input<SIDE, SIDE, 8>, Dense<FEATURES, 10, Softmax> > }
sequential! { pub struct Inferred< Input<SIDE, SIDE, 8>, Dense<_, 10, Softmax> > }

fn main() {}

// mistakes: 2
// kind: shape
