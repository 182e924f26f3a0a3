use keras_core::prelude::*;

sequential! { pub struct Flat< Input<64>, Cropping2D<2>, Flatten, Dense<_, 1> > }
sequential! { pub struct Negative< Input<8, 8, 1>, Cropping2D<-1> > }
sequential! { pub struct Option< Input<8, 8, 1>, Cropping2D<padding = 1> > }
sequential! { pub struct Nothing< Input<8, 8, 1>, Cropping2D<((4, 4), (0, 0))>, Flatten, Dense<_, 1> > }

fn main() {}

// mistakes: 4
