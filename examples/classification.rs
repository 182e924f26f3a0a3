//! Classification on a table: which species a penguin is, from its measures.
//!
//! ```sh
//! cargo run --release --example classification
//! ```
//!
//! Shows: missing values in a CSV file, text as class numbers, a split that keeps the share of each
//! class, normalisation, and what the model mixes up.

use keras_core::data::{Split, Standardize, Table, stratified_split};
use keras_core::ndarray::Array2;
use keras_core::prelude::*;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/tabular/penguins.csv");
const INPUTS: [&str; 4] = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"];
const SPECIES: usize = 3;

sequential! {
    /// How likely each of three species is.
    pub struct Penguins< Dense<4, 16, Relu>, Dense<_, SPECIES, Softmax> >
}

fn main() -> keras_core::Result<()> {
    let table = Table::read(FILE)?;
    let rows = table.len();
    let table = table.drop_missing(&INPUTS)?;
    println!("{rows} rows, {} of them with all measures", table.len());

    let species = table.categories("species")?;
    let (x, y) = (table.columns(&INPUTS)?, table.class_numbers("species", &species)?);
    let Split { x_train, y_train, x_test, y_test } = stratified_split(&x, &y, 0.25, 7)?;
    let columns = Standardize::fit(&x_train)?;
    let (x_train, x_test) = (columns.apply(&x_train)?, columns.apply(&x_test)?);

    let mut model = Penguins::<Cpu>::new(7).compile(
        Adam::new(0.01),
        SparseCategoricalCrossentropy::default(),
        (Accuracy::default(),),
    );
    println!("{}", model.summary());
    model.fit(&x_train, &y_train, Fit::epochs(30).batch_size(16))?;

    // Rows: what a penguin is. Columns: what the model says.
    let mut counts = Array2::<usize>::zeros((SPECIES, SPECIES));
    for (row, &right) in model.predict(&x_test)?.into_ndarray().outer_iter().zip(&y_test) {
        let said = (0..SPECIES).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap_or_default();
        counts[[right, said]] += 1;
    }
    println!("{:>10} is taken for {}", "", species.names().join(", "));
    for (name, row) in species.names().iter().zip(counts.outer_iter()) {
        println!("{name:>10} {row}");
    }
    let scores = model.evaluate(&x_test, &y_test)?;
    println!("test accuracy {:.4}", scores["accuracy"]);
    Ok(())
}
