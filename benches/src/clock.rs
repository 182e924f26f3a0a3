//! Timing on a machine that others use too.

use std::time::Instant;

/// Seconds a call takes: the least and the median over many short blocks.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    /// The fastest block.
    pub least: f64,
    /// The median block.
    pub median: f64,
}

/// Times several things in turns, so that what disturbs one disturbs all: `blocks` rounds, each about
/// `block` seconds for each.
pub fn in_turns(things: &mut [&mut dyn FnMut()], block: f64, blocks: usize) -> Vec<Time> {
    let calls: Vec<usize> = things
        .iter_mut()
        .map(|thing| {
            let start = Instant::now();
            let mut calls = 0;
            while calls < 3 || start.elapsed().as_secs_f64() < block {
                thing();
                calls += 1;
            }
            let second = start.elapsed().as_secs_f64() / f64::from(calls);
            ((block / second) as usize).max(1)
        })
        .collect();
    let mut runs = vec![Vec::with_capacity(blocks); things.len()];
    for _ in 0..blocks {
        for ((thing, &calls), runs) in things.iter_mut().zip(&calls).zip(&mut runs) {
            let start = Instant::now();
            (0..calls).for_each(|_| thing());
            runs.push(start.elapsed().as_secs_f64() / calls as f64);
        }
    }
    runs.into_iter()
        .map(|mut runs| {
            runs.sort_by(f64::total_cmp);
            Time { least: runs[0], median: runs[runs.len() / 2] }
        })
        .collect()
}
