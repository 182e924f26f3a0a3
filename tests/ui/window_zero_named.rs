use keras_core::prelude::*;

const NONE: usize = 0;
sequential! { pub struct Strides< Input<8, 8, 8>, Conv2D<_, 8, 3, strides = NONE>, Flatten, Dense<_, 3> > }
sequential! { pub struct Filters< Input<8, 8, 8>, Conv2D<_, NONE, 3>, MaxPooling2D > }
sequential! { pub struct Channels< Input<8, 8, 8>, Conv2D<NONE, 8, 3> > }
sequential! { pub struct Kernel< Input<8, 8, 8>, Conv2D<_, 8, (3, NONE)> > }
sequential! { pub struct Rate< Input<8, 8, 8>, Conv2D<_, 8, 3, dilation_rate = NONE> > }
sequential! { pub struct Pool< Input<8, 8, 8>, MaxPooling2D<NONE> > }
sequential! { pub struct Larger< Input<8, 8, 8>, UpSampling2D<(NONE, 2)> > }

fn main() {}

// mistakes: 7
