use keras_core::prelude::*;

sequential! { pub struct Net< Dense<100, 64, Relu>, Attention<32>, Dropout<0.5>, Dense<_, 10, Softmax> > }

fn main() -> keras_core::Result<()> {
    let mut model = Net::<Cpu>::new(7).compile(Adam::default(), MeanSquaredError::default(), ());
    model.fit(&[[0.5; 100]; 2], &[[0.5; 10]; 2], Fit::epochs(1))?;
    Ok(())
}
