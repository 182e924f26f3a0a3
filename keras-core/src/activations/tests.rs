//! At the ends of the range of numbers.

use super::*;

/// The output and its derivative at `x`.
fn at<A: Activate, E: Element>(activation: &A, x: E) -> (E, E) {
    let (x, mut y, mut d) = ([x], [x], [E::ONE]);
    activation.forward(&mut y);
    activation.backward(if A::NEEDS_INPUT { &x } else { &[] }, &y, &mut d);
    (y[0], d[0])
}

fn far_out<A: Activate, E: Element>(
    activation: &A,
    largest: f64,
    below: f64,
    above: f64,
    slopes: (f64, f64),
) {
    for x in [largest, f64::INFINITY] {
        let (y, d) = at(activation, E::of(-x));
        assert_eq!((y.f64(), d.f64()), (below.max(-x), slopes.0), "{activation:?} at {}", -x);
        let (y, d) = at(activation, E::of(x));
        assert_eq!((y.f64(), d.f64()), (above.min(x), slopes.1), "{activation:?} at {x}");
    }
}

/// The limits below and above, where infinity stands for the number itself, and the slopes there.
fn limits<A: Activate>(activation: &A, below: f64, above: f64, slopes: (f64, f64)) {
    far_out::<A, f32>(activation, f32::MAX.into(), below, above, slopes);
    far_out::<A, f64>(activation, f64::MAX, below, above, slopes);
    // NaN stays, but where Keras compares it away.
    let kept = at(activation, f32::NAN).0.is_nan();
    let compared = ["HardShrink", "RectifiedLinear", "SoftShrink", "Threshold"];
    let compared = compared.iter().any(|name| format!("{activation:?}").starts_with(name));
    assert!(kept != compared, "{activation:?} of NaN");
}

#[test]
fn infinity_and_the_largest_numbers() {
    const INF: f64 = f64::INFINITY;
    limits(&Celu::default(), -1.0, INF, (0.0, 1.0));
    limits(&HardShrink::default(), -INF, INF, (1.0, 1.0));
    limits(&HardSigmoid, 0.0, 1.0, (0.0, 0.0));
    limits(&HardSilu, 0.0, INF, (0.0, 1.0));
    limits(&HardTanh, -1.0, 1.0, (0.0, 0.0));
    limits(&LogSigmoid, -INF, 0.0, (1.0, 0.0));
    limits(&Mish, 0.0, INF, (0.0, 1.0));
    limits(&RectifiedLinear::default(), 0.0, INF, (0.0, 1.0));
    limits(&RectifiedLinear::new(0.0, 4.0, 1.0), 0.0, 4.0, (0.0, 0.0));
    limits(&Relu6, 0.0, 6.0, (0.0, 0.0));
    limits(&SoftShrink::default(), -INF, INF, (1.0, 1.0));
    limits(&Softsign, -1.0, 1.0, (0.0, 0.0));
    limits(&SparsePlus, 0.0, INF, (0.0, 1.0));
    limits(&SparseSigmoid, 0.0, 1.0, (0.0, 0.0));
    limits(&Squareplus::default(), 0.0, INF, (0.0, 1.0));
    limits(&TanhShrink, -INF, INF, (1.0, 1.0));
    limits(&Threshold::new(0.0, -2.0), -2.0, INF, (0.0, 1.0));
}

#[test]
fn rows_of_large_numbers() {
    let row = [-f32::INFINITY, 1e38, -1e38, 1e38];
    let (mut log, mut sparse) = (row, row);
    LogSoftmax.forward(&mut log);
    assert_eq!(log, [-f32::INFINITY, -core::f32::consts::LN_2, -2e38, -core::f32::consts::LN_2]);
    Sparsemax.forward(&mut sparse);
    assert_eq!(sparse, [0.0, 0.5, 0.0, 0.5]);
    let mut d = [1.0, 2.0, 3.0, 5.0];
    Sparsemax.backward(&[], &sparse, &mut d);
    assert_eq!(d, [0.0, -1.5, 0.0, 1.5]);
    let mut nothing = [f32::NAN; 2];
    Sparsemax.forward(&mut nothing);
    assert!(nothing.iter().all(|v| v.is_nan()));
}
