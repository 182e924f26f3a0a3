use keras_core::ndarray::Array2;
use keras_core::prelude::*;

sequential! { pub struct Net< Input<28, 28, 1>, Flatten, Dense<_, 10, Softmax> > }

fn main() -> keras_core::Result<()> {
    let mut model = Net::<Cpu>::new(7);
    let x = Tensor::<Rank1<784>>::new(&[[0.5; 784]; 2])?;
    model.predict(&x)?;
    model.predict(&[[0.5; 784]; 2])?;
    model.predict(&Array2::<f32>::zeros((2, 784)))?;
    Ok(())
}

// mistakes: 2
