//! Two outputs: which species a penguin is, and how heavy, from its bill and its flippers.
//!
//! ```sh
//! cargo run --release --example two_outputs
//! ```
//!
//! Shows: `model!` with several outputs, a loss, a weight and metrics for each, and targets as a tuple.

use keras_core::data::{Split, Standardize, Table, stratified_split};
use keras_core::metrics;
use keras_core::prelude::*;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/tabular/penguins.csv");
const INPUTS: [&str; 3] = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm"];

model! {
    /// One body, two heads.
    pub struct Penguin {
        input measures: Input<3>;
        let body = Dense<_, 32, Relu>(measures);
        let species = Dense<_, 3, Softmax>(Dense<_, 16, Relu>(body));
        /// In kilograms.
        let mass = Dense<_, 1>(Dense<_, 16, Relu>(body));
        output species, mass;
    }
}

fn main() -> keras_core::Result<()> {
    let table = Table::read(FILE)?.drop_missing(&["bill_length_mm", "body_mass_g"])?;
    let names = table.categories("species")?;
    let species = table.class_numbers("species", &names)?;
    let measures = table.columns(&[INPUTS[0], INPUTS[1], INPUTS[2], "body_mass_g"])?;
    let Split { x_train, y_train, x_test, y_test } = stratified_split(&measures, &species, 0.25, 7)?;
    let kilograms = |x: &keras_core::ndarray::Array2<f32>| x.column(3).mapv(|grams| grams / 1000.0);
    let (mass_train, mass_test) = (kilograms(&x_train), kilograms(&x_test));
    let first = |x: &keras_core::ndarray::Array2<f32>| x.slice(keras_core::ndarray::s![.., ..3]).to_owned();
    let scale = Standardize::fit(&first(&x_train))?;
    let (x_train, x_test) = (scale.apply(&first(&x_train))?, scale.apply(&first(&x_test))?);

    let mut model = Penguin::<Cpu>::new(7).compile(
        Adam::new(0.01),
        (SparseCategoricalCrossentropy::default(), Weighted::new(2.0, MeanSquaredError::default())),
        ((Accuracy::default(),), (metrics::MeanAbsoluteError::default(),)),
    );
    println!("{}", model.summary());
    let history = model.fit(
        &x_train,
        &(&y_train, &mass_train),
        Fit::epochs(150).batch_size(16).validation_split(0.1).verbose(Verbose::Silent),
    )?;
    for name in ["loss", "species_loss", "mass_loss", "species_accuracy", "mass_mean_absolute_error"] {
        println!(
            "{name:>24}: {:.4} after the first epoch, {:.4} after the last",
            history[name][0], history[name][149]
        );
    }

    let (said, weighed) = model.predict(&x_test)?;
    let (said, weighed) = (said.into_ndarray(), weighed.into_ndarray());
    for i in 0..5 {
        let best = (0..3).max_by(|&a, &b| said[[i, a]].total_cmp(&said[[i, b]])).unwrap_or_default();
        let (is, says) = (names.name(y_test[i]).unwrap_or("?"), names.name(best).unwrap_or("?"));
        println!("{is:>9} of {:.2} kg: taken for {says:>9} of {:.2} kg", mass_test[i], weighed[[i, 0]]);
    }
    let scores = model.evaluate(&x_test, &(&y_test, &mass_test))?;
    println!(
        "test accuracy {:.4}, mean absolute error {:.3} kg",
        scores["species_accuracy"], scores["mass_mean_absolute_error"]
    );
    Ok(())
}
