//! The files of `tests/ui` in which a program did what the messages say: `tests/mended`, which must
//! compile.

use std::fmt::Write;

use super::case::{Case, cases};
use super::{apply, said};

/// The file with all of its mistakes mended, if all of them are the macro's.
fn mended(case: &Case) -> Option<String> {
    let mut edits = Vec::new();
    for error in &case.errors {
        if !apply::one(&case.source, error)?.is_right {
            return None;
        }
        edits.push(apply::edit(&case.source, error)?);
    }
    edits.sort_by_key(|(range, _)| range.start);
    if edits.windows(2).any(|pair| pair[0].0.end > pair[1].0.start) {
        return None;
    }
    let mut source = case.source.clone();
    for (range, text) in edits.into_iter().rev() {
        source.replace_range(range, &text);
    }
    said::headlines(&source).is_some_and(|said| said.is_empty()).then_some(source)
}

#[test]
fn mended_files_are_up_to_date() {
    let mut text = String::from(
        "//! Mistakes of `tests/ui`, mended by a program that did what their messages say: see\n//! `keras-macros/src/tests/corpus/mended.rs`, which writes this file. It must compile.\n#![allow(dead_code, deprecated, missing_docs, unused_imports)]\n",
    );
    let mut count = 0;
    for case in cases() {
        let Some(source) = mended(&case) else { continue };
        if source.starts_with("#!") {
            continue;
        }
        count += 1;
        let lines =
            source.lines().filter(|line| !line.starts_with("// ")).map(|line| format!("    {line}\n"));
        let body = lines.collect::<String>().replace("\n    \n", "\n\n");
        let _ = write!(text, "\nmod {} {{\n{}\n}}\n", case.name, body.trim_end());
    }
    assert!(count >= 35, "{count}");
    super::keep("tests/mended.rs", &text);
}
