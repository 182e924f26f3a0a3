use keras_core::prelude::*;

sequential! { pub struct Flat< Input<64>, ZeroPadding2D<2>, Flatten, Dense<_, 1> > }
sequential! { pub struct Negative< Input<8, 8, 1>, ZeroPadding2D<-1> > }
sequential! { pub struct Option< Input<8, 8, 1>, ZeroPadding2D<pad = 1> > }

fn main() {}

// mistakes: 3
