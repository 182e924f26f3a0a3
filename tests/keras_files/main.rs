//! Files that Keras wrote: each that can be a model here is one, and predicts what Keras predicts.
//!
//! `docs/keras-files.md` says which these are, and what is missing for the others. It is written anew by
//! `KERAS_FILES=overwrite cargo test --features keras-files --test keras_files`.

mod arrays;
mod by_hand;
mod expected;

use std::fmt::Write;

use expected::folder;

/// A file: the number of its parameters, or what is missing.
type Row = (&'static str, Result<usize, &'static str>);

/// The models of a folder, and a test of all of them.
macro_rules! walk {
    ($module:ident, $folder:literal, $expected:expr) => {
        // Where no file of a folder can be a model yet, nothing of this is used.
        #[allow(unused)]
        mod $module {
            use keras_core::keras_models;
            use keras_core::prelude::*;

            use crate::expected::Expected;

            keras_models! { $folder }

            /// Each file with what became of it.
            pub fn all() -> Vec<crate::Row> {
                let expected: fn(&str) -> Expected = $expected;
                let (mut rows, mut failures): (Vec<crate::Row>, Vec<String>) = (Vec::new(), Vec::new());
                macro_rules! each {
                    ($file:literal, $model:ident) => {
                        let expected = expected($file);
                        let model = $model::<Cpu>::pretrained().unwrap();
                        if let Err(failure) = expected.compare(model) {
                            failures.push(format!("{}: {failure}", $file));
                        }
                        rows.push(($file, Ok($model::<Cpu>::PARAMS)));
                        let weights = concat!(env!("CARGO_MANIFEST_DIR"), "/", $folder, "/", $file);
                        let weights = weights.replace(".keras", ".weights.h5");
                        if weights.ends_with(".weights.h5") && std::fs::exists(&weights).unwrap() {
                            let mut model = $model::<Cpu>::new(1);
                            keras_core::saving::keras::load_keras_weights_by_name(&mut model, &weights)
                                .unwrap();
                            expected.compare(model).unwrap();
                        }
                    };
                }
                macro_rules! missing {
                    ($file:literal, $reason:literal) => {
                        rows.push(($file, Err($reason)));
                    };
                }
                keras_files!(each, missing);
                assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
                rows.sort_by_key(|row| row.0);
                rows
            }
        }
    };
}
walk!(layers, "tests/keras_files/layers", |file| Expected::beside("layers", file));
walk!(files, "tests/keras_files/files", |file| Expected::beside("files", file));
walk!(real, "tests/keras_files/real", Expected::real);

#[test]
fn files_predict_what_keras_predicts() {
    let all = [("layers", layers::all()), ("files", files::all()), ("real", real::all())];
    for (name, rows) in &all {
        // The macro went through the folder when this was compiled: no file may have come since.
        let read = std::fs::read_dir(folder().join(name)).unwrap();
        let mut found: Vec<String> =
            read.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        found.retain(|file| [".keras", ".h5", ".hdf5"].iter().any(|end| file.ends_with(end)));
        found.retain(|file| !file.ends_with(".weights.h5"));
        found.sort();
        assert!(
            found.iter().eq(rows.iter().map(|row| row.0)),
            "touch tests/keras_files/main.rs: {name} has new files"
        );
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keras-files.md");
    // What stands before the tables is written by hand.
    let before = std::fs::read_to_string(&path).unwrap();
    let before = before.split_once("\n## layers: ").map_or(before.as_str(), |(before, _)| before);
    let table = before.to_owned() + "\n" + &table(&all);
    if std::env::var("KERAS_FILES").is_ok_and(|what| what == "overwrite") {
        std::fs::write(&path, &table).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written == table, "docs/keras-files.md is out of date: KERAS_FILES=overwrite writes it anew");
}

fn table(all: &[(&str, Vec<Row>)]) -> String {
    let mut text = String::new();
    for (name, rows) in all {
        let good = rows.iter().filter(|row| row.1.is_ok()).count();
        let space = if text.is_empty() { "" } else { "\n" };
        let _ = write!(text, "{space}## {name}: {good} of {}\n\n| file | |\n|---|---|\n", rows.len());
        for (file, row) in rows {
            let said = match row {
                Ok(params) => format!("predicts as Keras does; {params} parameters"),
                Err(reason) => {
                    let reason =
                        reason.split_once("cannot be a model:").map_or(*reason, |(_, reason)| reason);
                    reason.trim().replace('\n', "; ").replace('|', "\\|")
                }
            };
            let _ = writeln!(text, "| `{file}` | {said} |");
        }
    }
    text
}
