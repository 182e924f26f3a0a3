use keras_core::prelude::*;

const SIDE: usize = 27;
const STEP: usize = 2;
sequential! { pub struct Pool< Input<SIDE, SIDE, 1>, MaxPooling2D<2, strict = true>, Flatten, Dense<_, 3> > }
sequential! { pub struct Conv< Input<27, 28, 1>, Conv2D<_, 8, 3, strides = STEP, strict = true> > }
sequential! { pub struct Padded< Input<26, 27, 1>, Conv2D<_, 8, 3, strides = (1, STEP), padding = Same, strict = true> > }

fn main() {}

// mistakes: 3
// kind: shape
