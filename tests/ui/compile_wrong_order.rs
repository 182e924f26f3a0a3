use keras_core::prelude::*;

sequential! { pub struct Net< Dense<4, 3, Relu>, Dense<_, 1> > }

fn main() {
    let _ = Net::<Cpu>::new(7).compile(MeanSquaredError::default(), Adam::default(), ());
}

// mistakes: 2
