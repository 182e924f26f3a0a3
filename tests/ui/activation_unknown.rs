use keras_core::prelude::*;

sequential! {
    pub struct Mlp<
        Dense<100, 64, Rellu>,
        Dense<64, 64, relu>,
        Dense<64, 64, LeakyReLU<0.1>>,
        Dense<64, 64, blurb>,
        Dense<64, 64, Relu<3>>,
        Activation<LeakyRelu<slope = 0.1>>,
        Activation<Threshold<1, 2, 3>>,
        Activation<Threshold<0.5, threshold = 1>>,
        Activation<RectifiedLinear<max_valu = 6>>,
        Dense<64, 1, Swishy>,
    >
}

fn main() {}

// mistakes: 10
