use crate::Text;

/// Whether a share of units can be dropped: it is from 0 to 1.
///
/// ```
/// use keras_shapes::rate_fits;
/// assert!(rate_fits(0.2));
/// assert!(!rate_fits(20.0));
/// assert!(!rate_fits(f64::NAN));
/// ```
#[must_use]
pub const fn rate_fits(rate: f64) -> bool {
    rate >= 0.0 && rate <= 1.0
}

/// What is said when it cannot.
#[must_use]
pub const fn rate_fault(who: &str, rate: f64) -> Option<Text> {
    if rate_fits(rate) {
        return None;
    }
    Some(Text::new(who).str(": the rate is the share of units to drop, from 0.0 to 1.0"))
}
