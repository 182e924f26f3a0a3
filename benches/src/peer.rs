//! Figures as lines of JSON, so that ours stand beside those of other libraries.

use std::fmt::Write as _;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// How to measure, from the environment: `BENCH_PEER`, `BENCH_THREADS`, `BENCH_WARM_S`, `BENCH_BLOCK_S`,
/// `BENCH_BLOCKS` and `BENCH_T0`, the time when the process was started.
#[derive(Clone, Debug)]
pub struct Peer {
    name: String,
    /// How many threads may work.
    pub threads: usize,
    warm: f64,
    block: f64,
    blocks: usize,
    started: Option<f64>,
}

/// What a figure says.
#[derive(Clone, Copy, Debug)]
pub enum Figure {
    /// Microseconds a call.
    Micros,
    /// Samples a second, so many of them a call.
    Samples(usize),
    /// Thousand millions of floating-point operations a second, so many operations a call.
    Gigaflops(usize),
}

impl Figure {
    fn of(self, seconds: f64) -> f64 {
        match self {
            Self::Micros => seconds * 1e6,
            Self::Samples(samples) => samples as f64 / seconds,
            Self::Gigaflops(flops) => flops as f64 / seconds / 1e9,
        }
    }

    fn unit(self) -> &'static str {
        match self {
            Self::Micros => "us",
            Self::Samples(_) => "samples/s",
            Self::Gigaflops(_) => "GFLOP/s",
        }
    }
}

impl Default for Peer {
    fn default() -> Self {
        Self::new()
    }
}

impl Peer {
    /// As the environment says.
    #[must_use]
    pub fn new() -> Self {
        Self {
            name: setting("BENCH_PEER").unwrap_or_else(|| "keras-rs".into()),
            threads: setting("BENCH_THREADS").unwrap_or(2),
            warm: setting("BENCH_WARM_S").unwrap_or(0.5),
            block: setting("BENCH_BLOCK_S").unwrap_or(0.3),
            blocks: setting("BENCH_BLOCKS").unwrap_or(5),
            started: setting("BENCH_T0"),
        }
    }

    /// Prints a line.
    pub fn print(&self, workload: &str, metric: &str, unit: &str, runs: &[f64], more: &str) {
        let mut sorted = runs.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = ((sorted.len() - 1) / 2, sorted.len() / 2);
        let median = f64::midpoint(sorted[low], sorted[high]);
        let mut list = String::new();
        for run in runs {
            // Writing to a string does not fail.
            let _ = write!(list, "{}{run:.6}", if list.is_empty() { "" } else { "," });
        }
        println!(
            "{{\"peer\":\"{}\",\"version\":\"{}\",\"workload\":\"{workload}\",\"metric\":\"{metric}\",\"threads\":{},\"value\":{median:.6},\"unit\":\"{unit}\",\"runs\":[{list}]{more}}}",
            self.name,
            env!("CARGO_PKG_VERSION"),
            self.threads
        );
    }

    /// Times `call` in blocks, after a while to warm up, and prints the figure.
    pub fn time(&self, workload: &str, metric: &str, figure: Figure, more: &str, mut call: impl FnMut()) {
        let start = Instant::now();
        let mut calls = 0_u32;
        while calls < 3 || start.elapsed().as_secs_f64() < self.warm {
            call();
            calls += 1;
        }
        let second = start.elapsed().as_secs_f64() / f64::from(calls);
        let calls = (self.block / second).ceil().max(1.0) as usize;
        let (cpu, wall) = (cpu_seconds(), Instant::now());
        let runs: Vec<f64> = (0..self.blocks)
            .map(|_| {
                let start = Instant::now();
                (0..calls).for_each(|_| call());
                figure.of(start.elapsed().as_secs_f64() / calls as f64)
            })
            .collect();
        let (cpu, wall) = (cpu_seconds() - cpu, wall.elapsed().as_secs_f64());
        let cpu_value = figure.of(cpu / (calls * self.blocks) as f64);
        let more = format!("{more},\"cpu\":{:.2},\"cpu_value\":{cpu_value:.6}", cpu / wall);
        self.print(workload, metric, figure.unit(), &runs, &more);
    }

    /// Times training: `step` makes one step and returns its loss. The loss must go down over a few
    /// steps, so that all peers are seen to do the same work.
    pub fn train(
        &self,
        workload: &str,
        metric: &str,
        figure: Figure,
        params: usize,
        mut step: impl FnMut() -> f64,
    ) {
        let first = step();
        if let Some(started) = self.started {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |t| t.as_secs_f64());
            let more = format!(",\"cpu_value\":{:.3}", cpu_seconds());
            self.print(workload, "first_step_s", "s", &[now - started], &more);
        }
        let last = (0..30).map(|_| step()).last().unwrap_or(first);
        assert!(last < first, "{workload}: the loss did not go down: {first} -> {last}");
        let more = format!(",\"loss\":[{first:.4},{last:.4}],\"params\":{params}");
        self.time(workload, metric, figure, &more, || {
            step();
        });
        if let Some(megabytes) = peak_megabytes() {
            self.print(workload, "train_peak_rss", "MB", &[megabytes], "");
        }
    }
}

fn setting<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// CPU seconds of this process so far, on Linux: user and system time in hundredths of a second.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    after_name.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most memory that this process had, on Linux.
fn peak_megabytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}
