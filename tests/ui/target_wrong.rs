use keras_core::prelude::*;

sequential! { pub struct Net< Dense<4, 3>, Dense<_, 10, Softmax> > }

fn main() -> keras_core::Result<()> {
    let x = [[0.5; 4]; 2];
    let mut model = Net::<Cpu>::new(7).compile(Adam::default(), MeanSquaredError::default(), ());
    model.fit(&x, &[[0.5; 1]; 2], Fit::epochs(1))?;

    let loss = SparseCategoricalCrossentropy::default();
    let mut model = Net::<Cpu>::new(7).compile(Adam::default(), loss, ());
    model.fit(&x, &[[0.5; 10]; 2], Fit::epochs(1))?;
    model.fit(&x, &[0.5, 1.5], Fit::epochs(1))?;
    Ok(())
}

// mistakes: 3
