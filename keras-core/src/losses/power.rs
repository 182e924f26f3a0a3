use crate::element::Element;

/// `x^exponent`. Exact for whole and half exponents, and for those of numbers below 0 as well; otherwise
/// NaN for numbers below 0.
#[inline(always)]
pub fn power<E: Element>(x: E, exponent: f64) -> E {
    let doubled = 2.0 * exponent;
    if doubled.fract() != 0.0 || !(0.0..=16.0).contains(&doubled) {
        return (E::of(exponent) * x.ln()).exp();
    }
    let doubled = doubled as u32;
    let mut product = if doubled % 2 == 1 { x.sqrt() } else { E::ONE };
    for _ in 0..doubled / 2 {
        product *= x;
    }
    product
}

/// The derivative of [`power`]; 0 where the exponent is.
#[inline(always)]
pub fn slope<E: Element>(x: E, exponent: f64) -> E {
    if exponent == 0.0 { E::ZERO } else { E::of(exponent) * power(x, exponent - 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_all_kinds() {
        for x in [0.3_f64, 1.0, 2.5] {
            for exponent in [0.0, 0.5, 1.0, 1.5, 2.0, 7.5, 0.3, 2.2, 9.0, -0.5, -2.0] {
                assert!((power(x, exponent) / x.powf(exponent) - 1.0).abs() < 1e-14, "{x}^{exponent}");
            }
        }
        assert_eq!(power(-2.0, 3.0), -8.0);
        assert!(power(-2.0_f64, 0.7).is_nan());
        assert_eq!([0.0, 2.0, 0.7].map(|exponent| power(0.0, exponent)), [1.0, 0.0, 0.0]);
        assert_eq!((slope(0.0, 0.0), slope(3.0, 2.0)), (0.0, 6.0));
    }
}
