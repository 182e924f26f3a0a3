use keras_core::prelude::*;

sequential! {
    pub struct Mlp<
        Dense<100, 64, Relu, use_bais = false>,
        Dense<64, 1, kernel_initialiser = HeNormal>,
        Dropout<0.5, noise = 3>,
        Dense<1, 1, momentum = 0.9>,
        Dense<1, 1, use_bias = true, use_bias = false>,
        Dense<1, 1, use_bias = 3>,
        Dense<1, 1, bais = false, kernel = HeNormal>,
        Dense<1, 1, bias = Ones, units = 1>,
        Dense<1, 1, lora_rank = 4>,
    >
}

fn main() {}

// mistakes: 11
