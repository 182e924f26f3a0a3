use keras_core::prelude::*;

sequential! { pub struct Net< Input<28, 28, 1>, Flatten, Dense<_, 10, Softmax> > }

fn main() {
    let mut model = Net::<Cpu>::new(7);
    let x: Tensor<Rank1<784>> = Tensor::zeros(Cpu::default(), 2).unwrap();
    model.predict(&x).unwrap();
    model.predict(&[[0.5; 784]; 2]).unwrap();
}
