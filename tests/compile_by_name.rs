//! `compile!`: Keras' names become types while the program is compiled.
#![allow(missing_docs)]

use keras_core::metrics::RootMeanSquaredError;
use keras_core::optimizers::Optimizer;
use keras_core::prelude::*;
use keras_core::training::Compiled;

sequential! { struct Net< Dense<2, 8, Tanh>, Dense<_, 1> > }

model! {
    struct Two {
        input x: Input<2>;
        let class = Dense<_, 3, Softmax>(x);
        let age = Dense<_, 1>(x);
        output class, age;
    }
}

const X: [[f32; 2]; 4] = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];

#[test]
fn names_are_types() {
    let net: Compiled<Net, Adam, MeanSquaredError, (MeanAbsoluteError, RootMeanSquaredError)> = compile!(
        Net::<Cpu>::new(7),
        optimizer = "Adam",
        loss = "MSE",
        metrics = ["mean_absolute_error", "root_mean_squared_error"]
    );
    assert_eq!(*net.optimizer(), Adam::default());
    let net: Compiled<Net, RMSprop, Huber, ()> = compile!(Net::<Cpu>::new(7), loss = "huber");
    assert_eq!(net.optimizer().name(), "rmsprop");
}

#[test]
fn it_trains_as_compile_does() {
    let y = [[0.0_f32], [1.0], [1.0], [0.0]];
    let by_type = Net::<Cpu>::new(7)
        .compile(Adam::default(), MeanSquaredError::default(), (MeanAbsoluteError::default(),))
        .fit(&X, &y, Fit::epochs(2).verbose(Verbose::Silent))
        .unwrap();
    let mut net = compile!(Net::<Cpu>::new(7), optimizer = "adam", loss = "mse", metrics = ["mae"]);
    let by_name = net.fit(&X, &y, Fit::epochs(2).verbose(Verbose::Silent)).unwrap();
    assert_eq!(by_name["loss"], by_type["loss"]);
    // Each metric is called as it is written.
    assert_eq!(by_name["mae"], by_type["mean_absolute_error"]);
}

#[test]
fn expressions_stand_beside_names() {
    let loss = Huber::new(2.0);
    let net = compile!(
        Net::<Cpu>::new(7),
        optimizer = Adam::new(0.5),
        metrics = [loss, "mae", R2Score::default()],
        loss = loss,
    );
    assert_eq!(net.optimizer().learning_rate(), 0.5);
    let metrics = (Named::new("off", MeanAbsoluteError::default()),);
    let mut net = compile!(Net::<Cpu>::new(7), loss = "mae", metrics = metrics);
    assert!(net.evaluate(&X, &[[0.0_f32]; 4]).unwrap()["off"] >= 0.0);
}

#[test]
fn accuracy_and_crossentropy_fit_themselves() {
    sequential! { struct Classes< Dense<2, 3, Softmax> > }
    let mut net = compile!(
        Classes::<Cpu>::new(7),
        loss = "sparse_categorical_crossentropy",
        metrics = ["acc", "ce", "sparse_categorical_accuracy"]
    );
    let scores = net.evaluate(&X, &[0_u8, 1, 2, 2]).unwrap();
    assert_eq!(scores["acc"], scores["sparse_categorical_accuracy"]);
    assert!((scores["ce"] - scores["loss"]).abs() < 1e-6);
    let mut net = compile!(
        Classes::<Cpu>::new(7),
        loss = "categorical_crossentropy",
        metrics = ["accuracy", "categorical_accuracy"]
    );
    let scores = net.evaluate(&X, &[[1.0_f32, 0.0, 0.0]; 4]).unwrap();
    assert_eq!(scores["accuracy"], scores["categorical_accuracy"]);
}

#[test]
fn several_outputs_have_a_loss_each() {
    let mut net = compile!(
        Two::<Cpu>::new(7),
        optimizer = "sgd",
        loss = ("sparse_categorical_crossentropy", "mse"),
        loss_weights = [1.0, 0.5],
        metrics = (["accuracy", "crossentropy"], ["mae"]),
    );
    let y = ([0_u8, 1, 2, 2], [[1.0_f32], [2.0], [3.0], [4.0]]);
    let scores = net.evaluate(&X, &y).unwrap();
    let both = scores["class_loss"] + 0.5 * scores["age_loss"];
    assert!((scores["loss"] - both).abs() < 1e-5);
    assert!((scores["class_crossentropy"] - scores["class_loss"]).abs() < 1e-6);
    assert!(scores["class_accuracy"] <= 1.0 && scores["age_mae"] >= 0.0);
    let mut net = compile!(
        Two::<Cpu>::new(7),
        loss = ["sparse_categorical_crossentropy", "mse"],
        metrics = ["accuracy", "mae"]
    );
    assert_eq!(net.evaluate(&X, &y).unwrap()["age_mae"], scores["age_mae"]);
}
