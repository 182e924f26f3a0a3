use keras_core::prelude::*;

use std::primitive::u8;

sequential! { pub struct Net< Dense<4, { u8::BITS as usize }, Relu>, Dense<9, 1> > }

fn main() {}

// kind: shape
