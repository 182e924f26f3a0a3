use keras_core::prelude::*;

const RGB: usize = 3;
sequential! { pub struct Net< Input<28, 28, 1>, Conv2D<RGB, 8, 3, Relu>, MaxPooling2D<2>, Flatten, Dense<1352, 3> > }
sequential! { pub struct Image< Input<28, 28, RGB>, Conv2D<1, 8, 3, Relu>, Conv2D<{ RGB + 1 }, 8, 3> > }

fn main() {}

// mistakes: 3
// kind: shape
