use keras_core::prelude::*;

sequential! { pub struct Flat< Input<64>, UpSampling2D<2>, Flatten, Dense<_, 1> > }
sequential! { pub struct Option< Input<8, 8, 1>, UpSampling2D<2, Bilinear>, UpSampling2D<2, interpolation = Cubic> > }

fn main() {}

// mistakes: 3
