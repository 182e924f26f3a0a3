use keras_core::prelude::*;

sequential! { pub struct Net< Dense<4, 3, Relu>, Dense<_, 1> > }

fn main() -> keras_core::Result<()> {
    let mut model = Net::<Cpu>::new(7).compile(Adam::default(), MeanSquaredError::default(), ());
    model.fit(&[[0.5; 5]; 2], &[[0.5; 1]; 2], Fit::epochs(1))?;
    Ok(())
}
