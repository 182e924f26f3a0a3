//! Networks on images: their weights by type, and what batch normalisation remembers.

#![allow(missing_docs)]

use keras_core::ndarray::{Array1, Array4};
use keras_core::prelude::*;

sequential! {
    #[allow(keras::bias_before_normalization)]
    struct Net<
        Input<6, 6, 2>,
        conv: Conv2D<2, 3, (2, 4)>,
        norm: BatchNormalization<momentum = 0.5>,
        shifted: BatchNormalization<scale = false>,
        scaled: BatchNormalization<center = false>,
        grouped: Conv2D<3, 6, 1, groups = 3, use_bias = false>,
        GlobalAveragePooling2D,
        Dense<6, 2, Softmax>,
    >
}

const _: () = assert!(Net::<Cpu>::PARAMS == (2 * 4 * 2 * 3 + 3) + 12 + 9 + 9 + 6 + 14);

fn images(n: usize) -> Array4<f32> {
    Array4::from_shape_fn((n, 6, 6, 2), |(i, h, w, c)| ((i * 7 + h * 5 + w * 3 + c) % 11) as f32 / 11.0)
}

fn classes(n: usize) -> Array1<u8> {
    Array1::from_shape_fn(n, |i| (i % 2) as u8)
}

#[test]
fn weights_have_types() {
    let mut net = Net::<Cpu>::new(1);
    let kernel: &[[[[f32; 3]; 2]; 4]; 2] = net.conv().kernel();
    // The limit of Glorot's uniform: the window times channels, and times filters.
    let limit = (6.0_f32 / (8.0 * 2.0 + 8.0 * 3.0)).sqrt();
    let largest =
        kernel.as_flattened().as_flattened().as_flattened().iter().fold(0.0_f32, |a, v| a.max(v.abs()));
    assert!(largest <= limit && largest > 0.8 * limit, "{largest} {limit}");
    assert_eq!(net.conv().bias(), &[0.0; 3]);
    assert_eq!((net.norm().gamma(), net.norm().beta()), (&[1.0; 3][..], &[0.0; 3][..]));
    assert_eq!((net.norm().moving_mean(), net.norm().moving_variance()), (&[0.0; 3][..], &[1.0; 3][..]));
    assert_eq!((net.shifted().beta(), net.scaled().gamma()), (&[0.0; 3][..], &[1.0; 3][..]));
    assert_eq!(net.grouped().kernel_row().len(), 6);

    net.conv_mut().kernel()[1][3][0][2] = 5.0;
    assert_eq!(net.conv().kernel_row()[((4 + 3) * 2) * 3 + 2], 5.0);
    net.conv_mut().bias()[1] = 4.0;
    net.norm_mut().beta()[2] = 3.0;
    net.shifted_mut().moving_variance()[0] = 2.0;
    net.scaled_mut().gamma()[0] = 7.0;
    net.grouped_mut().kernel_row()[5] = 6.0;
    let all = net.store().params();
    // The state lies behind all that is learned.
    let trained = 51 + 6 + 3 + 3 + 6 + 14;
    assert_eq!((all[42 + 2], all[48 + 1], all[51 + 5]), (5.0, 4.0, 3.0));
    assert_eq!((all[60], all[63 + 5]), (7.0, 6.0));
    assert_eq!(all[trained + 6 + 3], 2.0);
}

#[test]
fn training_moves_the_figures_and_prediction_uses_them() {
    let mut net = Net::<Cpu>::new(1).compile(SGD::new(0.0), SparseCategoricalCrossentropy::default(), ());
    let before = net.predict(&images(4)).unwrap().to_vec();
    net.train_on_batch(&images(8), &classes(8)).unwrap();
    // Half of 0 and half of the batch's mean; nothing else has changed.
    let mean = net.norm().moving_mean().to_vec();
    assert!(mean.iter().any(|v| v.abs() > 0.01));
    let after = net.predict(&images(4)).unwrap().to_vec();
    assert_ne!(before, after);
    // Neither predictions nor evaluations move them, nor do they depend on what else is in the batch.
    net.evaluate(&images(8), &classes(8)).unwrap();
    assert_eq!(net.norm().moving_mean(), mean);
    assert_eq!(net.predict(&images(1)).unwrap().to_vec(), after[..2]);
    net.train_on_batch(&images(8), &classes(8)).unwrap();
    for (now, first) in net.norm().moving_mean().iter().zip(&mean) {
        assert!((now - 1.5 * first).abs() < 1e-6, "half of the way and half of the rest");
    }
}

#[test]
fn files_keep_the_figures() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.safetensors");
    let mut net = Net::<Cpu>::new(1).compile(Adam::default(), SparseCategoricalCrossentropy::default(), ());
    net.fit(&images(32), &classes(32), Fit::epochs(2).batch_size(8).verbose(Verbose::Silent)).unwrap();
    net.save_weights(&path).unwrap();
    let mut other = Net::<Cpu>::new(2);
    other.load_weights(&path).unwrap();
    assert_eq!(other.norm().moving_mean(), net.norm().moving_mean());
    assert_eq!(other.scaled().moving_variance(), net.scaled().moving_variance());
    assert_eq!(other.predict(&images(5)).unwrap().to_vec(), net.predict(&images(5)).unwrap().to_vec());
}
