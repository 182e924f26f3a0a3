#![deny(warnings)]

use keras_core::prelude::*;

sequential! { pub struct Lines< Dense<4, 8>, Dense<_, 1> > }
sequential! { pub struct Dropped< Dense<4, 8, Relu>, Dense<_, 3>, Dropout<0.5> > }
sequential! { pub struct Biased< Input<8, 8, 1>, Conv2D<_, 4, 3>, BatchNormalization, Activation<Relu> > }
model! {
    pub struct Graph {
        input x: Input<4>;
        let a = Dense<_, 8>(x);
        let y = Dense<_, 1>(a);
        output y;
    }
}

sequential! { #[allow(keras::two_linear_layers)] pub struct AllowedLines< Dense<4, 8>, Dense<_, 1> > }
sequential! { #[allow(keras::all)] pub struct Allowed< Dense<4, 8>, BatchNormalization, Dropout<0.5> > }
// A thin product of two matrices has its uses.
sequential! { pub struct Thin< Dense<64, 4>, Dense<_, 64> > }

fn main() {}
// mistakes: 4
