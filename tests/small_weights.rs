//! The weights of the models that `small_targets` embeds: `SMALL_WEIGHTS=overwrite cargo test --test
//! small_weights` writes them anew. They are written by a test of their own, as the others do not compile
//! without them.

#![allow(missing_docs)]

use std::path::Path;

use keras_core::ndarray::Array2;
use keras_core::prelude::*;

#[macro_use]
#[path = "small_targets/nets.rs"]
mod nets;

/// What the programs in `keras-static/probe` give their models.
fn probed(n: usize) -> Array2<f32> {
    Array2::from_shape_fn((1, n), |(_, i)| (i * 37 % 101) as f32 / 101.0)
}

fn written(model: &impl Model, file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var("SMALL_WEIGHTS").is_ok_and(|what| what == "overwrite") {
        keras_core::saving::save_weights(model, &path).unwrap();
    }
}

macro_rules! each {
    ($name:ident, $file:literal, { $($layers:tt)* }) => {
        #[test]
        #[allow(non_snake_case)]
        fn $name() {
            sequential! { struct $name< $($layers)* > }
            let mut model = $name::<Cpu>::new(7);
            // Where they are zeros or ones, a mistake would be no difference.
            for (i, value) in model.store_mut().params_mut().iter_mut().enumerate() {
                *value += (i * 37 % 101) as f32 / 10100.0;
            }
            written(&model, $file);
            let before = model.store().params().to_vec();
            let mut model = $name::<Cpu>::new(1);
            model.load_weights(Path::new(env!("CARGO_MANIFEST_DIR")).join($file)).unwrap();
            assert_eq!(model.store().params()[..], before[..], "SMALL_WEIGHTS=overwrite writes {} anew", $file);
        }
    };
}
nets!(each);

/// What the programs in `keras-static/probe` must predict.
#[test]
fn expected() {
    sequential! { struct Mlp< Dense<100, 64, Relu>, Dense<64, 1, Linear> > }
    sequential! {
        struct Convnet<
            Input<784>, Reshape<28, 28, 1>, conv2d: Conv2D<1, 32, 3, Relu>, MaxPooling2D<2>,
            conv2d_1: Conv2D<_, 64, 3, Relu>, MaxPooling2D<2>, Flatten, dense: Dense<_, 10, Softmax>,
        >
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("keras-static/probe/weights");
    let overwrite = std::env::var("SMALL_WEIGHTS").is_ok_and(|what| what == "overwrite");
    let check = |name: &str, y: &[f32]| {
        let path = folder.join(format!("{name}.expected"));
        if overwrite {
            std::fs::write(&path, y.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<_>>()).unwrap();
        }
        let bytes = std::fs::read(&path).unwrap();
        let expected: Vec<f32> = bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
        assert_eq!(expected.len(), y.len());
        for (a, b) in expected.iter().zip(y) {
            assert!((a - b).abs() <= 1e-6 * a.abs().max(1.0), "{name}: {a} and {b}");
        }
    };
    let mut mlp = Mlp::<Cpu>::new(1);
    mlp.load_weights(folder.join("mlp.safetensors")).unwrap();
    check("mlp", mlp.predict(&probed(100)).unwrap().as_slice());
    let mut convnet = Convnet::<Cpu>::new(1);
    convnet.load_weights(folder.join("convnet.safetensors")).unwrap();
    check("convnet", convnet.predict(&probed(784)).unwrap().as_slice());
}
