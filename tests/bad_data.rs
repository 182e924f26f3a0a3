//! Whatever is wrong with data, files or arguments is an `Err` that says what and where.

#![allow(missing_docs)]

use keras_core::ndarray::{Array1, Array2, Array3, array};
use keras_core::prelude::*;

sequential! {
    struct Net< Dense<3, 4, Relu>, Dense<_, 1> >
}

sequential! {
    struct Classes< Dense<3, 4, Relu>, Dense<_, 4, Softmax> >
}

fn x(n: usize) -> Array2<f32> {
    Array2::from_shape_fn((n, 3), |(i, j)| (i + j) as f32)
}

fn fit_error(x: &Array2<f32>, y: &Array1<f32>, fit: Fit<'_>) -> String {
    let mut model = Net::<Cpu>::new(1).compile(Adam::default(), MeanSquaredError::default(), ());
    model.fit(x, y, fit.verbose(Verbose::Silent)).unwrap_err().to_string()
}

#[test]
fn shapes() {
    let mut net = Net::<Cpu>::new(1);
    assert_eq!(
        net.predict(&Array2::<f32>::zeros((5, 4))).unwrap_err().to_string(),
        "x: axis 1 should be 3, but is 4 (expected shape (n, 3), found (5, 4))"
    );
    assert_eq!(
        net.predict(&Array3::<f32>::zeros((5, 3, 1))).unwrap_err().to_string(),
        "x: expected (n, 3), 2 axes, but found 3: (5, 3, 1)"
    );
    assert_eq!(
        net.predict(&Array2::<f32>::zeros((0, 3))).unwrap_err().to_string(),
        "x is empty: at least one sample is needed"
    );
}

#[test]
fn not_finite() {
    let mut bad = x(5);
    bad[[3, 2]] = f32::NAN;
    let y = Array1::zeros(5);
    let message = "x: sample 3, element 2 is NaN: every number must be finite";
    assert_eq!(fit_error(&bad, &y, Fit::epochs(1)), message);
    assert_eq!(Net::<Cpu>::new(1).predict(&bad).unwrap_err().to_string(), message);
    let mut bad = y;
    bad[4] = f32::INFINITY;
    assert_eq!(
        fit_error(&x(5), &bad, Fit::epochs(1)),
        "y: sample 4, element 0 is inf: every number must be finite"
    );
}

#[test]
fn lengths() {
    assert_eq!(fit_error(&x(5), &Array1::zeros(4), Fit::epochs(1)), "x has 5 samples, but y has 4");
    let weights = [1.0; 3];
    assert_eq!(
        fit_error(&x(5), &Array1::zeros(5), Fit::epochs(1).sample_weight(&weights)),
        "y has 5 samples, but sample_weight has 3"
    );
}

#[test]
fn classes() {
    let mut model = Classes::<Cpu>::new(1).compile(
        Adam::default(),
        SparseCategoricalCrossentropy::default(),
        (Accuracy::default(),),
    );
    assert_eq!(
        model.fit(&x(3), &array![0_usize, 1, 4], Fit::epochs(1)).unwrap_err().to_string(),
        "y: sample 2 is of class 4, but the classes are 0 to 3"
    );
    assert_eq!(
        model.evaluate(&x(3), &array![0_i64, -1, 3]).unwrap_err().to_string(),
        "y: sample 1 is of class -1, but the classes are 0 to 3"
    );
    model.fit(&x(3), &array![0_u8, 1, 3], Fit::epochs(1).verbose(Verbose::Silent)).unwrap();
}

#[test]
fn arguments() {
    let y = Array1::zeros(5);
    let fit = || Fit::epochs(2);
    assert_eq!(fit_error(&x(5), &y, fit().batch_size(0)), "batch_size: expected at least 1, but found 0");
    assert_eq!(fit_error(&x(5), &y, Fit::epochs(0)), "epochs: expected at least 1, but found 0");
    assert_eq!(
        fit_error(&x(5), &y, fit().initial_epoch(3)),
        "initial_epoch: expected at most the number of epochs, 2, but found 3"
    );
    assert_eq!(
        fit_error(&x(5), &y, fit().validation_split(1.0)),
        "validation_split: expected a share from 0 to below 1, but found 1"
    );
    assert_eq!(
        fit_error(&x(1), &Array1::zeros(1), fit().validation_split(0.5)),
        "validation_split: expected at least one sample on either side, but found 0.5 of 1 samples"
    );
}

