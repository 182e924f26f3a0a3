use core::fmt::Debug;

/// What a crossentropy takes a prediction for: [`Probabilities`] or [`Logits`].
pub trait Scores:
    sealed::Sealed + Clone + Copy + Debug + Default + PartialEq + Send + Sync + 'static
{
    /// Whether a prediction is any number, to go through a sigmoid or a softmax in the loss.
    const LOGITS: bool;
}

/// Predictions are probabilities: the model ends in a sigmoid or a softmax. The default.
///
/// They are kept within 1e-7 and 1 - 1e-7, so that no logarithm is infinite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Probabilities;

/// Predictions are logits: the model ends in nothing, and the loss does what the sigmoid or the
/// softmax would do, with a logarithm that cannot overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Logits;

impl Scores for Probabilities {
    const LOGITS: bool = false;
}

impl Scores for Logits {
    const LOGITS: bool = true;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Probabilities {}
    impl Sealed for super::Logits {}
}

/// The field `from_logits`, which the type of a loss says already.
#[cfg(feature = "serde")]
pub(super) fn from_logits<P: Scores>(
    fields: &mut crate::config::Fields,
    class: &str,
) -> crate::error::Result<()> {
    let mut given = P::LOGITS;
    fields.field("from_logits", &mut given)?;
    if given == P::LOGITS {
        return Ok(());
    }
    let expected = format!("{}, as its type says", P::LOGITS);
    Err(crate::error::Error::argument(format!("from_logits of {class}"), expected, given))
}

/// Whether a configuration is that of a loss of logits.
#[cfg(feature = "serde")]
pub(crate) fn of_logits(config: &serde_json::Value) -> bool {
    config["from_logits"] == true
}
