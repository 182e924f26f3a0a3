//! The data in `examples/data` are what their SOURCE.md files say, and the loaders read them.

use std::path::PathBuf;

use keras_core::data::{ImageClassification, Table};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/data").join(name)
}

#[test]
fn mnist_has_all_training_digits_and_8000_test_digits() {
    let data = ImageClassification::load(path("mnist")).unwrap();
    assert_eq!((data.x_train.dim(), data.x_test.dim()), ((60_000, 28, 28), (8_000, 28, 28)));
    let mut counts = [[0; 10]; 2];
    data.y_train.iter().for_each(|&digit| counts[0][usize::from(digit)] += 1);
    data.y_test.iter().for_each(|&digit| counts[1][usize::from(digit)] += 1);
    assert_eq!(counts[0], [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    assert_eq!(counts[1], [780, 935, 832, 810, 782, 692, 758, 828, 774, 809]);
    // The published mean and deviation of the training pixels.
    let n = data.x_train.len() as f64;
    let mean = data.x_train.iter().map(|&p| f64::from(p) / 255.0).sum::<f64>() / n;
    let variance = data.x_train.iter().map(|&p| (f64::from(p) / 255.0 - mean).powi(2)).sum::<f64>() / n;
    assert_eq!((format!("{mean:.4}"), format!("{:.4}", variance.sqrt())), ("0.1307".into(), "0.3081".into()));
}

#[test]
fn tables_have_their_rows_columns_and_classes() {
    for (name, rows, columns) in
        [("iris.csv", 150, 5), ("penguins.csv", 344, 7), ("concrete_strength.csv", 1030, 9)]
    {
        let table = Table::read(path("tabular").join(name)).unwrap();
        assert_eq!((table.len(), table.names().len()), (rows, columns), "{name}");
    }
    let penguins = Table::read(path("tabular/penguins.csv")).unwrap();
    assert_eq!(penguins.categories("species").unwrap().names(), ["Adelie", "Chinstrap", "Gentoo"]);
    let error = penguins.column("bill_length_mm").unwrap_err().to_string();
    let place = "line 5, column `bill_length_mm`: expected a number, but found an empty cell";
    assert!(error.ends_with(place), "{error}");
    assert_eq!(penguins.drop_missing(&["bill_length_mm"]).unwrap().len(), 342);
}
