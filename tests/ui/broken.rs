use keras_core::prelude::*;

sequential! { pub struct Half< Dense<100, 64, Relu>, Dense<64, }
sequential! { pub struct Comma< Dense<100, 64, Relu> Dense<64, 1> > }
sequential! { pub struct Braces { Dense<100, 64, Relu> } }
sequential! { pub struct Generic<const N: usize> }
sequential! { pub enum Mlp< Dense<100, 64, Relu> > }
sequential! { pub struct Keras< Dense(100, 64), Flatten > }
sequential! { pub struct Expression< Dense<10 * 10, 64> > }
sequential! { pub struct Two< Dense<1, 1> > pub struct Three< Dense<1, 1> > }

fn main() {}

// mistakes: 8
