//! Regression on a table: how strong concrete gets, from what is in it and its age.
//!
//! ```sh
//! cargo run --release --example regression
//! ```
//!
//! Shows: reading a CSV file, dropping incomplete rows, a shuffled split, normalisation fitted to
//! the training rows only, and a comparison with the simplest guess.

use keras_core::data::{Split, Standardize, Table, train_test_split};
use keras_core::prelude::*;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/tabular/concrete_strength.csv");
const INPUTS: [&str; 8] = [
    "cement",
    "blast_furnace_slag",
    "fly_ash",
    "water",
    "superplasticizer",
    "coarse_aggregate",
    "fine_aggregate",
    "age",
];

sequential! {
    /// Compressive strength, in MPa, from eight numbers.
    pub struct Strength< Dense<{ INPUTS.len() }, 64, Relu>, Dense<_, 64, Relu>, Dense<_, 1> >
}

fn main() -> keras_core::Result<()> {
    let table = Table::read(FILE)?;
    let rows = table.len();
    let table = table.drop_missing(&[])?;
    println!("{rows} rows, {} of them complete", table.len());

    let (x, y) = (table.columns(&INPUTS)?, table.column("compressive_strength")?);
    let Split { x_train, y_train, x_test, y_test } = train_test_split(&x, &y, 0.2, 7)?;
    let columns = Standardize::fit(&x_train)?;
    let (x_train, x_test) = (columns.apply(&x_train)?, columns.apply(&x_test)?);

    let mut model = Strength::<Cpu>::new(7).compile(
        Adam::new(0.01),
        MeanSquaredError::default(),
        (MeanAbsoluteError::default(),),
    );
    println!("{}", model.summary());
    let fit = Fit::epochs(100).validation_split(0.1).verbose(Verbose::Silent);
    let history = model.fit(&x_train, &y_train, fit)?;
    for epoch in [1, 10, 100] {
        let error = history["val_mean_absolute_error"][epoch - 1];
        println!("epoch {epoch}: validation mean absolute error {error:.2} MPa");
    }

    for (said, right) in model.predict(&x_test)?.into_ndarray().column(0).iter().zip(&y_test).take(5) {
        println!("predicted {said:5.1} MPa, measured {right:5.1} MPa");
    }
    let mean = y_train.sum() / y_train.len() as f32;
    let guess = y_test.mapv(|strength| (strength - mean).abs()).sum() / y_test.len() as f32;
    println!("always saying the mean: test mean absolute error {guess:.2} MPa");
    let scores = model.evaluate(&x_test, &y_test)?;
    println!("test mean absolute error {:.2} MPa", scores["mean_absolute_error"]);
    Ok(())
}
