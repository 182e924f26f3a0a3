//! Targets that say which of two sides is the right one.

use crate::data::Rows;
use crate::element::Element;
use crate::error::{Error, Result};

/// -1 of 0; what is there of any other number.
#[inline(always)]
pub fn sign<E: Element>(t: E) -> E {
    if t == E::ZERO { -E::ONE } else { t }
}

/// An error if some targets are 0 and others neither 0 nor 1: then 0 could stand for itself.
pub fn check<E: Element>(loss: &str, y_true: &Rows<'_, E>) -> Result<()> {
    let values = y_true.values();
    let Some(other) = values.iter().find(|&&t| t != E::ZERO && t != E::ONE) else { return Ok(()) };
    if values.iter().all(|&t| t != E::ZERO) {
        return Ok(());
    }
    Err(Error::argument(format!("the target of {loss}"), "-1 and 1, or 0 and 1", format!("0 and {other}")))
}

#[cfg(test)]
mod tests {
    use crate::losses::{Hinge, Loss};
    use crate::shape::Rank1;

    #[test]
    fn zeros_stand_for_minus_one_among_ones_alone() {
        let value = |y_true: [f64; 2]| Loss::<Rank1<2>>::value(&Hinge::default(), &[y_true], &[[0.5, 0.5]]);
        assert_eq!(value([0.0, 1.0]).unwrap(), value([-1.0, 1.0]).unwrap());
        let error = value([0.0, -1.0]).unwrap_err().to_string();
        assert_eq!(error, "the target of Hinge: expected -1 and 1, or 0 and 1, but found 0 and -1");
    }
}
