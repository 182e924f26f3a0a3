//! Some training steps of a workload on one thread, and nothing else: for tools that count.
//!
//! `steps W1 100`

use std::process::ExitCode;

use benches::models::STEPS;
use keras_core::prelude::*;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [workload, count] = arguments.as_slice() else {
        eprintln!("expected a workload and a number of steps");
        return ExitCode::from(2);
    };
    let (Some((_, make)), Ok(count)) =
        (STEPS.iter().find(|(name, _)| name == workload), count.parse::<usize>())
    else {
        let names: Vec<&str> = STEPS.iter().map(|(name, _)| *name).collect();
        eprintln!("expected a workload of {names:?} and a number of steps, but found {arguments:?}");
        return ExitCode::from(2);
    };
    match make(&Cpu::with_threads(1)) {
        Ok(mut step) => {
            let loss = (0..count).map(|_| step()).last().unwrap_or(f64::NAN);
            println!("{workload}: loss {loss:.4} after {count} steps");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{workload}: {error}");
            ExitCode::FAILURE
        }
    }
}
