use keras_core::optimizers::{Optimizer, OptimizerState};
use keras_core::prelude::*;
use std::time::Instant;
fn bench<O: Optimizer>(what: &str, o: O, n: usize, flush: bool) {
    let cpu = Cpu::<f32>::with_threads(1);
    let mut s = OptimizerState::new(&cpu, &o, n).unwrap();
    let mut p: Vec<f32> = (0..n).map(|i| (i % 17) as f32).collect();
    let mut g: Vec<f32> = (0..n).map(|i| (i % 13) as f32 * 0.1 - 0.6).collect();
    let mut best = f64::MAX;
    let reps = (20_000_000 / n).clamp(20, 2000);
    for _ in 0..reps {
        let t = Instant::now();
        let mut step = || { let _ = s.apply(&cpu, &o, &[], &mut p, &mut g); };
        if flush { cpu.run(0, || ()); }
        step();
        best = best.min(t.elapsed().as_secs_f64());
    }
    println!("{what} {n}: {:.3} ms, {:.2} ns/elem", best * 1e3, best * 1e9 / n as f64);
}
fn main() {
    for n in [6529, 100_000, 1_000_000] {
        bench("sgd", SGD::new(1e-4), n, false);
        bench("sgd momentum", SGD::new(1e-4).momentum(0.9), n, false);
        bench("rmsprop", RMSprop::default(), n, false);
        bench("rmsprop all", RMSprop::default().momentum(0.9).centered(true), n, false);
        bench("adam", Adam::default(), n, false);
        bench("amsgrad", Adam::default().amsgrad(true), n, false);
        bench("adam clipnorm", Adam::default().global_clipnorm(1.0), n, false);
    }
}
