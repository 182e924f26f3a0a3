//! Data: what models take, and how it is read, prepared and split.
//!
//! Files hold what people made of them, so everything here answers with an [`Error`](crate::Error)
//! that names the file and the place; nothing is guessed or dropped without being asked to.

mod affine;
mod categories;
mod columns;
mod csv;
mod encode;
mod idx;
mod image_classification;
mod large;
mod min_max;
#[cfg(feature = "npy")]
mod npy;
mod number;
mod rows;
mod several;
mod source;
mod split;
mod standardize;
mod table;

pub use categories::Categories;
pub use encode::one_hot;
pub use idx::{read_idx, read_images, read_labels};
pub use image_classification::ImageClassification;
pub use min_max::MinMax;
#[cfg(feature = "npy")]
pub use npy::{read_npy, write_npy};
pub use number::{Number, Whole};
pub use rows::Rows;
pub use source::Data;
pub use split::{Split, stratified_split, train_test_split};
pub use standardize::Standardize;
pub use table::Table;
