use crate::Text;

/// What is said of a momentum that is not from 0 to 1; `None` if it is.
#[must_use]
pub const fn momentum_fault(who: &str, momentum: f64) -> Option<Text> {
    if momentum >= 0.0 && momentum <= 1.0 {
        return None;
    }
    let text = Text::new(who).str(": the momentum is the share of the moving mean that a step keeps");
    Some(text.str(", from 0.0 to 1.0"))
}

/// What is said of an epsilon that is not a small number above 0.
#[must_use]
pub const fn epsilon_fault(who: &str, epsilon: f64) -> Option<Text> {
    if epsilon > 0.0 && epsilon < 1.0 {
        return None;
    }
    Some(Text::new(who).str(": epsilon keeps a variance from being 0: a small number between 0.0 and 1.0"))
}

/// What is said of the factor of a penalty that is below 0 or not finite.
#[must_use]
pub const fn factor_fault(who: &str, factor: f64) -> Option<Text> {
    if factor >= 0.0 && factor < f64::INFINITY {
        return None;
    }
    Some(Text::new(who).str(": the factor of a penalty is a number of at least 0.0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_sense_passes() {
        for momentum in [0.0, 0.9, 1.0] {
            assert!(momentum_fault("", momentum).is_none());
        }
        for momentum in [-0.1, 1.1, f64::NAN] {
            assert!(momentum_fault("", momentum).is_some());
        }
        assert!(epsilon_fault("", 1e-5).is_none());
        for epsilon in [0.0, -1e-5, 1.0, f64::NAN, f64::INFINITY] {
            assert!(epsilon_fault("", epsilon).is_some());
        }
    }
}
