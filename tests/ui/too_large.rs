use keras_core::prelude::*;

sequential! { pub struct Numbers< Dense<4000000000, 4000000000>, Dense<_, 4000000000> > }
sequential! { pub struct Sum< Dense<1000000000, 1000000000>, Dense<_, 1000000000> > }
sequential! { pub struct Image< Input<4000000000, 4000000000>, Flatten, Dense<_, 1> > }
sequential! { pub struct Hole< Input<8>, Reshape<4000000000, 4000000000, _> > }

const BIG: usize = 1 << 33;

sequential! { pub struct Named< Dense<BIG, BIG>, Dense<_, 1> > }
sequential! { pub struct Second< Dense<4, BIG>, Dense<_, 8589934592> > }
sequential! { pub struct NamedSum< Dense<{ BIG / 8 }, { BIG / 16 }>, Dense<_, { BIG / 8 }> > }
sequential! { #[allow(keras::dropout_last)] pub struct NamedImage< Input<BIG, BIG>, Flatten, Dropout<0.5> > }
sequential! { pub struct NamedHole< Input<BIG>, Reshape<BIG, BIG, _> > }

fn main() {}

// mistakes: 10
