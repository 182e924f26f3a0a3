use keras_core::prelude::*;

sequential! { pub struct Mlp< Input<784>, Reshape<28, 27, 1>, Flatten, Dense<756, 10> > }
sequential! { pub struct Hole< Input<784>, Reshape<10, _>, Flatten > }
sequential! { pub struct Holes< Input<784>, Reshape<_, _>, Flatten > }
sequential! { pub struct None_< Input<784>, Reshape, Flatten > }
sequential! { pub struct Many< Input<784>, Reshape<1, 1, 1, 1, 784>, Flatten > }

fn main() {}

// mistakes: 5
