use keras_core::prelude::*;

sequential! { struct Generic<T>< Dense<4, 3> > }
sequential! { struct Bounded<B: Backend>< Dense<4, 3> > }
sequential! { Dense<4, 3>, Dense<3, 1> }

fn main() {
    let _ = Generic::<Cpu>::new(1);
    let _ = sequential!(Dense<4, 3>, Dense<3, 1>)(1);
}

// mistakes: 4
