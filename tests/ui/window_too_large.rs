use keras_core::prelude::*;

sequential! { pub struct Kernel< Input<28, 28, 1>, MaxPooling2D<8>, Conv2D<_, 8, 5, Relu>, Flatten, Dense<_, 3> > }
sequential! { pub struct Pair< Input<28, 8, 1>, Conv2D<1, 8, (3, 9)> > }
sequential! { pub struct Dilated< Input<8, 8, 1>, Conv2D<1, 8, 5, dilation_rate = 2> > }
sequential! { pub struct Pool< Input<1, 1, 4>, MaxPooling2D > }
sequential! { pub struct Named< Input<4, 4, 4>, AveragePooling2D<pool_size = 5, strides = 1> > }

fn main() {}

// mistakes: 5
// kind: shape
