use keras_core::prelude::*;

sequential! { pub struct Nothing< > }
sequential! { pub struct Inputs< Input<3> > }

fn main() {
    let _ = sequential!(< >)(7);
    let mut model = Nothing::<Cpu>::new(3);
    model.predict(&[[0.5; 100]; 2]).unwrap();
}

// mistakes: 3
