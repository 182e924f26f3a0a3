//! Graphs: what `model!` makes.

use keras_core::ndarray::{Array1, Array2, Array4};
use keras_core::prelude::*;

model! {
    /// Two dense layers around a sum.
    pub struct Skip {
        input x: Input<4>;
        let a = Dense<_, 4, Tanh>(x);
        let b = Dense<_, 4, Relu>(a);
        let sum = Add(a, b);
        let y = Dense<_, 1>(sum);
        output y;
    }
}

const _: () = assert!(Skip::<Cpu>::PARAMS == 20 + 20 + 5);

#[test]
fn it_predicts() {
    let mut net = Skip::<Cpu>::new(1);
    let y = net.predict(&[[0.1, 0.2, 0.3, 0.4]]).unwrap();
    println!("{}", net.summary());
    assert_eq!(y.samples(), 1);
}

model! {
    /// Two inputs, two outputs.
    pub struct Two {
        input image: Input<6, 6, 1>;
        input table: Input<3>;
        let picture = Dense<_, 4, Tanh>(Flatten(image));
        let facts = Dense<_, 4, Tanh>(table);
        let h = Concatenate(picture, facts);
        let class = Dense<_, 3, Softmax>(h);
        let age = Dense<_, 1>(h);
        output class, age;
    }
}

#[test]
fn several_inputs_and_outputs() {
    assert_eq!(
        (Two::<Cpu>::INPUTS, Two::<Cpu>::OUTPUTS),
        (["image", "table"].as_slice(), ["class", "age"].as_slice())
    );
    let losses = (SparseCategoricalCrossentropy::default(), Weighted::new(0.1, MeanSquaredError::default()));
    let metrics = ((Accuracy::default(),), (MeanAbsoluteError::default(),));
    let mut net = Two::<Cpu>::new(1).compile(Adam::new(0.01), losses, metrics);
    let images =
        Array4::from_shape_fn((40, 6, 6, 1), |(n, i, j, _)| ((n * 7 + i * 3 + j) % 11) as f32 / 11.0);
    let tables = Array2::from_shape_fn((40, 3), |(n, i)| ((n * 5 + i) % 7) as f32 / 7.0);
    let classes = Array1::from_shape_fn(40, |n| n % 3);
    let ages = Array1::from_shape_fn(40, |n| (n % 5) as f32);
    let fit = Fit::epochs(20).batch_size(16).validation_split(0.25).verbose(Verbose::Silent);
    let history = net.fit(&(&images, &tables), &(&classes, &ages), fit).unwrap();
    let names = [
        "loss",
        "class_loss",
        "age_loss",
        "class_accuracy",
        "age_mean_absolute_error",
        "val_loss",
        "val_class_loss",
        "val_age_loss",
        "val_class_accuracy",
        "val_age_mean_absolute_error",
    ];
    assert_eq!(history.names().collect::<Vec<_>>(), names);
    for epoch in 0..20 {
        let sum = history["class_loss"][epoch] + 0.1 * history["age_loss"][epoch];
        assert!((history["loss"][epoch] - sum).abs() < 1e-5);
    }
    assert!(history["loss"][19] < history["loss"][0]);
    let (class, age) = net.predict(&(&images, &tables)).unwrap();
    assert_eq!((class.into_ndarray().dim(), age.into_ndarray().dim()), ((40, 3), (40, 1)));
    let scores = net.evaluate(&(&images, &tables), &(&classes, &ages)).unwrap();
    assert!(scores["age_loss"] > 0.0);
}

#[test]
fn several_inputs_are_checked_one_by_one() {
    let mut net = Two::<Cpu>::new(1);
    let error = |x: &(Array4<f32>, Array2<f32>)| Two::<Cpu>::new(1).predict(x).unwrap_err().to_string();
    let (images, tables) = (Array4::<f32>::zeros((4, 6, 6, 1)), Array2::<f32>::zeros((4, 3)));
    net.predict(&(&images, &tables)).unwrap();
    assert_eq!(error(&(images.clone(), Array2::zeros((3, 3)))), "x.0 has 4 samples, but x.1 has 3");
    let found = error(&(images, Array2::zeros((4, 2))));
    assert_eq!(found, "x.1: axis 1 should be 3, but is 2 (expected shape (n, 3), found (4, 2))");
}

