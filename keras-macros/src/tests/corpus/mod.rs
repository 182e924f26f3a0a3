//! Judges the texts of `tests/ui` and keeps the score, `docs/messages.md`.
//!
//! Renew it with `MESSAGES=overwrite cargo test -p keras-macros corpus`. A column that has got worse is
//! an error, also then.

mod apply;
mod brackets;
mod case;
mod judge;
mod mended;
mod said;
mod table;

use std::fs;

use case::{Case, cases, root};
use judge::{Score, score};

fn scores() -> Vec<(Case, Score)> {
    cases()
        .into_iter()
        .map(|case| {
            let score = score(&case);
            (case, score)
        })
        .collect()
}

/// Compares a committed file with what it should be; or writes it.
fn keep(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("MESSAGES").is_some_and(|word| word == "overwrite") {
        return fs::write(file, text).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == text, "{path} is out of date: MESSAGES=overwrite cargo test -p keras-macros corpus");
}

#[test]
fn the_score_is_up_to_date_and_no_worse() {
    let scores = scores();
    let text = table::table(&scores);
    let committed = fs::read_to_string(root().join("docs/messages.md")).unwrap_or_default();
    for (column, (right, of)) in table::totals(&scores) {
        let Some((was, of_was)) = table::committed(&committed, column) else { continue };
        assert!(of - right <= of_was - was, "{column}: {right} of {of}, but it was {was} of {of_was}");
    }
    keep("docs/messages.md", &text);
}

#[test]
fn there_are_enough_cases() {
    assert!(cases().len() >= 80);
}

#[test]
fn replacements_are_right() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in cases() {
        for error in &case.errors {
            let Some(applied) = apply::one(&case.source, error) else { continue };
            count += 1;
            if !applied.is_right {
                wrong.push(format!(
                    "{}: {}\n  {}\n",
                    case.name,
                    error.headline,
                    error.help().unwrap_or_default()
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "of {count} replacements, {} leave the mistake\n{}",
        wrong.len(),
        wrong.concat()
    );
    assert!(count >= 100, "{count}");
}
