//! The whole way in one page: declare a network, compile, fit, evaluate, predict.
//!
//! ```sh
//! cargo run --release --example walkthrough
//! ```
//!
//! The data are made up: a number that follows from a hundred others. Change the `64` of the second
//! layer to see what the compiler says of it.

use keras_core::backend::Random;
use keras_core::data::{Split, train_test_split};
use keras_core::ndarray::{Array1, Array2};
use keras_core::prelude::*;

sequential! {
    /// Predicts one number from a hundred.
    pub struct Mlp< Dense<100, 64, Relu>, Dense<64, 1, Linear> >
}

// Known before the program runs: 100 * 64 + 64 and 64 + 1.
const _: () = assert!(Mlp::<Cpu>::PARAMS == 6529);

fn main() -> keras_core::Result<()> {
    let (x, y) = made_up(5_000);
    let Split { x_train, y_train, x_test, y_test } = train_test_split(&x, &y, 0.2, 7)?;

    let mut model = Mlp::<Cpu>::new(7).compile(
        Adam::default(),
        MeanSquaredError::default(),
        (MeanAbsoluteError::default(),),
    );
    println!("{}", model.summary());

    let history = model.fit(&x_train, &y_train, Fit::epochs(10).batch_size(32).validation_split(0.1))?;
    println!("loss by epoch: {:.4?}", history["loss"]);

    let scores = model.evaluate(&x_test, &y_test)?;
    println!("test loss {:.4}, mean absolute error {:.4}", scores["loss"], scores["mean_absolute_error"]);

    let predictions = model.predict(&x_test)?.into_ndarray();
    for (said, right) in predictions.column(0).iter().zip(&y_test).take(3) {
        println!("predicted {said:6.3}, right is {right:6.3}");
    }
    Ok(())
}

/// A hundred random numbers a sample, and what becomes of them: a weighted sum, bent, with noise.
fn made_up(samples: usize) -> (Array2<f32>, Array1<f32>) {
    let mut random = Random::new(1, 0);
    let mut normal = |_| random.normal() as f32;
    let x = Array2::from_shape_simple_fn((samples, 100), || normal(()));
    let weights = Array1::from_shape_simple_fn(100, || 0.1 * normal(()));
    let y = x.dot(&weights).mapv(|sum| sum + sum.abs() + 0.1 * normal(()));
    (x, y)
}
