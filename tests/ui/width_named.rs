use keras_core::prelude::*;

const HIDDEN: usize = 64;
const WIDTH: usize = 32;

sequential! { pub struct Mlp< Dense<100, HIDDEN, Relu>, Dropout<0.5>, Dense<WIDTH, 1, Linear> > }
sequential! { pub struct Two< Dense<100, HIDDEN, Relu>, Dense<32, 1> > }

fn main() {
    let mut model = Mlp::<Cpu>::new(7);
    model.predict(&[[0.5; 100]; 2]).unwrap();
    const _: () = assert!(Mlp::<Cpu>::PARAMS == 6529);
}

// mistakes: 2
// kind: shape
