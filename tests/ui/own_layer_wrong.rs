use keras_core::prelude::*;

#[derive(Clone, Default)]
pub struct Mirror<const N: usize>;
impl<const N: usize> Layer<Rank1<N>> for Mirror<N> {
    type Out = Rank1<N>;
}

sequential! { pub struct Last< Dense<100, 64, Relu>, Mirror<32> > }
sequential! { pub struct Middle< Dense<100, 64, Relu>, Mirror<32>, Dense<_, 1> > }
sequential! { pub struct After< Dense<100, 64, Relu>, Mirror<64>, Dense<32, 1> > }

fn main() {}

// mistakes: 3
// kind: shape
