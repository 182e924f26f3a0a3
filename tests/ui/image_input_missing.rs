use keras_core::prelude::*;

sequential! { pub struct Conv< Conv2D<1, 32, 3, Relu>, Flatten, Dense<_, 10> > }
sequential! { pub struct Colours< Conv2D<3, 32, 3, Relu>, Flatten, Dense<_, 10> > }
sequential! { pub struct Pool< MaxPooling2D<2>, Flatten, Dense<_, 10> > }

fn main() {}

// mistakes: 3
