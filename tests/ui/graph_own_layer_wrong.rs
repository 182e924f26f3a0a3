use keras_core::prelude::*;

#[derive(Clone, Default)]
pub struct Mirror<const N: usize>;
impl<const N: usize> Layer<Rank1<N>> for Mirror<N> {
    type Out = Rank1<N>;
}

model! {
    pub struct Net {
        input x: Input<100>;
        let h = Dense<_, 64, Relu>(x);
        let m = Mirror<32>(h);
        let y = Dense<_, 10>(m);
        output y;
    }
}

fn main() {}

// kind: shape
