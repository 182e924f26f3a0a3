use keras_core::prelude::*;

sequential! { pub struct Inferred< Input<28, 28, 1>, Conv2D<_, 8, 3, Relu>, MaxPooling2D, Dense<_, 10, Softmax> > }
sequential! { pub struct Written< Input<28, 28, 1>, Conv2D<_, 8, 3, Relu>, MaxPooling2D, Dense<1352, 10, Softmax> > }
sequential! { pub struct Wrong< Input<28, 28, 1>, Conv2D<_, 8, 3, Relu>, MaxPooling2D, Flatten, Dense<1350, 10, Softmax> > }

fn main() {}

// mistakes: 3
// kind: shape
