//! Two inputs: who survived the Titanic, from categories (wide) and numbers (deep).
//!
//! ```sh
//! cargo run --release --example wide_and_deep
//! ```
//!
//! Shows: `model!` with several inputs, data as a tuple, one-hot columns, missing values filled, and layers
//! found again by their names. Source of the idea: Cheng et al., "Wide & deep learning for recommender
//! systems", 2016.

use keras_core::data::{Split, Standardize, Table, one_hot, stratified_split};
use keras_core::ndarray::{Array1, Array2, Axis, concatenate};
use keras_core::prelude::*;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/tabular/titanic.csv");

model! {
    /// How likely somebody survived.
    pub struct Titanic {
        /// Class, sex, and both together, one-hot: the wide part remembers.
        input wide: Input<11>;
        /// Age, whether it is known, and whether it is a child's: the deep part generalises.
        input deep: Input<3>;
        let hidden = Dense<_, 16, Relu>(deep);
        let meaning = Dense<_, 8, Relu>(hidden);
        let survived = Dense<_, 1, Sigmoid>(Concatenate(wide, meaning));
        output survived;
    }
}

fn main() -> keras_core::Result<()> {
    let table = Table::read(FILE)?;
    let ages = table.clone().fill_missing("age", -1)?.column("age")?;
    let known = ages.mapv(|age| f32::from(u8::from(age >= 0.0)));
    let mean = (&ages * &known).sum() / known.sum();
    println!(
        "{} people, {} of them with an age; the others are taken for {mean:.0}",
        table.len(),
        known.sum()
    );
    let table = table.fill_missing("age", mean)?;

    let class = table.class_numbers("passenger_class", &table.categories("passenger_class")?)?;
    let sex = table.class_numbers("sex", &table.categories("sex")?)?;
    let both = Array1::from_shape_fn(class.len(), |i| 2 * class[i] + sex[i]);
    let columns: [Array2<f32>; 3] = [one_hot(&class, 3)?, one_hot(&sex, 2)?, one_hot(&both, 6)?];
    let wide = concatenate![Axis(1), columns[0], columns[1], columns[2]];
    let age = table.column("age")?;
    let child = age.mapv(|age| f32::from(u8::from(age < 14.0)));
    let deep = concatenate![
        Axis(1),
        age.insert_axis(Axis(1)),
        known.insert_axis(Axis(1)),
        child.insert_axis(Axis(1))
    ];
    let survived = table.class_numbers("survived", &table.categories("survived")?)?;

    // The same seed gives the same split of both inputs.
    let a = stratified_split(&wide, &survived, 0.25, 7)?;
    let Split { x_train, y_train, x_test, y_test } = stratified_split(&deep, &survived, 0.25, 7)?;
    let scale = Standardize::fit(&x_train)?;
    let train = (a.x_train, scale.apply(&x_train)?);
    let test = (a.x_test, scale.apply(&x_test)?);
    let (y_train, y_test) = (y_train.mapv(|y| y as f32), y_test.mapv(|y| y as f32));

    let mut model = Titanic::<Cpu>::new(7).compile(
        Adam::new(0.005),
        BinaryCrossentropy::default(),
        (Accuracy::default(),),
    );
    println!("{}", model.summary());
    model.fit(&train, &y_train, Fit::epochs(20).batch_size(32).validation_split(0.1))?;

    let weights = model.survived().kernel();
    let names = ["1st class", "2nd class", "3rd class", "women", "men"];
    for (name, weight) in names.iter().zip(weights) {
        println!("weight of {name:>9}: {:+.2}", weight[0]);
    }
    let scores = model.evaluate(&test, &y_test)?;
    println!("test accuracy {:.4}", scores["accuracy"]);
    Ok(())
}
