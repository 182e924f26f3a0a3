use keras_core::prelude::*;

const SIZE: usize = 5;

sequential! { pub struct Along< Input<SIZE, 6>, Softmax<axis = 3> > }
sequential! { pub struct Odd< Input<4, SIZE>, Glu > }

fn main() {}

// mistakes: 2
