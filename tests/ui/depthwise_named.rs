use keras_core::prelude::*;

const NONE: usize = 0;
const TWICE: usize = 2;
const KERNEL: usize = 9;
sequential! { pub struct Zero< Input<8, 8, 8>, DepthwiseConv2D<3, depth_multiplier = NONE> > }
sequential! { pub struct Large< Input<8, 8, 8>, DepthwiseConv2D<KERNEL>, Flatten, Dense<_, 3> > }
sequential! { pub struct Made< Input<8, 8, 8>, DepthwiseConv2D<3, depth_multiplier = TWICE>, Conv2D<8, 4, 3> > }

fn main() {}

// mistakes: 3