sequential! {
    #[allow(keras::bias_before_normalization)]
    struct Transfer<
        Input<4, 4, 2>,
        #[frozen] conv: Conv2D<_, 3, 3, padding = Same>,
        #[frozen] norm: BatchNormalization,
        Flatten,
        head: Dense<_, 2>,
    >
}

#[test]
fn what_is_frozen_neither_learns_nor_remembers() {
    let x = Array4::from_shape_fn((8, 4, 4, 2), |(n, i, j, c)| ((n * 7 + i * 3 + j * 5 + c) % 11) as f32);
    let y = Array2::from_shape_fn((8, 2), |(n, i)| (n + i) as f32);
    let adam = Adam::new(0.1).weight_decay(0.1);
    let mut net = Transfer::<Cpu>::new(3).compile(adam, MeanSquaredError::default(), ());
    assert!(net.summary().to_string().contains("Trainable params: 98"), "{}", net.summary());
    let params = |net: &Transfer| net.store().params().to_vec();
    let layer = |name: &str| Transfer::<Cpu>::LAYERS.iter().find(|l| l.name == name).unwrap();
    let changed = |old: &[f32], new: &[f32], name: &str| -> Vec<bool> {
        layer(name).places().map(|(_, range)| old[range.clone()] != new[range]).collect()
    };
    let before = params(&net);
    net.fit(&x, &y, Fit::epochs(2).batch_size(4).verbose(Verbose::Silent)).unwrap();
    let after = params(&net);
    assert_eq!(changed(&before, &after, "conv"), [false; 2]);
    assert_eq!(changed(&before, &after, "norm"), [false; 4]);
    assert_eq!(changed(&before, &after, "head"), [true; 2]);

    // As in Keras, a frozen normalisation goes by what it remembers, also in training.
    let mut gradients = Gradients::new(&*net).unwrap();
    let trained = net.value_and_grad(&MeanSquaredError::default(), &x, &y, &mut gradients).unwrap();
    let tested = net.test_on_batch(&x, &y).unwrap()["loss"];
    assert!((trained - tested).abs() < 1e-5 * tested);

    net.unfreeze("norm").unwrap();
    assert!(!net.is_frozen("norm").unwrap() && net.is_frozen("conv").unwrap());
    net.fit(&x, &y, Fit::epochs(2).batch_size(4).verbose(Verbose::Silent)).unwrap();
    let last = params(&net);
    assert_eq!(changed(&after, &last, "conv"), [false; 2]);
    assert_eq!(changed(&after, &last, "norm"), [true; 4]);
}

sequential! {
    struct Heavy<
        Input<6, 6, 1>,
        conv: Conv2D<_, 4, 3, Relu>,
        flat: Flatten,
        Dropout<0.5>,
        hidden: Dense<_, 800, Tanh>,
        out: Dense<_, 3>,
    >
}

#[test]
fn a_model_up_to_a_layer() {
    let x = Array4::from_shape_fn((70, 6, 6, 1), |(n, i, j, _)| ((n * 7 + i * 3 + j) % 11) as f32 / 11.0);
    let mut net = Heavy::<Cpu>::new(3);
    let all = net.predict(&x).unwrap();
    let out: Tensor<Rank1<3>> = net.until_out().predict(&x).unwrap();
    assert_eq!(out.as_slice(), all.as_slice());
    let conv: Tensor<Rank3<4, 4, 4>> = net.until_conv().predict(&x).unwrap();
    let flat: Tensor<Rank1<64>> = net.until_flat().predict(&x).unwrap();
    assert_eq!(conv.as_slice(), flat.as_slice());

    // By hand: the last layer is linear.
    let hidden: Tensor<Rank1<800>> = net.until_hidden().predict(&x).unwrap();
    let (weights, row) = (net.out(), &hidden.as_slice()[..800]);
    let sum: f32 = row.iter().zip(weights.kernel()).map(|(h, w)| h * w[1]).sum::<f32>() + weights.bias()[1];
    assert!((sum - all.as_slice()[1]).abs() < 1e-4);

    let mut two = Two::<Cpu>::new(1);
    let tables = Array2::from_shape_fn((70, 3), |(n, i)| ((n * 5 + i) % 7) as f32 / 7.0);
    let h: Tensor<Rank1<8>> = two.until_h().predict(&(&x, &tables)).unwrap();
    let facts: Tensor<Rank1<4>> = two.until_facts().predict(&(&x, &tables)).unwrap();
    assert_eq!(h.as_slice()[8 + 4..16], facts.as_slice()[4..8]);
}
