use keras_core::prelude::*;

const FEATURES: usize = 784;

sequential! { pub struct Flat< Input<784>, Conv2D<1, 8, 3, Relu>, Flatten, Dense<_, 3> > }
sequential! { pub struct Table< Input<28, 28>, MaxPooling2D<2> > }
sequential! { pub struct Behind< Input<28, 28, 1>, Flatten, Conv2D<_, 8, 3> > }
sequential! { pub struct Pooled< Input<28, 28, 1>, GlobalAveragePooling2D, UpSampling2D<2> > }
sequential! { pub struct Made< Dense<100, 300>, ZeroPadding2D, SpatialDropout2D<0.5> > }
sequential! { pub struct Named< Dense<100, FEATURES>, Conv2D<_, 8, 3> > }

fn main() {}

// mistakes: 6
// kind: shape
