//! What a file of Keras is in our words:
//! `cargo run --features keras-files --example from_keras -- model.keras`

use std::process::ExitCode;

use keras_core::saving::keras;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: from_keras FILE, a .keras, .h5 or .hdf5 file of a whole model");
        return ExitCode::FAILURE;
    };
    match keras::model_text(&path) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
