//! Handwritten digits with a small convolutional network, the one of Keras' first guide: two
//! convolutions, each followed by a pooling, then one dense layer.
//!
//! ```sh
//! cargo run --release --example mnist_convnet
//! cargo run --release --features plot --example mnist_convnet     # with pictures, in SVG files
//! ```
//!
//! `--epochs N` (4), `--seed N`, `--out DIR` for the pictures (the current folder). The data is that of
//! the example `mnist`.

use std::path::PathBuf;
use std::process::ExitCode;

use keras_core::data::ImageClassification;
use keras_core::ndarray::{Array3, ArrayView1, Axis};
use keras_core::prelude::*;

const HELP: &str = "options: --epochs N (at least 1), --seed N, --out DIR";

sequential! {
    /// How likely each of ten digits is, from the pixels of an image.
    pub struct Digits<
        Input<28, 28, 1>,
        first: Conv2D<1, 32, 3, Relu>,
        MaxPooling2D<2>,
        Conv2D<_, 64, 3, Relu>,
        MaxPooling2D<2>,
        Flatten,
        Dropout<0.5>,
        Dense<1600, 10, Softmax>,
    >
}
const _: () = assert!(Digits::<Cpu>::PARAMS == 34_826);

fn main() -> ExitCode {
    if std::env::args().any(|arg| arg == "--help") {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> keras_core::Result<()> {
    let data = ImageClassification::load(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/mnist"))?;
    // One channel behind each pixel.
    let images = |images: &Array3<u8>| images.mapv(|v| f32::from(v) / 255.0).insert_axis(Axis(3));
    let (x_train, x_test) = (images(&data.x_train), images(&data.x_test));
    println!("{} images to train with, {} to test with", data.y_train.len(), data.y_test.len());

    let mut model = Digits::<Cpu>::new(options.seed).compile(
        Adam::default(),
        SparseCategoricalCrossentropy::default(),
        (Accuracy::default(),),
    );
    println!("{}", model.summary());
    let fit = Fit::epochs(options.epochs).batch_size(128).validation_data(&x_test, &data.y_test);
    let history = model.fit(&x_train, &data.y_train, fit)?;

    let answers = model.predict(&x_test)?.into_ndarray();
    let said: Vec<usize> = answers.rows().into_iter().map(largest).collect();
    let wrong: Vec<usize> = (0..said.len()).filter(|&i| said[i] != usize::from(data.y_test[i])).collect();
    println!("\n{} of {} images of the test set are taken for another digit", wrong.len(), said.len());
    for &i in wrong.iter().take(5) {
        println!("  image {i} says {}, is {}", said[i], data.y_test[i]);
    }
    pictures(options, &model, &history, &x_test, &wrong, &said, &data.y_test)?;

    let scores = model.evaluate(&x_test, &data.y_test)?;
    println!("test accuracy {:.4}", scores["accuracy"]);
    Ok(())
}

/// The most likely class.
fn largest(answer: ArrayView1<'_, f32>) -> usize {
    (0..answer.len()).max_by(|&a, &b| answer[a].total_cmp(&answer[b])).unwrap_or_default()
}

#[cfg(feature = "plot")]
fn pictures(
    options: &Options,
    model: &Digits<Cpu>,
    history: &keras_core::training::History,
    x_test: &keras_core::ndarray::Array4<f32>,
    wrong: &[usize],
    said: &[usize],
    truth: &keras_core::ndarray::Array1<u8>,
) -> keras_core::Result<()> {
    use keras_core::plot::{self, Image, Shades};

    let at = |name: &str| options.out.join(name);
    plot::curves(history, at("mnist_convnet_curves.svg"))?;

    let pixels: Vec<Vec<f32>> =
        wrong.iter().take(30).map(|&i| x_test.index_axis(Axis(0), i).iter().copied().collect()).collect();
    let images: Vec<Image<'_>> = wrong
        .iter()
        .zip(&pixels)
        .map(|(&i, pixels)| {
            let caption = format!("says {}, is {}", said[i], truth[i]);
            Image { pixels, shape: [28, 28, 1], caption }
        })
        .collect();
    if !images.is_empty() {
        plot::images(&images, 6, Shades::Unit, at("mnist_convnet_wrong.svg"))?;
    }

    // The kernel is (height, width, channels, filters).
    let kernel = model.first().kernel();
    let filters: Vec<Vec<f32>> =
        (0..32).map(|f| kernel.iter().flatten().map(|channels| channels[0][f]).collect()).collect();
    let images: Vec<Image<'_>> = filters
        .iter()
        .enumerate()
        .map(|(f, pixels)| Image { pixels, shape: [3, 3, 1], caption: format!("filter {f}") })
        .collect();
    plot::images(&images, 8, Shades::OfEach, at("mnist_convnet_filters.svg"))?;
    println!(
        "pictures: mnist_convnet_{{curves,wrong,filters}}.svg in {}",
        options.out.canonicalize().unwrap_or_else(|_| options.out.clone()).display()
    );
    Ok(())
}

#[cfg(not(feature = "plot"))]
fn pictures<A, B, C, D, E, F>(
    options: &Options,
    _: A,
    _: B,
    _: C,
    _: D,
    _: E,
    _: F,
) -> keras_core::Result<()> {
    let _ = &options.out;
    println!("with `--features plot` there are pictures of these, of the filters and of the loss");
    Ok(())
}

/// What the command line asks for.
struct Options {
    epochs: usize,
    seed: u64,
    out: PathBuf,
}

impl Options {
    fn parse(mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self { epochs: 4, seed: 1, out: ".".into() };
        while let Some(name) = args.next() {
            let mut value = |what| args.next().ok_or_else(|| format!("{name} wants {what} after it"));
            match name.as_str() {
                "--epochs" => options.epochs = number(&name, &value("a number")?, 1)? as usize,
                "--seed" => options.seed = number(&name, &value("a number")?, 0)?,
                "--out" => options.out = value("a folder")?.into(),
                _ => return Err(format!("unknown option {name}")),
            }
        }
        Ok(options)
    }
}

fn number(name: &str, text: &str, least: u64) -> Result<u64, String> {
    let number = text.parse().ok().filter(|&number| number >= least);
    number.ok_or_else(|| format!("{name}: expected a whole number of at least {least}, but found `{text}`"))
}
