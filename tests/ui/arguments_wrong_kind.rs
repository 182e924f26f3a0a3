use keras_core::prelude::*;

sequential! { pub struct Mlp< Dense<100, 64, 32>, Dense<64, 1.5>, Dropout<Relu> > }
sequential! { pub struct Inits< Dense<100, 64, HeNormal>, Dense<64, _>, Dense<(3), 4> > }

fn main() {}

// mistakes: 5
