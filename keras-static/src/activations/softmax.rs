use libm::{expf, logf};

use super::Activate;

/// `e^x / Σ e^x`
#[derive(Debug, Default)]
pub struct Softmax;

/// `x - ln Σ e^x`
#[derive(Debug, Default)]
pub struct LogSoftmax;

/// Subtracts the largest number of a row, so that no power overflows.
fn lowered(row: &mut [f32]) {
    let largest = row.iter().fold(f32::NEG_INFINITY, |largest, v| largest.max(*v));
    row.iter_mut().for_each(|v| *v -= largest);
}

impl Activate for Softmax {
    fn rows(&self, width: usize, y: &mut [f32]) {
        for row in y.chunks_exact_mut(width) {
            lowered(row);
            row.iter_mut().for_each(|v| *v = expf(*v));
            let sum: f32 = row.iter().sum();
            row.iter_mut().for_each(|v| *v /= sum);
        }
    }
}

impl Activate for LogSoftmax {
    fn rows(&self, width: usize, y: &mut [f32]) {
        for row in y.chunks_exact_mut(width) {
            lowered(row);
            let sum = logf(row.iter().map(|v| expf(*v)).sum());
            row.iter_mut().for_each(|v| *v -= sum);
        }
    }
}
