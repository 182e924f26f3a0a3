use keras_core::prelude::*;

sequential! { pub struct Net< Dense<4, 3, Relu>, Dense<_, 3, Softmax> > }

fn main() {
    let _ = compile!(Net::<Cpu>::new(7), loss = "sparse_categorical_crossentropy", metrics = ["mae"]);
    let mut net = compile!(Net::<Cpu>::new(7), loss = "sparse_categorical_crossentropy", metrics = ["acc"]);
    net.evaluate(&[[0.0; 4]], &[[0.0, 1.0, 0.0]]).unwrap();
}

// mistakes: 2
