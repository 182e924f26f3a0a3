//! The models that are measured, ready to train.

use keras_core::ndarray::{Array2, Array4};
use keras_core::prelude::*;

use crate::random::Numbers;

sequential! {
    /// W1
    pub struct Small< Dense<100, 64, Relu>, Dense<64, 1, Linear> >
}

sequential! {
    /// W2
    pub struct Large< Dense<784, 512, Relu>, Dense<512, 512, Relu>, Dense<512, 10, Linear> >
}

sequential! {
    /// W3: the MNIST convnet of Keras' guides
    pub struct Digits<
        Input<28, 28, 1>,
        Conv2D<1, 32, 3, Relu>,
        MaxPooling2D<2>,
        Conv2D<_, 64, 3, Relu>,
        MaxPooling2D<2>,
        Flatten,
        Dropout<0.5>,
        Dense<1600, 10>,
    >
}

sequential! {
    /// W4: their CIFAR-10 convnet
    pub struct Things<
        Input<32, 32, 3>,
        Conv2D<3, 32, 3, Relu, padding = Same>,
        Conv2D<_, 32, 3, Relu>,
        MaxPooling2D<2>,
        Dropout<0.25>,
        Conv2D<_, 64, 3, Relu, padding = Same>,
        Conv2D<_, 64, 3, Relu>,
        MaxPooling2D<2>,
        Dropout<0.25>,
        Flatten,
        Dense<2304, 512, Relu>,
        Dropout<0.5>,
        Dense<512, 10>,
    >
}

/// A training step, which returns its loss.
pub type Step = Box<dyn FnMut() -> f64>;

/// Makes a training step.
pub type Make = fn(&Cpu) -> keras_core::Result<Step>;

/// The training steps by the names of their workloads.
pub const STEPS: [(&str, Make); 3] = [("W1", w1), ("W2", w2), ("W3", w3)];

/// Random features.
///
/// # Errors
/// If there is no memory for them.
pub fn tensor<const WIDTH: usize>(
    device: &Cpu,
    samples: usize,
    seed: u64,
) -> keras_core::Result<Tensor<Rank1<WIDTH>>> {
    let numbers = Numbers::new(seed).floats(samples * WIDTH);
    Tensor::new_on(device.clone(), &Array2::from_shape_fn((samples, WIDTH), |(i, j)| numbers[i * WIDTH + j]))
}

/// Random images.
///
/// # Errors
/// If there is no memory for them.
pub fn images<const H: usize, const W: usize, const C: usize>(
    device: &Cpu,
    samples: usize,
    seed: u64,
) -> keras_core::Result<Tensor<Rank3<H, W, C>>> {
    let numbers = Numbers::new(seed).floats(samples * H * W * C);
    let array =
        Array4::from_shape_fn((samples, H, W, C), |(n, h, w, c)| numbers[((n * H + h) * W + w) * C + c]);
    Tensor::new_on(device.clone(), &array)
}

/// Random class numbers.
///
/// # Errors
/// If there is no memory for them.
pub fn classes(
    device: &Cpu,
    samples: usize,
    classes: u64,
    seed: u64,
) -> keras_core::Result<Tensor<Ints<Rank0>>> {
    Tensor::new_on(device.clone(), &Numbers::new(seed).classes(samples, classes))
}

fn w1(device: &Cpu) -> keras_core::Result<Step> {
    let (x, y) = (tensor::<100>(device, 32, 1)?, tensor::<1>(device, 32, 2)?);
    let mut model =
        Small::new_on(device.clone(), 0)?.compile(Adam::default(), MeanSquaredError::default(), ());
    Ok(Box::new(move || model.train_on_batch(&x, &y).map_or(f64::NAN, |logs| logs["loss"])))
}

fn w2(device: &Cpu) -> keras_core::Result<Step> {
    let (x, y) = (tensor::<784>(device, 128, 1)?, classes(device, 128, 10, 2)?);
    let loss = SparseCategoricalCrossentropy::from_logits();
    let mut model = Large::new_on(device.clone(), 0)?.compile(Adam::default(), loss, ());
    Ok(Box::new(move || model.train_on_batch(&x, &y).map_or(f64::NAN, |logs| logs["loss"])))
}

fn w3(device: &Cpu) -> keras_core::Result<Step> {
    let (x, y) = (images::<28, 28, 1>(device, 32, 1)?, classes(device, 32, 10, 2)?);
    let loss = SparseCategoricalCrossentropy::from_logits();
    let mut model = Digits::new_on(device.clone(), 0)?.compile(Adam::default(), loss, ());
    Ok(Box::new(move || model.train_on_batch(&x, &y).map_or(f64::NAN, |logs| logs["loss"])))
}
