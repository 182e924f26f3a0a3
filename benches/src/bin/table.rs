//! A Markdown table of lines of JSON: one library's figures beside those of all others.
//!
//! `table keras-core FILE [METRIC,..]`: all metrics, or those that begin so.
//!
//! A cell is the median of all runs by the clock. Where other processes had the core of a single
//! thread, it is the figure by CPU time, marked `~`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use serde_json::Value;

/// CPU seconds a second above which a single thread had its core for itself.
const UNDISTURBED: f64 = 0.9;

/// Workload, metric, unit and threads: a row of the table.
type Row = (String, String, String, u64);
/// All runs of a library, and whether any is by CPU time.
#[derive(Default)]
struct Runs(Vec<f64>, bool);

fn read(line: &str) -> Option<(Row, String, Runs)> {
    let line: Value = serde_json::from_str(line).ok()?;
    let text = |name: &str| line[name].as_str().map(String::from);
    let runs = line["runs"].as_array()?.iter().filter_map(Value::as_f64).collect();
    let threads = line["threads"].as_u64()?;
    let runs = match (line["cpu"].as_f64(), line["cpu_value"].as_f64()) {
        (Some(cpu), Some(by_cpu)) if threads == 1 && cpu < UNDISTURBED => Runs(vec![by_cpu], true),
        _ => Runs(runs, false),
    };
    let row = (text("workload")?, text("metric")?, text("unit")?, threads);
    Some((row, text("peer")?, runs))
}

fn median(runs: &Runs) -> f64 {
    let mut sorted = runs.0.clone();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    if n == 0 { f64::NAN } else { f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]) }
}

fn shown(runs: &Runs) -> String {
    format!("{}{}", number(median(runs)), if runs.1 { "~" } else { "" })
}

fn number(v: f64) -> String {
    match v {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

fn cell(unit: &str, ours: &Runs, theirs: &Runs) -> String {
    // Times and sizes are better small, rates large.
    let ratio = median(theirs) / median(ours);
    let ratio = if ["us", "s", "MB"].contains(&unit) { ratio } else { 1.0 / ratio };
    format!("{} ({})", shown(theirs), number(ratio))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, path, metrics) = match arguments.as_slice() {
        [name, path] => (name, path, ""),
        [name, path, metrics] => (name, path, metrics.as_str()),
        _ => {
            eprintln!("expected our name, a file, and perhaps metrics");
            return ExitCode::from(2);
        }
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut rows: BTreeMap<Row, BTreeMap<String, Runs>> = BTreeMap::new();
    for (row, peer, runs) in text.lines().filter_map(read) {
        let all = rows.entry(row).or_default().entry(peer).or_default();
        all.0.extend(runs.0);
        all.1 |= runs.1;
    }
    let asked = |metric: &str| metrics.split(',').any(|start| metric.starts_with(start));
    rows.retain(|row, runs| runs.contains_key(name) && asked(&row.1));
    let others: BTreeSet<String> =
        rows.values().flat_map(BTreeMap::keys).filter(|&p| p != name).cloned().collect();
    let line = |cells: &[String]| println!("| {} |", cells.join(" | "));
    let mut head = ["workload", "metric", "unit", "threads", name].map(String::from).to_vec();
    head.extend(others.iter().cloned());
    line(&head);
    println!("{}|", "|---".repeat(head.len()));
    for ((workload, metric, unit, threads), runs) in &rows {
        let ours = &runs[name];
        let mut cells =
            vec![workload.clone(), metric.clone(), unit.clone(), threads.to_string(), shown(ours)];
        cells.extend(
            others.iter().map(|peer| runs.get(peer).map_or("".into(), |runs| cell(unit, ours, runs))),
        );
        line(&cells);
    }
    ExitCode::SUCCESS
}
