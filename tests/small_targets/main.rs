//! Models for small targets predict what the same models predict with the library.

#![allow(missing_docs)]

use std::path::Path;

use keras_core::ndarray::ArrayD;
use keras_core::prelude::*;
use keras_static::{StaticModel, static_model};

#[macro_use]
mod nets;

/// Numbers that no layer treats alike.
fn input(seed: usize, n: usize) -> Vec<f32> {
    (0..n).map(|i| ((i * 131 + seed * 977 + i * i * 7) % 509) as f32 / 127.0 - 2.0).collect()
}

fn close(found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len());
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() <= 1e-5 * b.abs().max(1.0), "{a} instead of {b}");
    }
}

macro_rules! each {
    ($name:ident, $file:literal, { $($layers:tt)* }) => {
        #[test]
        #[allow(non_snake_case)]
        fn $name() {
            sequential! { struct Large< $($layers)* > }
            static_model! { struct Small< $($layers)* > = $file }
            const N: usize = size_of::<<Small as StaticModel>::Input>() / 4;
            assert_eq!(Small::PARAMS, Large::<Cpu>::PARAMS);
            assert_eq!(size_of::<<Small as StaticModel>::Workspace>(), Small::WORKSPACE_BYTES);
            let mut large = Large::<Cpu>::new(1);
            large.load_weights(Path::new(env!("CARGO_MANIFEST_DIR")).join($file)).unwrap();
            let mut workspace = [f32::NAN; Small::WORKSPACE];
            for seed in 0..5 {
                let x = input(seed, N);
                let mut sizes = vec![1];
                sizes.extend_from_slice(<<Large as Model>::Input as Shape>::DIMS.sizes());
                let expected = large.predict(&ArrayD::from_shape_vec(sizes, x.clone()).unwrap()).unwrap();
                let x: &[f32; N] = x[..].try_into().unwrap();
                close(&Small::predict_static(x), expected.as_slice());
                // What was in the workspace makes no difference.
                assert_eq!(Small::predict_with(x, &mut workspace), Small::predict_static(x));
            }
        }
    };
}
nets!(each);
