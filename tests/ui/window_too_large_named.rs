use keras_core::prelude::*;

const SIDE: usize = 4;
const KERNEL: usize = 5;
sequential! { pub struct Kernel< Input<28, 28, 1>, MaxPooling2D<7>, Conv2D<_, 8, KERNEL, Relu>, Flatten, Dense<_, 3> > }
sequential! { pub struct Image< Input<SIDE, SIDE, 1>, Conv2D<1, 8, 5>, Flatten, Dense<12, 3> > }
sequential! { pub struct Pair< Input<SIDE, SIDE, 1>, Conv2D<1, 8, (2, { KERNEL + 1 })> > }
sequential! { pub struct Pool< Input<SIDE, SIDE, 1>, MaxPooling2D<SIDE>, MaxPooling2D > }

fn main() {}

// mistakes: 4
// kind: shape
