use keras_core::prelude::*;

sequential! { pub struct Net< Dense<4, 3>, Dense<_, 10> > }

fn main() {
    let metrics = (SparseCategoricalAccuracy::default(),);
    let _ = Net::<Cpu>::new(7).compile(Adam::default(), MeanSquaredError::default(), metrics);
}
