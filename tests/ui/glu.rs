use keras_core::prelude::*;

sequential! { pub struct Odd< Dense<4, 7>, Glu, Dense<_, 1> > }
sequential! { pub struct Other< Input<3, 4>, Glu<axis = 1>, Flatten, Dense<_, 1> > }
sequential! { pub struct None< Input<3, 4>, Glu<axis = 3>, Flatten, Dense<_, 1> > }

fn main() {}

// mistakes: 3
