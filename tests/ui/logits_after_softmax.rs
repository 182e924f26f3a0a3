#![deny(warnings)]

use keras_core::prelude::*;

sequential! { pub struct Net< Dense<4, 3>, Dense<_, 10, Softmax> > }
sequential! { pub struct Logits< Dense<4, 3>, Dense<_, 10> > }

fn main() -> keras_core::Result<()> {
    let (x, y) = ([[0.5; 4]; 2], [1, 2]);
    let loss = SparseCategoricalCrossentropy::from_logits();
    let mut model = Net::<Cpu>::new(7).compile(Adam::default(), loss.clone(), ());
    model.fit(&x, &y, Fit::epochs(1))?;

    let mut model = Logits::<Cpu>::new(7).compile(Adam::default(), loss, ());
    model.fit(&x, &y, Fit::epochs(1))?;
    Ok(())
}
