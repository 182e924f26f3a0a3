use keras_core::prelude::*;

sequential! { pub struct Near< Dense<100, 64, Relu>, Densse<64, 1> > }
sequential! { pub struct Lower< Input<4>, flatten, dense<4, 3> > }
sequential! { pub struct Function< Input<4>, size, Dense<_, 3> > }
sequential! { pub struct Far< Dense<100, 64, Relu>, Missing<64, 1>, Dense<_, 3> > }

fn main() {
    let mut model = Near::<Cpu>::new(7);
    let _: Tensor<Rank1<1>> = model.predict(&[[0.5; 100]; 2]).unwrap();
}

// mistakes: 5
