use keras_core::prelude::*;

sequential! { pub struct Net< Dense<4, 3, Relu>, Dense<_, 1> > }

fn main() {
    let _ = compile!(Net::<Cpu>::new(7), optimiser = "adam", loss = "mse");
    let _ = compile!(Net::<Cpu>::new(7), loss = "mse", jit_compile = true);
    let _ = compile!(Net::<Cpu>::new(7), optimizer = "adam", metrics = ["mae"]);
    let _ = compile!(Net::<Cpu>::new(7), loss = "mse", loss = "mae");
    let _ = compile!(Net::<Cpu>::new(7), "adam", "mse");
    let _ = compile!(optimizer = "adam", loss = "mse");
    let _ = compile!(Net::<Cpu>::new(7), loss = "mse" metrics = ["mae"]);
}

// mistakes: 7
