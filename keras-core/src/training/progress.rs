use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use super::Logs;

/// What a training shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verbose {
    /// A bar where the output is a terminal, else one line an epoch.
    #[default]
    Auto,
    /// Nothing.
    Silent,
    /// A bar that moves.
    Bar,
    /// One line an epoch.
    Line,
}

/// How often the bar is drawn again.
const REDRAW: Duration = Duration::from_millis(50);
const WIDTH: usize = 20;

/// Shows an epoch as Keras does: steps, time, loss and metrics.
pub(crate) struct Progress {
    verbose: Verbose,
    epochs: usize,
    steps: usize,
    start: Instant,
    drawn: Option<Instant>,
    line: String,
}

impl Progress {
    pub fn new(verbose: Verbose, epochs: usize, steps: usize) -> Self {
        let verbose = match verbose {
            Verbose::Auto if std::io::stdout().is_terminal() => Verbose::Bar,
            Verbose::Auto => Verbose::Line,
            other => other,
        };
        Self { verbose, epochs, steps, start: Instant::now(), drawn: None, line: String::new() }
    }

    pub fn epoch(&mut self, epoch: usize) {
        self.start = Instant::now();
        self.drawn = None;
        if self.verbose != Verbose::Silent {
            show(&format!("Epoch {}/{}\n", epoch + 1, self.epochs));
        }
    }

    /// After a step; draws the bar from time to time.
    pub fn step(&mut self, done: usize, logs: &Logs) {
        if self.verbose != Verbose::Bar || done == self.steps {
            return;
        }
        let now = Instant::now();
        if self.drawn.is_some_and(|drawn| now - drawn < REDRAW) {
            return;
        }
        self.drawn = Some(now);
        let each = (now - self.start).as_secs_f64() / done.max(1) as f64;
        let left = time(each * (self.steps - done) as f64);
        self.draw(done, &format!("{left} {}/step", time(each)), logs);
    }

    /// After the epoch and its validation.
    pub fn end(&mut self, steps: usize, logs: &Logs) {
        if self.verbose == Verbose::Silent {
            return;
        }
        let spent = self.start.elapsed().as_secs_f64();
        let each = spent / steps.max(1) as f64;
        self.draw(steps, &format!("{} {}/step", time(spent), time(each)), logs);
        show("\n");
    }

    fn draw(&mut self, done: usize, time: &str, logs: &Logs) {
        use core::fmt::Write as _;
        let before = self.line.chars().count();
        self.line.clear();
        let full = (WIDTH * done).checked_div(self.steps).unwrap_or(WIDTH).min(WIDTH);
        let digits = self.steps.to_string().len();
        // Writing to a string does not fail.
        let _ = write!(self.line, "{done:>digits$}/{} ", self.steps);
        self.line.extend(core::iter::repeat_n('━', full));
        self.line.extend(core::iter::repeat_n('─', WIDTH - full));
        let _ = write!(self.line, " {time}");
        for (name, value) in logs.iter() {
            let _ = write!(self.line, " - {name}: {}", figure(value));
        }
        let now = self.line.chars().count();
        let blanks = " ".repeat(before.saturating_sub(now));
        if self.verbose == Verbose::Bar {
            show(&format!("\r{}{blanks}", self.line));
        } else {
            show(&self.line);
        }
    }
}

/// A closed output, such as a pipe to `head`, must not end a training.
fn show(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// As Keras: four digits, or an exponent where they would be none.
fn figure(value: f64) -> String {
    if value == 0.0 || (1e-3..1e6).contains(&value.abs()) {
        format!("{value:.4}")
    } else {
        format!("{value:.4e}")
    }
}

fn time(seconds: f64) -> String {
    match seconds {
        s if s >= 3600.0 => format!("{}:{:02}:{:02}", s as u64 / 3600, s as u64 / 60 % 60, s as u64 % 60),
        s if s >= 60.0 => format!("{}:{:02}", s as u64 / 60, s as u64 % 60),
        s if s >= 1.0 => format!("{s:.0}s"),
        s if s >= 1e-3 => format!("{:.0}ms", s * 1e3),
        s => format!("{:.0}us", s * 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_figures_read_as_in_keras() {
        assert_eq!(time(3725.0), "1:02:05");
        assert_eq!(time(65.0), "1:05");
        assert_eq!((time(2.4), time(0.0123), time(0.000_045)), ("2s".into(), "12ms".into(), "45us".into()));
        assert_eq!(
            (figure(0.123_45), figure(0.0), figure(0.000_12)),
            ("0.1235".into(), "0.0000".into(), "1.2000e-4".into())
        );
    }
}