#[test]
fn a_batch_larger_than_the_data_is_all_of_it() {
    let y = Array1::<f32>::zeros(5);
    let mut model = Net::<Cpu>::new(1).compile(Adam::default(), MeanSquaredError::default(), ());
    model.fit(&x(5), &y, Fit::epochs(1).batch_size(1_000_000).verbose(Verbose::Silent)).unwrap();
    assert_eq!(model.iterations(), 1);
}

#[test]
fn weights_that_do_not_fit_are_all_listed_and_nothing_is_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.safetensors");
    Net::<Cpu>::new(1).save_weights(&path).unwrap();
    let mut classes = Classes::<Cpu>::new(2);
    let before = classes.predict(&x(2)).unwrap().to_vec();
    let error = classes.load_weights(&path).unwrap_err().to_string();
    assert!(error.contains("`dense_1/kernel` is [4, 4] in the model, but [4, 1] in the file"), "{error}");
    assert!(error.contains("`dense_1/bias` is [4] in the model, but [1] in the file"), "{error}");
    assert_eq!(classes.predict(&x(2)).unwrap().to_vec(), before);

    let mut net = Net::<Cpu>::new(3);
    net.load_weights(&path).unwrap();
    assert_eq!(net.predict(&x(2)).unwrap().to_vec(), Net::<Cpu>::new(1).predict(&x(2)).unwrap().to_vec());

    std::fs::write(&path, b"not weights").unwrap();
    assert!(net.load_weights(&path).unwrap_err().to_string().contains("not a safetensors file"));
    let error = net.load_weights(folder.path().join("none")).unwrap_err().to_string();
    assert!(error.contains("none: "), "{error}");
    assert!(net.save_weights(folder.path().join("no/such/folder")).is_err());
}

#[test]
fn a_training_that_has_ended_already_does_nothing() {
    let y = Array1::<f32>::zeros(5);
    let mut model = Net::<Cpu>::new(1).compile(Adam::default(), MeanSquaredError::default(), ());
    let history = model.fit(&x(5), &y, Fit::epochs(2).initial_epoch(2)).unwrap();
    assert!(history.epochs().is_empty());
    assert_eq!(model.iterations(), 0);
}

#[test]
fn figures_of_one_name_and_class_weights_of_no_class() {
    let y = Array1::<f32>::zeros(5);
    let metrics = (Named::new("loss", MeanAbsoluteError::default()),);
    let mut model = Net::<Cpu>::new(1).compile(Adam::default(), MeanSquaredError::default(), metrics);
    let message = "metrics: expected names that differ; `Named::new(\"another name\", metric)` gives one, \
                   but found `loss` twice";
    assert_eq!(model.evaluate(&x(5), &y).unwrap_err().to_string(), message);
    assert_eq!(
        fit_error(&x(5), &y, Fit::epochs(1).class_weight([(7, 1.0)])),
        "class_weight: expected each of the classes 0 to 1 at most once, but found class 7"
    );
    assert_eq!(
        fit_error(&x(5), &y, Fit::epochs(1).class_weight([(1, 1.0), (1, 2.0)])),
        "class_weight: expected each of the classes 0 to 1 at most once, but found class 1"
    );
}

#[test]
fn class_numbers_that_are_far_too_large() {
    let mut model =
        Classes::<Cpu>::new(1).compile(Adam::default(), SparseCategoricalCrossentropy::default(), ());
    assert_eq!(
        model.evaluate(&x(2), &[0_u64, u64::MAX]).unwrap_err().to_string(),
        "y, sample 1: expected a class number that fits an `i32`, but found 18446744073709551615"
    );
}

#[test]
fn two_fits_of_an_epoch_are_one_fit_of_two() {
    let x = Array2::from_shape_fn((50, 3), |(i, j)| ((i * 7 + j * 5) % 11) as f32 / 11.0);
    let y = Array1::from_shape_fn(50, |i| ((i * 3) % 7) as f32 / 7.0);
    let losses = |fits: &[usize]| {
        let mut model = Net::<Cpu>::new(1).compile(SGD::new(0.1), MeanSquaredError::default(), ());
        let mut losses = Vec::new();
        for &epochs in fits {
            let fit = Fit::epochs(epochs).batch_size(4).verbose(Verbose::Silent);
            losses.extend(model.fit(&x, &y, fit).unwrap()["loss"].iter().copied());
        }
        losses
    };
    assert_eq!(losses(&[1, 1]), losses(&[2]));
}
