use keras_core::prelude::*;

const WIDTH: usize = 9;

#[derive(Clone, Default)]
pub struct Mirror<const N: usize>;
impl<const N: usize> Layer<Rank1<N>> for Mirror<N> {
    type Out = Rank1<N>;
}

sequential! {
    pub struct Net<
        Input<28, 28, 1>,
        Dense<784, 64, Rellu>,
        Dense<WIDTH, 64>,
        Mirror<63>,
        Dense<32, 0>,
        Dropout<7>,
        Dense<10, 5, use_bais = true>,
        Dense<6, 3>,
    >
}

fn main() {
    let mut model = Net::<Cpu>::new(7);
    let _: Tensor<Rank1<3>> = model.predict(&[[[[0.5; 1]; 28]; 28]; 2]).unwrap();
}

// mistakes: 8
