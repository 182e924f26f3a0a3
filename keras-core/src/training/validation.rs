use super::fit::NoValidation;
use crate::backend::Backend;
use crate::data::Data;
use crate::error::Result;
use crate::values::{Signals, Values};

/// The data of a validation, checked.
pub type ValidationRows<'a, X, Y, B> =
    Option<(<X as Values>::Rows<'a, <B as Backend>::Elem>, <Y as Values>::Rows<'a, <B as Backend>::Elem>)>;

/// What a training is validated on: nothing, or inputs and targets.
#[diagnostic::on_unimplemented(
    message = "this validation data does not fit a model that takes `{X}` and is compared with `{Y}`"
)]
pub trait Validation<X: Signals, Y: Values, B: Backend> {
    /// The data, checked.
    ///
    /// # Errors
    /// As [`Data::rows`], or if inputs and targets differ in number.
    fn rows(&self) -> Result<ValidationRows<'_, X, Y, B>>;
}

impl<X: Signals, Y: Values, B: Backend> Validation<X, Y, B> for NoValidation {
    fn rows(&self) -> Result<ValidationRows<'_, X, Y, B>> {
        Ok(None)
    }
}

impl<X, Y, B, DX, DY> Validation<X, Y, B> for (&DX, &DY)
where
    X: Signals,
    Y: Values,
    B: Backend,
    DX: Data<X, B> + ?Sized,
    DY: Data<Y, B> + ?Sized,
{
    fn rows(&self) -> Result<ValidationRows<'_, X, Y, B>> {
        let x = self.0.rows("validation x")?;
        let y = self.1.rows("validation y")?;
        X::check_samples(&x, Y::samples(&y), "validation y")?;
        Ok(Some((x, y)))
    }
}
