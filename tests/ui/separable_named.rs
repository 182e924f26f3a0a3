use keras_core::prelude::*;

const NONE: usize = 0;
const CHANNELS: usize = 4;
sequential! { pub struct Zero< Input<8, 8, 8>, SeparableConv2D<_, 8, 3, depth_multiplier = NONE> > }
sequential! { pub struct Filters< Input<8, 8, 8>, SeparableConv2D<_, NONE, 3> > }
sequential! { pub struct Channels< Input<8, 8, 8>, SeparableConv2D<CHANNELS, 8, 3> > }

fn main() {}

// mistakes: 3
