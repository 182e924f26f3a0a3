use super::{erf, exp, exp_m1, ln, ln_1p, tanh};

/// A function, what it is compared with in `f64`, and how many units in the last place it may be off.
type Case<F> = (&'static str, fn(F) -> F, fn(f64) -> f64, f64);

/// The limits are what was measured over all numbers, rounded up; for `erf`, over all from 5e-4 to 4.5,
/// and a part of the others.
const SINGLE: [Case<f32>; 6] = [
    ("exp", exp, f64::exp, 1.0),
    ("exp_m1", exp_m1, f64::exp_m1, 1.7),
    ("ln", ln, f64::ln, 0.9),
    ("ln_1p", ln_1p, f64::ln_1p, 1.4),
    ("tanh", tanh, f64::tanh, 1.5),
    ("erf", erf, libm::erf, 1.4),
];

/// Here what they are compared with may be off by one itself.
const DOUBLE: [Case<f64>; 6] = [
    ("exp", exp, f64::exp, 2.0),
    ("exp_m1", exp_m1, f64::exp_m1, 3.0),
    ("ln", ln, f64::ln, 2.0),
    ("ln_1p", ln_1p, f64::ln_1p, 2.0),
    ("tanh", tanh, f64::tanh, 3.0),
    ("erf", erf, libm::erf, 2.0),
];

/// How far off in units of the last place of the exact number; 0 if both are NaN or the same infinity.
fn off32(found: f32, exact: f64) -> f64 {
    if found.is_infinite() && found == exact as f32 {
        return 0.0;
    }
    off(f64::from(found), exact, exponent(exact).max(-126) - 23)
}

fn off64(found: f64, exact: f64) -> f64 {
    off(found, exact, exponent(exact).max(-1022) - 52)
}

fn exponent(x: f64) -> i32 {
    (x.to_bits() >> 52 & 0x7ff) as i32 - 1023
}

fn off(found: f64, exact: f64, unit: i32) -> f64 {
    if found.is_nan() && exact.is_nan() || found == exact {
        return 0.0;
    }
    // In two steps: the unit itself may be out of range.
    let half = unit / 2;
    let off = (found - exact).abs() * 2.0_f64.powi(-half) * 2.0_f64.powi(half - unit);
    if off.is_nan() { f64::INFINITY } else { off }
}

/// The largest distance over every `stride`-th `f32`, and where it is.
fn worst((_, f, exact, _): &Case<f32>, stride: usize) -> (f64, f32) {
    let mut worst = (0.0, 0.0);
    for bits in (0..=u32::MAX).step_by(stride) {
        let x = f32::from_bits(bits);
        let off = off32(f(x), exact(f64::from(x)));
        if off > worst.0 {
            worst = (off, x);
        }
    }
    worst
}

#[test]
fn single_precision() {
    for case in &SINGLE {
        let (off, x) = worst(case, 4099);
        println!("{}: at most {off:.3} units off, at {x:e}", case.0);
        assert!(off <= case.3, "{}({x:e}) is {off} units off", case.0);
    }
}

#[test]
#[ignore = "minutes, in a release build: every f32"]
fn single_precision_of_all_numbers() {
    for case in &SINGLE {
        let (off, x) = worst(case, 1);
        println!("{}: at most {off:.3} units off, at {x:e}", case.0);
        assert!(off <= case.3, "{}({x:e}) is {off} units off", case.0);
    }
}

#[test]
fn double_precision() {
    for (name, f, exact, most) in &DOUBLE {
        let mut worst = (0.0, 0.0);
        // Every bit pattern is as likely; and the range where the functions are not flat, evenly.
        let patterns = (0..200_000_u64).map(|i| f64::from_bits(i.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        let even = (-400_000..400_000).map(|i| f64::from(i) * 1.000_1e-4);
        for x in patterns.chain(even) {
            let off = off64(f(x), exact(x));
            if off > worst.0 {
                worst = (off, x);
            }
        }
        println!("{name}: at most {:.3} units off, at {:e}", worst.0, worst.1);
        assert!(worst.0 <= *most, "{name}({:e}) is {} units off", worst.1, worst.0);
    }
}

/// Values at which the functions are exact, and where a formula easily goes wrong.
macro_rules! special_values {
    ($name:ident, $t:ident, $erf:path) => {
        #[test]
        fn $name() {
            let inf = $t::INFINITY;
            let same = |name: &str, x: $t, found: $t, exact: $t| {
                let same = found.to_bits() == exact.to_bits() || found.is_nan() && exact.is_nan();
                assert!(same, "{name}({x:e}) is {found:e} instead of {exact:e}");
            };
            let (small, least) = ($t::MIN_POSITIVE, $t::from_bits(1));
            for x in [0.0, -0.0, inf, -inf, $t::NAN] {
                same("exp", x, exp(x), x.exp());
                same("exp_m1", x, exp_m1(x), x.exp_m1());
                same("ln", x, ln(x), x.ln());
                same("ln_1p", x, ln_1p(x), x.ln_1p());
                same("tanh", x, tanh(x), x.tanh());
                same("erf", x, erf(x), $erf(x));
            }
            for x in [small, -small, least, -least] {
                same("exp", x, exp(x), 1.0);
                same("exp_m1", x, exp_m1(x), x);
                same("ln_1p", x, ln_1p(x), x);
                same("tanh", x, tanh(x), x);
            }
            for x in [$t::MAX, 1e30, 750.0] {
                same("exp", x, exp(x), inf);
                same("exp", -x, exp(-x), 0.0);
                same("exp_m1", x, exp_m1(x), inf);
                same("exp_m1", -x, exp_m1(-x), -1.0);
                same("tanh", x, tanh(x), 1.0);
                same("erf", -x, erf(-x), -1.0);
                same("ln_1p", -x, ln_1p(-x), $t::NAN);
                same("ln", -x, ln(-x), $t::NAN);
            }
            same("ln", 1.0, ln(1.0), 0.0);
            same("ln", -least, ln(-least), $t::NAN);
            same("ln_1p", -1.0, ln_1p(-1.0), -inf);
            same("ln_1p", -1.0 - $t::EPSILON, ln_1p(-1.0 - $t::EPSILON), $t::NAN);
        }
    };
}
special_values!(special_values_f32, f32, libm::erff);
special_values!(special_values_f64, f64, libm::erf);
