use keras_core::prelude::*;

#[derive(Clone, Default)]
pub struct Mirror<const N: usize>;
impl<const N: usize> Layer<Rank1<N>> for Mirror<N> {
    type Out = Rank1<N>;
}

sequential! { pub struct Net< Dense<100, 64, Relu>, Mirror<64> > }

fn main() {
    let _ = Net::<Cpu>::new(7);
}
