//! A residual network on Fashion-MNIST: pictures of clothes in ten classes.
//!
//! ```sh
//! cargo run --release --example residual_convnet -- --data DIR [--epochs N]
//! ```
//!
//! `DIR` has the four files of the set as it is published (`train-images-idx3-ubyte.gz`, ..), from
//! <https://github.com/zalandoresearch/fashion-mnist>. Shows: blocks with sizes of their own, sums around
//! convolutions, and batch normalisation.

use std::path::PathBuf;

use keras_core::data::ImageClassification;
use keras_core::ndarray::{Array3, Axis};
use keras_core::prelude::*;

model! {
    /// Two residual blocks behind a convolution.
    pub struct Clothes {
        block residual<FILTERS, STRIDES>(x) {
            let a = Activation<Relu>(BatchNormalization<momentum = 0.9>(
                Conv2D<_, FILTERS, 3, strides = STRIDES, padding = Same, use_bias = false>(x)
            ));
            let b = BatchNormalization<momentum = 0.9>(Conv2D<_, FILTERS, 3, padding = Same, use_bias = false>(a));
            let short = BatchNormalization<momentum = 0.9>(Conv2D<_, FILTERS, 1, strides = STRIDES, use_bias = false>(x));
            let y = Activation<Relu>(Add(short, b));
            output y;
        }
        input image: Input<28, 28, 1>;
        let stem = Activation<Relu>(BatchNormalization<momentum = 0.9>(Conv2D<_, 16, 3, padding = Same, use_bias = false>(image)));
        let first = residual<24, 2>(stem);
        let second = residual<48, 2>(first);
        let features = GlobalAveragePooling2D(second);
        let class = Dense<_, 10, Softmax>(Dropout<0.3>(features));
        output class;
    }
}

const NAMES: [&str; 10] =
    ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut data, mut epochs) = (None, 3);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match (argument.as_str(), arguments.next()) {
            ("--data", Some(folder)) => data = Some(PathBuf::from(folder)),
            ("--epochs", Some(number)) => epochs = number.parse()?,
            _ => return Err("usage: residual_convnet --data DIR [--epochs N]".into()),
        }
    }
    let Some(data) = data else {
        println!(
            "needs `--data DIR`, with the four .gz files of https://github.com/zalandoresearch/fashion-mnist"
        );
        return Ok(());
    };
    let data = ImageClassification::load(data)?;
    // One channel behind each pixel.
    let images = |images: &Array3<u8>| images.mapv(|v| f32::from(v) / 255.0).insert_axis(Axis(3));
    let (x_train, x_test) = (images(&data.x_train), images(&data.x_test));
    let (y_train, y_test) = (data.y_train, data.y_test);

    let mut model = Clothes::<Cpu>::new(7).compile(
        Adam::new(0.002),
        SparseCategoricalCrossentropy::default(),
        (Accuracy::default(),),
    );
    println!("{}", model.summary());
    model.fit(&x_train, &y_train, Fit::epochs(epochs).batch_size(128).validation_split(0.1))?;
    let said = model.predict(&x_test)?.into_ndarray();
    let mut right = [[0_usize; 2]; 10];
    for (row, &class) in said.outer_iter().zip(&y_test) {
        let best = (0..10).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap_or_default();
        right[usize::from(class)][0] += usize::from(best == usize::from(class));
        right[usize::from(class)][1] += 1;
    }
    for (name, [right, all]) in NAMES.iter().zip(right) {
        println!("{name:>9}: {right} of {all} right");
    }
    println!("test accuracy {:.4}", model.evaluate(&x_test, &y_test)?["accuracy"]);
    Ok(())
}
