//! `docs/roster.md`: which of Keras' names there are, and how many of their cases pass.
//!
//! `ROSTER=overwrite cargo test --test golden` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// What is listed, in this order; layers and models are too many kinds of one name.
const AREAS: [&str; 8] = [
    "activations",
    "constraints",
    "initializers",
    "losses",
    "metrics",
    "optimizers",
    "regularizers",
    "schedules",
];

const HEAD: &str = "# Roster

The names of Keras that have numbers to compare with, and how many of their cases in `tests/golden` pass. Written by
`ROSTER=overwrite cargo test --test golden`; the tests fail where it is out of date.
";

/// One area is written at a time.
static FILE: Mutex<()> = Mutex::new(());

/// How many cases passed, and how many there are.
pub type Counts = BTreeMap<String, (usize, usize)>;

/// An error if the file says something else of an area.
pub fn check(area: &str, counts: &Counts) -> Result<(), String> {
    if !AREAS.contains(&area) {
        return Ok(());
    }
    let _one = FILE.lock().unwrap_or_else(PoisonError::into_inner);
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/roster.md");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| HEAD.to_owned());
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    for section in text.split("\n## ").skip(1) {
        if let Some((name, lines)) = section.split_once('\n') {
            sections.insert(name, lines.trim_end().to_owned());
        }
    }
    let mut lines = "\n| name | cases passed |\n|---|---|\n".to_owned();
    for (name, (passed, all)) in counts {
        let _ = writeln!(lines, "| `{name}` | {passed} of {all} |");
    }
    let lines = lines.trim_end().to_owned();
    if sections.get(area) == Some(&lines) {
        return Ok(());
    }
    if std::env::var("ROSTER").as_deref() != Ok("overwrite") {
        let help = "renew it with `ROSTER=overwrite cargo test --test golden`";
        return Err(format!("docs/roster.md is out of date for {area}: {help}"));
    }
    sections.insert(area, lines);
    let mut text = HEAD.to_owned();
    for (name, lines) in sections {
        let _ = write!(text, "\n## {name}\n{lines}\n");
    }
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}
