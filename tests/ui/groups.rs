use keras_core::prelude::*;

sequential! { pub struct Channels< Input<8, 8, 8>, Conv2D<_, 12, 3, groups = 3> > }
sequential! { pub struct Filters< Input<8, 8, 8>, Conv2D<8, 9, 3, groups = 2> > }
sequential! { pub struct None< Input<8, 8, 8>, Conv2D<8, 8, 3, groups = 0> > }

fn main() {}

// mistakes: 3
