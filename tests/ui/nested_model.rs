use keras_core::prelude::*;

sequential! { pub struct Encoder< Dense<4, 8, Tanh>, Dense<_, 2> > }

sequential! { pub struct TooMany< Input<5>, Encoder, Dense<_, 1> > }
sequential! { pub struct AfterIt< Input<4>, Encoder, Dense<3, 1> > }

sequential! { pub struct Broken< Dense<4, 8>, Dense<9, 2> > }
sequential! { pub struct Around< Input<4>, Broken, Dense<_, 1> > }

model! {
    pub struct TwoOutputs {
        input x: Input<4>;
        let a = Dense<_, 2>(x);
        let b = Dense<_, 3>(x);
        output a, b;
    }
}
sequential! { pub struct OfTwo< Input<4>, TwoOutputs, Dense<_, 1> > }

fn main() {
    let mut net = TooMany::<Cpu>::new(1);
    let _ = net.predict(&[[0.5; 5]]);
}

// mistakes: 4
