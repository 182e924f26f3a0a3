use keras_core::prelude::*;

sequential! { pub struct Net< Dense<4, 3, Relu>, Dense<_, 1, Sigmoid> > }

fn main() {
    let _ = compile!(Net::<Cpu>::new(7), optimizer = "mse", loss = "adam");
    let _ = compile!(Net::<Cpu>::new(7), loss = "crossentropy", metrics = ["ce"]);
    let _ = compile!(Net::<Cpu>::new(7), loss = "ctc", metrics = ["huber"]);
    let _ = compile!(Net::<Cpu>::new(7), optimizer = "gradient descent", loss = "mse");
}

// mistakes: 7
