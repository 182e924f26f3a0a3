use keras_core::prelude::*;

sequential! { pub struct Pool< Input<28, 27, 1>, Conv2D<_, 8, 2>, MaxPooling2D<2, strict = true>, Flatten, Dense<_, 3> > }
sequential! { pub struct Conv< Input<28, 28, 1>, Conv2D<_, 8, 3, strides = (1, 2), strict = true> > }
sequential! { pub struct Padded< Input<28, 28, 1>, Conv2D<_, 8, 3, strides = 3, padding = Same, strict = true> > }
sequential! { pub struct Bare< Input<27, 28, 1>, MaxPooling2D<strict = true> > }

fn main() {}

// mistakes: 4
// kind: shape
