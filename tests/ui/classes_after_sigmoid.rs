#![deny(warnings)]

use keras_core::prelude::*;

sequential! { pub struct Net< Dense<4, 3, Relu>, Dense<_, 10, Sigmoid> > }
sequential! { #[allow(keras::sigmoid_many_classes)] pub struct Allowed< Dense<4, 3, Relu>, Dense<_, 10, Sigmoid> > }

fn main() -> keras_core::Result<()> {
    let (x, y) = ([[0.5; 4]; 2], [1, 2]);
    let mut model = Net::<Cpu>::new(7).compile(Adam::default(), SparseCategoricalCrossentropy::default(), ());
    model.fit(&x, &y, Fit::epochs(1))?;

    let mut model = compile!(Net::<Cpu>::new(7), optimizer = "adam", loss = "categorical_crossentropy");
    model.fit(&x, &[[0.0; 10]; 2], Fit::epochs(1))?;

    // Several classes can be true at once.
    let mut model = compile!(Net::<Cpu>::new(7), optimizer = "adam", loss = "binary_crossentropy");
    model.fit(&x, &[[0.0; 10]; 2], Fit::epochs(1))?;

    let mut model = Allowed::<Cpu>::new(7).compile(Adam::default(), SparseCategoricalCrossentropy::default(), ());
    model.fit(&x, &y, Fit::epochs(1))?;
    Ok(())
}
// mistakes: 2
