//! The area under the ROC curve of a million scores, ours and as the definition of Keras' metric says:
//! each score compared with each threshold.
//!
//! `cargo run --release -p benches --bin auc`

use std::hint::black_box;

use benches::clock::in_turns;
use benches::random::Numbers;
use keras_core::metrics::{Batch, Curve, Metric};
use keras_core::prelude::*;

type Out = Rank1<1>;

const SCORES: usize = 1_000_000;

fn ours(metric: &mut AUC, batch: &Batch<'_, f32, f32>) -> f64 {
    Metric::<Out, Out>::reset(metric);
    Metric::<Out, Out>::update(metric, black_box(batch));
    Metric::<Out, Out>::result(metric)
}

/// 200 thresholds, the trapezoids between them.
fn plain(batch: &Batch<'_, f32, f32>) -> f64 {
    let batch = black_box(batch);
    let rates = (0..200).map(|i| {
        let threshold = match i {
            0 => -1e-7,
            199 => 1.0 + 1e-7,
            _ => i as f32 / 199.0,
        };
        let (mut counts, mut all) = ([0_u32; 2], [0_u32; 2]);
        for (&t, &p) in batch.y_true.iter().zip(batch.y_pred) {
            let positive = u32::from(t != 0.0);
            let said = u32::from(p > threshold);
            all[1] += positive;
            all[0] += 1 - positive;
            counts[1] += positive & said;
            counts[0] += (1 - positive) & said;
        }
        [0, 1].map(|i| f64::from(counts[i]) / f64::from(all[i]))
    });
    let rates: Vec<_> = rates.collect();
    rates.windows(2).map(|pair| (pair[0][0] - pair[1][0]) * (pair[0][1] + pair[1][1]) / 2.0).sum()
}

fn main() {
    let mut numbers = Numbers::new(1);
    let y_pred: Vec<f32> = numbers.floats(SCORES).iter().map(|x| x.abs()).collect();
    let noise = numbers.floats(SCORES);
    let y_true: Vec<f32> = y_pred.iter().zip(&noise).map(|(p, n)| f32::from(u8::from(p + n > 0.5))).collect();
    let batch = Batch { y_true: &y_true, y_pred: &y_pred, weights: None, samples: SCORES };
    let weights = vec![1.0; SCORES];
    let weighted = Batch { weights: Some(&weights), ..batch };

    let (mut roc, mut pr) = (AUC::default(), AUC::default().curve(Curve::Pr));
    let (mut with_weights, mut logits) = (AUC::default(), AUC::from_logits());
    let (mut a, mut b, mut c) = (0.0, 0.0, 0.0);
    let times = in_turns(
        &mut [
            &mut || a = ours(&mut roc, &batch),
            &mut || {
                ours(&mut pr, &batch);
            },
            &mut || c = ours(&mut with_weights, &weighted),
            &mut || {
                ours(&mut logits, &batch);
            },
            &mut || b = plain(&batch),
        ],
        0.02,
        10,
    );
    for (name, time) in ["ROC", "PR", "ROC, weighted", "ROC, logits", "each threshold"].iter().zip(&times) {
        println!(
            "{name:16} {:8.2} ms, {:8.1} million scores/s; ratio {:6.1}",
            time.least * 1e3,
            SCORES as f64 / time.least / 1e6,
            times[4].least / time.least,
        );
    }
    println!("area {a:.9}, with weights {c:.9}, each threshold {b:.9}");
}
