//! A Markdown table of lines of JSON: one library's figures beside those of all others.
//!
//! `table keras-core FILE`

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use serde_json::Value;

/// Workload, metric, unit and threads: a row of the table.
type Row = (String, String, String, u64);
/// All runs of each library.
type Runs = BTreeMap<String, Vec<f64>>;

fn read(line: &str) -> Option<(Row, String, Vec<f64>)> {
    let line: Value = serde_json::from_str(line).ok()?;
    let text = |name: &str| line[name].as_str().map(String::from);
    let runs = line["runs"].as_array()?.iter().filter_map(Value::as_f64).collect();
    let row = (text("workload")?, text("metric")?, text("unit")?, line["threads"].as_u64()?);
    Some((row, text("peer")?, runs))
}

fn median(runs: &[f64]) -> f64 {
    let mut sorted = runs.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    if n == 0 { f64::NAN } else { f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]) }
}

fn number(v: f64) -> String {
    match v {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

fn cell(unit: &str, ours: f64, theirs: f64) -> String {
    // Times and sizes are better small, rates large.
    let ratio = if ["us", "s", "MB"].contains(&unit) { theirs / ours } else { ours / theirs };
    format!("{} ({})", number(theirs), number(ratio))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, path] = arguments.as_slice() else {
        eprintln!("expected our name and a file");
        return ExitCode::from(2);
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut rows: BTreeMap<Row, Runs> = BTreeMap::new();
    for (row, peer, runs) in text.lines().filter_map(read) {
        rows.entry(row).or_default().entry(peer).or_default().extend(runs);
    }
    rows.retain(|_, runs| runs.contains_key(name));
    let others: BTreeSet<String> =
        rows.values().flat_map(Runs::keys).filter(|&p| p != name).cloned().collect();
    let line = |cells: &[String]| println!("| {} |", cells.join(" | "));
    let mut head = ["workload", "metric", "unit", "threads", name].map(String::from).to_vec();
    head.extend(others.iter().cloned());
    line(&head);
    println!("{}|", "|---".repeat(head.len()));
    for ((workload, metric, unit, threads), runs) in &rows {
        let ours = median(&runs[name]);
        let mut cells =
            vec![workload.clone(), metric.clone(), unit.clone(), threads.to_string(), number(ours)];
        cells.extend(
            others.iter().map(|peer| runs.get(peer).map_or("".into(), |runs| cell(unit, ours, median(runs)))),
        );
        line(&cells);
    }
    ExitCode::SUCCESS
}
