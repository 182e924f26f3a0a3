//! W3 and W4: the convolutional networks of Keras' guides.

use std::hint::black_box;

use benches::models::{Digits, Things, classes, images};
use benches::peer::{Figure, Peer};
use keras_core::prelude::*;

const BATCH: usize = 128;

macro_rules! workload {
    ($name:ident, $title:literal, $model:ident, $h:literal, $w:literal, $c:literal) => {
        pub fn $name(peer: &Peer) -> keras_core::Result<()> {
            let device = Cpu::with_threads(peer.threads);
            let x = images::<$h, $w, $c>(&device, BATCH, 1)?;
            let y = classes(&device, BATCH, 10, 2)?;
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
