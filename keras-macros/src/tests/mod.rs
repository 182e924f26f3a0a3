//! The stages on tokens alone. What the compiler makes of the result is tested in the workspace's
//! `tests/`, and the texts with their places in `tests/ui`.

mod compile;
mod corpus;
mod expansion;
mod hints;
mod images;
mod messages;
#[cfg(feature = "onnx")]
mod onnx;
mod prefixes;
mod shapes;

use proc_macro2::TokenStream;

use crate::check::Chain;
use crate::parse::{self, Sequential};

fn parsed(tokens: TokenStream) -> Sequential {
    match parse::sequential(tokens) {
        Ok(model) => model,
        Err(errors) => panic!("{:?}", errors.texts()),
    }
}

/// The chain of `struct Net< .. >`.
fn chain(layers: &str) -> Chain {
    let tokens = format!("pub struct Net< {layers} >").parse().unwrap();
    crate::check::sequential(&parsed(tokens))
}

/// What is said of it.
fn said(layers: &str) -> Vec<String> {
    chain(layers).errors.texts()
}
