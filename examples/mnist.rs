//! Handwritten digits: trains a dense network on the 60,000 digits of MNIST, in a few seconds.
//!
//! ```sh
//! cargo run --release --example mnist
//! cargo run --release --example mnist -- --epochs 10 --seed 1 --data path/to/idx/files
//! ```
//!
//! The digits lie in `examples/data/mnist`: all 60,000 of the official training set, and the official
//! test set less 2,000 images, so 8,000 to test with. `--data` takes a folder with other IDX files of
//! 28 x 28 pixels and 10 classes, such as Fashion-MNIST: `train-images-idx3-ubyte` and
//! `train-labels-idx1-ubyte`, the same with `t10k` (or `t8k`), gzipped or not.

use std::path::PathBuf;
use std::process::ExitCode;

use keras_core::Error;
use keras_core::data::ImageClassification;
use keras_core::ndarray::{Array2, Array3, ArrayView1, ArrayView2, Axis};
use keras_core::prelude::*;

const HELP: &str = "options: --data DIR, --epochs N (at least 1), --seed N";
const WEIGHTS: &str = "mnist.safetensors";

sequential! {
    /// How likely each of ten digits is, from the pixels of an image.
    pub struct Digits<
        Input<28, 28>,
        Flatten,
        Dense<784, 128, Relu>,
        Dropout<0.2>,
        Dense<128, 10, Softmax>,
    >
}

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
    let data = ImageClassification::load(&options.data)?;
    let (x_train, x_test) = (zero_to_one(&data.x_train), zero_to_one(&data.x_test));
    println!("{} images to train with, {} to test with", data.y_train.len(), data.y_test.len());

    let mut model = Digits::<Cpu>::new(options.seed).compile(
        Adam::default(),
        SparseCategoricalCrossentropy::default(),
        (Accuracy::default(),),
    );
    println!("{}", model.summary());
    let fit = Fit::epochs(options.epochs).batch_size(32).validation_data(&x_test, &data.y_test);
    model.fit(&x_train, &data.y_train, fit)?;

    let answers = model.predict(&x_test)?.into_ndarray();
    println!("\nthe first three images of the test set, and the first one more that it gets wrong:\n");
    let tests = data.y_test.len();
    let wrong = (3..tests).find(|&i| said(answers.row(i)) != usize::from(data.y_test[i]));
    let shown: Vec<usize> = (0..3.min(tests)).chain(wrong).collect();
    for pair in shown.chunks(2) {
        draw(pair, &data, &answers);
    }

    model.save_weights(WEIGHTS)?;
    // Another seed, so that it is the file that makes the answers equal.
    let mut loaded = Digits::<Cpu>::new(options.seed.wrapping_add(1));
    loaded.load_weights(WEIGHTS)?;
    let again = loaded.predict(&x_test)?.into_ndarray();
    let same = answers.iter().zip(&again).all(|(a, b)| a.to_bits() == b.to_bits());
    if !same {
        return Err(Error::file(WEIGHTS, "the weights give other answers than when they were saved"));
    }
    println!("the weights saved in {WEIGHTS} and loaded again give the same answers, bit for bit");

    let scores = model.evaluate(&x_test, &data.y_test)?;
    println!("test accuracy {:.4}", scores["accuracy"]);
    Ok(())
}

fn zero_to_one(images: &Array3<u8>) -> Array3<f32> {
    images.mapv(|pixel| f32::from(pixel) / 255.0)
}

/// The most likely class.
fn said(answer: ArrayView1<'_, f32>) -> usize {
    (0..answer.len()).max_by(|&a, &b| answer[a].total_cmp(&answer[b])).unwrap_or_default()
}

/// Draws images side by side, and below each what the model says of it.
fn draw(images: &[usize], data: &ImageClassification, answers: &Array2<f32>) {
    let pictures: Vec<_> = images.iter().map(|&i| lines(data.x_test.index_axis(Axis(0), i))).collect();
    for line in 0..pictures[0].len() {
        let parts: Vec<_> = pictures.iter().map(|picture| picture[line].as_str()).collect();
        println!("{}", parts.join("    "));
    }
    for &i in images {
        let digit = said(answers.row(i));
        let caption = format!("says {digit} ({:.1} %), is {}", 100.0 * answers[[i, digit]], data.y_test[i]);
        print!("{caption:<32}");
    }
    println!("\n");
}

/// An image as text: two rows of pixels a line, as characters are about twice as high as wide.
fn lines(image: ArrayView2<'_, u8>) -> Vec<String> {
    const SHADES: [char; 5] = [' ', '░', '▒', '▓', '█'];
    let shade = |pixels: ArrayView1<'_, u8>| {
        let sum: usize = pixels.iter().map(|&pixel| usize::from(pixel)).sum();
        SHADES[sum / pixels.len() * SHADES.len() / 256]
    };
    image.axis_chunks_iter(Axis(0), 2).map(|rows| rows.axis_iter(Axis(1)).map(shade).collect()).collect()
}

/// What the command line asks for.
struct Options {
    data: PathBuf,
    epochs: usize,
    seed: u64,
}

impl Options {
    fn parse(mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/mnist").into();
        let mut options = Self { data, epochs: 5, seed: 11 };
        while let Some(name) = args.next() {
            let mut value = |what| args.next().ok_or_else(|| format!("{name} wants {what} after it"));
            match name.as_str() {
                "--data" => options.data = value("a folder")?.into(),
                "--epochs" => options.epochs = number(&name, &value("a number")?, 1)? as usize,
                "--seed" => options.seed = number(&name, &value("a number")?, 0)?,
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
