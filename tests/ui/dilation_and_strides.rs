use keras_core::prelude::*;

const APART: usize = 2;
sequential! { pub struct Literal< Input<8, 8, 8>, Conv2D<_, 8, 3, strides = 2, dilation_rate = (1, 2)> > }
sequential! { pub struct Named< Input<8, 8, 8>, Conv2D<_, 8, 3, dilation_rate = APART, strides = 2>, Flatten, Dense<_, 3> > }

fn main() {}

// mistakes: 2
