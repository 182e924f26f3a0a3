//! The same seed gives the same bits, whichever number of threads; a small model never wakes them.

#![allow(missing_docs)]

use keras_core::Values;
use keras_core::data::Data;
use keras_core::ndarray::{Array1, Array2, Array4};
use keras_core::prelude::*;

sequential! {
    struct Large< Dense<784, 512, Relu>, Dropout<0.2>, Dense<_, 512, Tanh>, Dense<_, 10, Softmax> >
}

sequential! {
    struct Convnet<
        Input<32, 32, 3>,
        Conv2D<3, 16, 3, Relu, padding = Same>,
        BatchNormalization,
        MaxPooling2D<2>,
        SpatialDropout2D<0.2>,
        Conv2D<16, 32, 3, Relu>,
        AveragePooling2D<3, strides = 2, padding = Same>,
        BatchNormalization<scale = false>,
        UpSampling2D<2, interpolation = Bilinear>,
        ZeroPadding2D<1>,
        Conv2D<32, 32, 3, strides = 2, groups = 4>,
        GlobalMaxPooling2D,
        Dense<32, 10, Softmax>,
    >
}

sequential! {
    /// Without a layer that sees the whole batch, so that all of it goes in tiles.
    struct Tiled<
        Input<32, 32, 3>,
        Conv2D<3, 16, 3, Relu, padding = Same>,
        MaxPooling2D<2>,
        SpatialDropout2D<0.2>,
        Conv2D<16, 32, 3, Relu>,
        GlobalAveragePooling2D,
        Dense<32, 10, Softmax>,
    >
}

sequential! {
    struct Small< Dense<100, 64, Relu>, Dense<64, 1, Linear> >
}

fn pixels(n: usize) -> Array2<f32> {
    Array2::from_shape_fn((n, 784), |(i, j)| ((i * 131 + j * 17 + i * j) % 251) as f32 / 251.0)
}

fn images(n: usize) -> Array4<f32> {
    Array4::from_shape_fn((n, 32, 32, 3), |(i, h, w, c)| {
        ((i * 131 + h * 17 + w * h * 5 + c) % 251) as f32 / 251.0
    })
}

/// Trains a while; returns all gradients and the outputs, as bits.
fn trained<M, X>(threads: usize, x: &X) -> (Vec<u32>, Vec<u32>)
where
    M: Model<Backend = Cpu, Output = Rank1<10>>,
    X: Data<M::Input, Cpu>,
{
    let device = Cpu::with_threads(threads);
    let n = <M::Input as Values>::samples(&x.rows("x").unwrap());
    let y = Array1::from_shape_fn(n, |i| (i * 7 % 10) as u8);
    let mut model = M::new_on(device.clone(), 5).unwrap().compile(
        Adam::default(),
        SparseCategoricalCrossentropy::default(),
        (Accuracy::default(),),
    );
    model.fit(x, &y, Fit::epochs(2).batch_size(128).verbose(Verbose::Silent)).unwrap();
    assert_eq!(device.threads_started(), threads > 1, "a step of this size is worth threads");
    let outputs = model.predict_on_batch(x).unwrap();
    let mut weights = Vec::new();
    let mut gradients = Gradients::new(&*model).unwrap();
    model.value_and_grad(&SparseCategoricalCrossentropy::default(), x, &y, &mut gradients).unwrap();
    weights.extend(gradients.to_vec().iter().map(|v| v.to_bits()));
    (weights, outputs.as_slice().iter().map(|v| v.to_bits()).collect())
}

fn same_bits<M, X>(x: &X)
where
    M: Model<Backend = Cpu, Output = Rank1<10>>,
    X: Data<M::Input, Cpu>,
{
    let one = trained::<M, X>(1, x);
    assert!(one == trained::<M, X>(1, x), "the same seed, twice");
    for threads in [2, 4] {
        let (gradients, outputs) = trained::<M, X>(threads, x);
        assert!(one.0 == gradients, "gradients differ with {threads} threads");
        assert!(one.1 == outputs, "outputs differ with {threads} threads");
    }
}

#[test]
fn same_bits_for_1_2_and_4_threads() {
    same_bits::<Large, _>(&pixels(300));
}

#[test]
fn same_bits_for_images_and_normalisation() {
    same_bits::<Convnet, _>(&images(48));
}

#[test]
fn same_bits_for_images_in_tiles() {
    same_bits::<Tiled, _>(&images(130));
}

#[test]
fn another_seed_is_another_model() {
    let x = pixels(1);
    let outputs = |seed| Large::<Cpu>::new(seed).predict(&x).unwrap().to_vec();
    assert_eq!(outputs(1), outputs(1));
    assert_ne!(outputs(1), outputs(2));
}

#[test]
fn a_small_model_never_wakes_the_threads() {
    let device = Cpu::with_threads(4);
    let x = Array2::from_shape_fn((64, 100), |(i, j)| (i + j) as f32 / 164.0);
    let y = Array1::from_shape_fn(64, |i| i as f32 / 64.0);
    let mut model =
        Small::new_on(device.clone(), 5).unwrap().compile(Adam::default(), MeanSquaredError::default(), ());
    model.fit(&x, &y, Fit::epochs(3).verbose(Verbose::Silent)).unwrap();
    model.predict(&x).unwrap();
    assert!(!device.threads_started());
}
