use keras_core::prelude::*;

sequential! { pub struct Sizes< Dense<100.0, 64>, Dense<64, -10>, Dense<10, 99999999999999999999> > }
sequential! { pub struct Image< Input<28.0, -28>, Flatten > }

fn main() {}

// mistakes: 5
