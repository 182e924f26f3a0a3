use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Input<4>;
        let class = Dense<_, 3, Softmax>(x);
        let age = Dense<_, 1>(x);
        output class, age;
    }
}

fn main() {
    let net = || Net::<Cpu>::new(7);
    let _ = compile!(net(), loss = ("sparse_categorical_crossentropy", "msee"));
    let _ = compile!(net(), loss = ("sparse_categorical_crossentropy", "mse"), loss_weights = [1.0]);
    let _ = compile!(net(), loss = ("sparse_categorical_crossentropy", "mse"), loss_weights = 0.5);
    let _ = compile!(net(), loss = ("sparse_categorical_crossentropy", "mse"), metrics = ["mae", "mse", "acc"]);
    let _ = compile!(net(), loss = ("sparse_categorical_crossentropy", "mse"), metrics = ["mae", "mse"]);
    let _ = compile!(net(), loss = "mse");
}

// mistakes: 6
