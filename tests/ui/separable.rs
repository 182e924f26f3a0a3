use keras_core::prelude::*;

sequential! { pub struct Table< Input<28, 28>, SeparableConv2D<_, 8, 3> > }
sequential! { pub struct Lacks< Input<8, 8, 8>, SeparableConv2D<16, 3, Relu>, Flatten, Dense<_, 3> > }
sequential! { pub struct Channels< Input<8, 8, 8>, SeparableConv2D<4, 16, 3> > }
sequential! { pub struct Zero< Input<8, 8, 8>, SeparableConv2D<_, 0, 3>, SeparableConv2D<_, 8, 3, depth_multiplier = 0> > }
sequential! { pub struct Large< Input<8, 8, 8>, SeparableConv2D<_, 8, (3, 9)> > }
sequential! { pub struct Both< Input<8, 8, 8>, SeparableConv2D<_, 8, 3, strides = 2, dilation_rate = 2> > }
sequential! { pub struct Options< Input<8, 8, 8>, SeparableConv2D<_, 8, 3, groups = 2>, SeparableConv2D<_, 8, 3, pointwise_initialiser = HeNormal> > }
sequential! { pub struct Left< Input<8, 8, 8>, SeparableConv2D<_, 8, 3, strides = 2, strict = true> > }

fn main() {}

// mistakes: 10
