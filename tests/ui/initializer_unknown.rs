use keras_core::prelude::*;

sequential! {
    pub struct Mlp<
        Dense<100, 64, Relu, kernel_initializer = HeNormall>,
        Dense<64, 64, kernel_initializer = glorot_uniform>,
        Dense<64, 64, bias_initializer = Zeros<3>>,
        Dense<64, 64, bias_initializer = Relu>,
        Dense<64, 64, bias_initializer = RandomNormal<0, 1, 2>>,
    >
}
sequential! { pub struct Far< Dense<100, 64, Relu, kernel_initializer = Missing> > }

fn main() {}

// mistakes: 6
