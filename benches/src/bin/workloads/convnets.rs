//! W3 and W4: the convolutional networks of Keras' guides.

use std::hint::black_box;

use benches::peer::{Figure, Peer};
use benches::random::Numbers;
use keras_core::ndarray::Array4;
use keras_core::prelude::*;

sequential! {
    /// W3
    struct Digits<
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
    /// W4
    struct Things<
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

const BATCH: usize = 128;

fn images<const H: usize, const W: usize, const C: usize>(
    device: &Cpu,
    samples: usize,
    seed: u64,
) -> keras_core::Result<Tensor<Rank3<H, W, C>>> {
    let numbers = Numbers::new(seed).floats(samples * H * W * C);
    let array =
        Array4::from_shape_fn((samples, H, W, C), |(n, h, w, c)| numbers[((n * H + h) * W + w) * C + c]);
    Tensor::new_on(device.clone(), &array)
}

macro_rules! workload {
    ($name:ident, $title:literal, $model:ident, $h:literal, $w:literal, $c:literal) => {
        pub fn $name(peer: &Peer) -> keras_core::Result<()> {
            let device = Cpu::with_threads(peer.threads);
            let x = images::<$h, $w, $c>(&device, BATCH, 1)?;
            let y: Tensor<Ints<Rank0>> = Tensor::new_on(device.clone(), &Numbers::new(2).classes(BATCH, 10))?;
            let loss = SparseCategoricalCrossentropy::from_logits();
            let mut model = $model::new_on(device.clone(), 0)?.compile(Adam::default(), loss, ());
            peer.train($title, "train", Figure::Samples(BATCH), $model::<Cpu>::PARAMS, || {
                model.train_on_batch(&x, &y).map_or(f64::NAN, |logs| logs["loss"])
            });
            peer.time($title, "infer", Figure::Samples(BATCH), "", || {
                black_box(&model.predict_on_batch(black_box(&x)));
            });
            let one = images::<$h, $w, $c>(&device, 1, 3)?;
            peer.time($title, "predict1", Figure::Micros, "", || {
                black_box(&model.predict(black_box(&one)));
            });
            Ok(())
        }
    };
}

workload!(w3, "W3", Digits, 28, 28, 1);
workload!(w4, "W4", Things, 32, 32, 3);
