use keras_core::prelude::*;

sequential! { pub struct Quoted< Input<8, 8, 8>, Conv2D<_, 8, 3, padding = "same">, Flatten, Dense<_, 1> > }
sequential! { pub struct Lower< Input<8, 8, 8>, MaxPooling2D<padding = same>, AveragePooling2D<padding = VALID> > }
sequential! { pub struct Other< Input<8, 8, 8>, Conv2D<_, 8, 3, padding = Causal>, Conv2D<_, 8, 3, padding = 1> > }
sequential! { pub struct Placed< Input<8, 8, 8>, Conv2D<_, 8, 3, Same>, MaxPooling2D<2, Same> > }
sequential! { pub struct Larger< Input<8, 8, 8>, UpSampling2D<interpolation = "bilinear">, UpSampling2D<interpolation = Bicubic> > }

fn main() {}

// mistakes: 9
