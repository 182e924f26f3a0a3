//! ONNX files: those that we write, and those of others.
//!
//! `docs/onnx.md` says which files of others are models here, and what is missing for the rest. It is written
//! anew by `ONNX_FILES=overwrite cargo test --features onnx --test onnx_files`.

#[path = "../keras_files/arrays.rs"]
mod arrays;
#[path = "../keras_files/expected.rs"]
#[allow(dead_code)]
mod expected;
mod given;
mod layouts;
mod ours;

use std::fmt::Write;
use std::path::PathBuf;

fn folder() -> PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/onnx_files")
}

fn overwrites() -> bool {
    std::env::var("ONNX_FILES").is_ok_and(|what| what == "overwrite")
}

/// A file: the number of its parameters, or what is missing.
type Row = (&'static str, Result<usize, &'static str>);

/// The models of a folder, and a test of all of them.
macro_rules! walk {
    ($module:ident, $folder:literal, $expected:expr) => {
        #[allow(unused)]
        mod $module {
            use keras_core::prelude::*;
            use keras_core::{Values, onnx_models};

            use crate::expected::Expected;
            use crate::given::conformance;

            onnx_models! { $folder }

            /// Each file with what became of it.
            pub fn all() -> Vec<crate::Row> {
                let expected: fn(&str, &[usize]) -> Expected = $expected;
                let (mut rows, mut failures): (Vec<crate::Row>, Vec<String>) = (Vec::new(), Vec::new());
                macro_rules! each {
                    ($file:literal, $model:ident) => {
                        let takes = <<$model<Cpu> as Model>::Input as Values>::DIMS[0];
                        let model = $model::<Cpu>::pretrained().unwrap();
                        if let Err(failure) = expected($file, takes.sizes()).compare(model) {
                            failures.push(format!("{}: {failure}", $file));
                        }
                        rows.push(($file, Ok($model::<Cpu>::PARAMS)));
                    };
                }
                macro_rules! missing {
                    ($file:literal, $reason:literal) => {
                        rows.push(($file, Err($reason)));
                    };
                }
                onnx_files!(each, missing);
                assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
                rows.sort_by_key(|row| row.0);
                rows
            }
        }
    };
}
walk!(conformance, "tests/onnx_files/conformance", conformance);
walk!(files, "tests/onnx_files/files", |file, _| Expected::beside("files", file));
walk!(real, "tests/onnx_files/real", |_, _| unreachable!(
    "there is an operator in it that does not exist yet"
));
walk!(again, "tests/onnx_files/ours", |file, _| Expected::beside("../onnx_files/ours", file));

#[test]
fn files_predict_what_they_should() {
    let all = [
        ("files", "of Keras, converted by tf2onnx", files::all()),
        ("conformance", "one layer each, of PyTorch", conformance::all()),
        ("real", "of others", real::all()),
        ("ours", "written by us, read again", again::all()),
    ];
    for (name, _, rows) in &all {
        // The macro went through the folder when this was compiled: no file may have come since.
        let read = std::fs::read_dir(folder().join(name)).unwrap();
        let mut found: Vec<String> =
            read.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        found.retain(|file| file.ends_with(".onnx"));
        found.sort();
        assert!(
            found.iter().eq(rows.iter().map(|row| row.0)),
            "touch tests/onnx_files/main.rs: {name} has new files"
        );
    }
    let text = table(&all);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/onnx.md");
    if overwrites() {
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written == text, "docs/onnx.md is out of date: ONNX_FILES=overwrite writes it anew");
}

fn table(all: &[(&str, &str, Vec<Row>)]) -> String {
    let mut text = include_str!("head.md").to_owned();
    let operators: Vec<String> = onnx_files::operators().iter().map(|op| format!("`{op}`")).collect();
    let _ = writeln!(text, "Operators that there are counterparts for: {}.", operators.join(", "));
    for (name, what, rows) in all {
        let good = rows.iter().filter(|row| row.1.is_ok()).count();
        let _ = write!(text, "\n### {name}, {what}: {good} of {}\n\n| file | |\n|---|---|\n", rows.len());
        for (file, row) in rows {
            let said = match row {
                Ok(params) => format!("predicts what it should; {params} parameters"),
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
