use keras_core::prelude::*;

sequential! { pub struct Few< Input<8, 8, 8>, Conv2D<16, 3, Relu>, Conv2D<_, 16>, Conv2D > }
sequential! { pub struct Many< Input<8, 8, 8>, Conv2D<_, 16, 3, 2>, MaxPooling2D<2, 2>, GlobalMaxPooling2D<true> > }
sequential! { pub struct Options< Input<8, 8, 8>, Conv2D<_, 16, 3, stride = 2>, MaxPooling2D<size = 2>, Conv2D<_, 8, 3, dilation = 2> > }
sequential! { pub struct Kinds< Input<8, 8, 8>, Conv2D<_, _, 3>, MaxPooling2D<-2>, MaxPooling2D<strict = STRICT> > }
sequential! { pub struct Python< Input<8, 8, 8>, Conv2D<_, 8, 3, activation = "relu", kernel_initializer = "he_normal"> > }

fn main() {}

// mistakes: 14
