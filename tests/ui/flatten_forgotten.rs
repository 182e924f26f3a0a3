use keras_core::prelude::*;

sequential! { pub struct Written< Input<26, 26, 8>, Dense<5408, 10, Softmax> > }
sequential! { pub struct Inferred< Input<26, 26, 8>, Dropout<0.5>, Dense<_, 10, Softmax> > }
sequential! { pub struct Steps< Input<10, 8>, Dense<4, 10>, Dense<_, 3> > }
sequential! { pub struct Film< Input<4, 10, 10, 3>, Dense<3, 10> > }

fn main() {
    let mut model = Written::<Cpu>::new(7);
    model.predict(&[[[[0.5; 8]; 26]; 26]; 2]).unwrap();
}

// mistakes: 5
// kind: shape
