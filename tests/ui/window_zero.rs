use keras_core::prelude::*;

sequential! { pub struct Conv< Input<8, 8, 8>, Conv2D<_, 8, 3, strides = 0>, Conv2D<_, 0, 3>, Conv2D<0, 8, 3>, Flatten, Dense<_, 3> > }
sequential! { pub struct Kernel< Input<8, 8, 8>, Conv2D<_, 8, (3, 0)>, Conv2D<_, 8, 3, dilation_rate = 0> > }
sequential! { pub struct Pool< Input<8, 8, 8>, MaxPooling2D<0>, AveragePooling2D<strides = (0, 0)>, UpSampling2D<0> > }

fn main() {}

// mistakes: 8
