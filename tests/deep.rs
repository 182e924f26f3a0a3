//! A chain of 600 layers compiles: nothing that the macro emits refers to the layer before in a way
//! that adds up, or the compiler's recursion limit (128) would end it.

use keras_core::prelude::*;

const FOUR: usize = 4;

macro_rules! six_hundred {
    ($name:ident [$($six:tt)*]) => {
        six_hundred!(@sixty $name [
            $($six)* $($six)* $($six)* $($six)* $($six)* $($six)* $($six)* $($six)* $($six)* $($six)*
        ]);
    };
    (@sixty $name:ident [$($sixty:tt)*]) => {
        six_hundred!(@all $name [
            $($sixty)* $($sixty)* $($sixty)* $($sixty)* $($sixty)*
            $($sixty)* $($sixty)* $($sixty)* $($sixty)* $($sixty)*
        ]);
    };
    (@all $name:ident [$($all:tt)*]) => {
        sequential! { #[allow(keras::two_linear_layers)] struct $name< Input<4>, $($all)* > }
    };
}

six_hundred! { Literal [
    Dense<_, 4, Relu>, Dense<4, 4>, Dropout<0.1>, Reshape<2, _>, Flatten, Activation<Tanh>,
] }
six_hundred! { Named [
    Dense<_, FOUR, Relu>, Dense<FOUR, 4>, Dropout<0.1>, Reshape<2, _>, Flatten, Dense<4, { 2 * FOUR - 4 }>,
] }

#[test]
fn six_hundred_layers_of_numbers() {
    assert_eq!(Literal::<Cpu>::LAYERS.len(), 600);
    assert_eq!(Literal::<Cpu>::PARAMS, 200 * 20);
    assert_eq!(Literal::<Cpu>::LAYERS[599].name, "activation_99");
    assert_eq!(Literal::<Cpu>::new(7).predict(&[[0.5; 4]]).unwrap().to_vec().len(), 4);
}

#[test]
fn six_hundred_layers_of_named_sizes() {
    assert_eq!(Named::<Cpu>::LAYERS.len(), 600);
    assert_eq!(Named::<Cpu>::PARAMS, 300 * 20);
}
