//! Weights of Keras' files in models that were written by hand.

use keras_core::prelude::*;
use keras_core::saving::keras::{load_keras_weights, load_keras_weights_by_name, model_text};

use crate::expected::{Expected, folder};

sequential! { struct Lenet<
    Input<16, 16, 1>,
    first: Conv2D<_, 4, 5, Tanh, padding = Same>,
    AveragePooling2D<2>,
    Conv2D<_, 6, 3, Tanh>,
    AveragePooling2D<2>,
    Flatten,
    Dense<_, 12, Tanh>,
    Dense<_, 10, Softmax>,
> }

sequential! { struct Mlp< hidden_0: Dense<8, 6, Relu>, hidden_1: Dense<_, 5, Relu>, out: Dense<_, 3, Softmax> > }
sequential! { struct Other< hidden_0: Dense<8, 6, Relu>, hidden_1: Dense<_, 4, Relu>, last: Dense<_, 3, Softmax> > }
sequential! { struct Halves< e1: Dense<10, 5, Relu>, code: Dense<_, 2>, d1: Dense<_, 5, Relu>, decoder_recon: Dense<_, 10> > }

#[test]
fn by_order_from_all_kinds_of_files() {
    for kind in ["keras", "weights.h5", "h5"] {
        let path = folder().join(format!("files/lenet.{kind}"));
        let mut model = Lenet::<Cpu>::new(1);
        load_keras_weights(&mut model, path).unwrap();
        Expected::beside("files", "lenet.keras").compare(model).unwrap();
    }
}

#[test]
fn by_name_from_all_kinds_of_files() {
    for kind in ["keras", "weights.h5", "h5"] {
        let mut model = Mlp::<Cpu>::new(1);
        load_keras_weights_by_name(&mut model, folder().join(format!("files/mlp.{kind}"))).unwrap();
        Expected::beside("files", "mlp.keras").compare(model).unwrap();
        let mut model = Halves::<Cpu>::new(1);
        load_keras_weights_by_name(&mut model, folder().join(format!("files/autoencoder.{kind}"))).unwrap();
        Expected::beside("files", "autoencoder.keras").compare(model).unwrap();
    }
}

#[test]
fn all_that_differs_is_said_and_nothing_is_loaded() {
    let path = folder().join("files/mlp.keras");
    let mut model = Other::<Cpu>::new(1);
    let before = model.store().params().to_vec();
    let error = load_keras_weights_by_name(&mut model, &path).unwrap_err().to_string();
    for part in [
        "`last` is not in the file",
        "`out` is in the file, but not in the model",
        "`hidden_1/kernel` is [6, 4] in the model, but [6, 5] in `hidden_1` in the file",
        "`hidden_1/bias` is [4] in the model, but [5] in `hidden_1` in the file",
    ] {
        assert!(error.contains(part), "{error}");
    }
    let error = load_keras_weights(&mut model, &path).unwrap_err().to_string();
    assert!(
        error.contains("`last/kernel` is [4, 3] in the model, but [5, 3] in `out` in the file"),
        "{error}"
    );
    assert_eq!(model.store().params()[..], before[..]);
}

#[test]
fn a_file_in_our_words() {
    let text = model_text(folder().join("files/mlp.keras")).unwrap();
    let expected = "sequential! {
    pub struct Mlp<
        Input<8>,
        hidden_0: Dense<_, 6, Relu>,
        hidden_1: Dense<_, 5, Relu>,
        out: Dense<_, 3, Softmax>,
    >
}";
    assert_eq!(text, expected);
    let error = model_text(folder().join("files/unet.keras")).unwrap_err().to_string();
    assert!(error.ends_with("the layer `up_0` (`Conv2DTranspose`) does not exist yet"), "{error}");
}

#[test]
fn a_damaged_file_is_an_error() {
    for file in ["files/mlp.keras", "files/mlp.h5", "files/mlp.weights.h5"] {
        let bytes = std::fs::read(folder().join(file)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("damaged");
        for cut in (0..bytes.len()).step_by(bytes.len() / 40) {
            std::fs::write(&path, &bytes[..cut]).unwrap();
            // Some cuts only take what is not read; none may panic, and most are errors.
            let _ = load_keras_weights(&mut Mlp::<Cpu>::new(1), &path);
            let mut flipped = bytes.clone();
            flipped[cut] ^= 0xff;
            std::fs::write(&path, &flipped).unwrap();
            let _ = load_keras_weights(&mut Mlp::<Cpu>::new(1), &path);
        }
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        assert!(load_keras_weights(&mut Mlp::<Cpu>::new(1), &path).is_err(), "{file}");
    }
}
