use keras_core::prelude::*;

sequential! { pub struct Flat< Dense<100, 64, Relu>, DepthwiseConv2D<3> > }
sequential! { pub struct Lacks< Input<8, 8, 8>, DepthwiseConv2D, Flatten, Dense<_, 3> > }
sequential! { pub struct Channels< Input<8, 8, 8>, DepthwiseConv2D<8, 3>, DepthwiseConv2D<_, 3, Relu> > }
sequential! { pub struct Zero< Input<8, 8, 8>, DepthwiseConv2D<3, depth_multiplier = 0>, DepthwiseConv2D<(3, 0)> > }
sequential! { pub struct Large< Input<8, 8, 8>, DepthwiseConv2D<9, Relu>, Flatten, Dense<_, 3> > }
sequential! { pub struct Both< Input<8, 8, 8>, DepthwiseConv2D<3, strides = 2, dilation_rate = 2> > }
sequential! { pub struct Options< Input<8, 8, 8>, DepthwiseConv2D<3, kernel_initializer = HeNormal>, DepthwiseConv2D<3, multiplier = 2> > }
sequential! { pub struct Made< Input<8, 8, 8>, DepthwiseConv2D<3, depth_multiplier = 2>, Conv2D<8, 4, 3> > }
sequential! { pub struct Spelt< Input<8, 8, 8>, DepthwiseConv2d<3>, DepthwiseConvolution2D<3> > }

fn main() {}

// mistakes: 13
