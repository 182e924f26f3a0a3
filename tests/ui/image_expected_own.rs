use keras_core::prelude::*;

/// A layer of one's own, of which the macro does not know what it makes.
#[derive(Clone, Default)]
pub struct Mirror;
impl<S: Shape> Layer<S> for Mirror {
    type Out = S;
}

sequential! { pub struct Conv< Input<784>, Mirror, Conv2D<1, 8, 3> > }
sequential! { pub struct Pool< Input<784>, Mirror, MaxPooling2D > }
sequential! { pub struct Global< Input<784>, Mirror, GlobalMaxPooling2D > }
sequential! { pub struct Padded< Input<784>, Mirror, ZeroPadding2D<1> > }
sequential! { pub struct Larger< Input<784>, Mirror, UpSampling2D > }
sequential! { #[allow(keras::dropout_last)] pub struct Dropped< Input<784>, Mirror, SpatialDropout2D<0.5> > }
sequential! { pub struct Channels< Input<8, 8, 8>, Mirror, Conv2D<4, 8, 3> > }
type Mine = Relu;
const KERNEL: usize = 9;
sequential! { pub struct Window< Input<8, 8, 8>, Mirror, Conv2D<_, 8, 9> > }
sequential! { pub struct Words< Input<8, 8, 8>, Conv2D<_, 8, KERNEL, Mine>, Flatten, Dense<KERNEL, 1, Mine> > }

fn main() {}

// mistakes: 9
// kind: shape
