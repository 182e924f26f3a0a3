use keras_core::prelude::*;

sequential! { pub struct Flat< Input<64>, SpatialDropout2D<0.5>, Dense<_, 1> > }
sequential! { pub struct Rate< Input<8, 8, 2>, SpatialDropout2D<50>, Flatten, Dense<_, 1> > }
sequential! { pub struct None< Input<8, 8, 2>, SpatialDropout2D, Flatten, Dense<_, 1> > }

fn main() {}

// mistakes: 3
