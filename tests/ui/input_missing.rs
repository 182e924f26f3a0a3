use keras_core::prelude::*;

sequential! { pub struct Inferred< Dense<_, 64>, Dense<64, 1> > }
sequential! { pub struct Flat< Flatten, Dense<_, 1> > }
sequential! { pub struct Twice< Input<4>, Dense<_, 1>, Input<1> > }
sequential! { pub struct Sizes< Input<4, 4, 4, 4, 4>, Flatten > }
sequential! { pub struct Bare< Input, Flatten > }
sequential! { pub struct Hole< Input<_, 4>, Flatten > }

fn main() {}

// mistakes: 6
