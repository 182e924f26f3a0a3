use keras_core::prelude::*;

sequential! {
    pub struct Net<
        keras_core::layers::Dense<4, 5, keras_core::activations::Relu>,
        ::keras_core::prelude::Dense<3, 2>,
    >
}

fn main() {}

// kind: shape
