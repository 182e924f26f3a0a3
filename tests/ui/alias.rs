use keras_core::prelude::*;

type Head = Dense<32, 10, Softmax>;

sequential! { pub struct Mlp< Dense<100, 64, Relu>, Head > }
sequential! { pub struct Middle< Dense<100, 64, Relu>, Head, Dense<_, 3> > }

fn main() {
    let mut model = Mlp::<Cpu>::new(7);
    model.predict(&[[0.5; 100]; 2]).unwrap();
}

// mistakes: 2
// kind: shape
