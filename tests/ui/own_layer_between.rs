use keras_core::prelude::*;

#[derive(Clone, Default)]
pub struct Mirror<const N: usize>;
impl<const N: usize> Layer<Rank1<N>> for Mirror<N> {
    type Out = Rank1<N>;
}

sequential! { pub struct Net< Dense<100, 64, Relu>, Mirror<32>, Dropout<0.5>, Dense<_, 10, Softmax> > }

fn main() -> keras_core::Result<()> {
    let mut model = Net::<Cpu>::new(7).compile(Adam::default(), MeanSquaredError::default(), ());
    model.fit(&[[0.5; 100]; 2], &[[0.5; 10]; 2], Fit::epochs(1))?;
    Ok(())
}

// kind: shape
