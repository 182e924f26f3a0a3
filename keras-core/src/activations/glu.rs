use super::sigmoid::sigmoid;
use crate::element::Element;
use crate::error::{Error, Result};

/// `f(a, b) = a · sigmoid(b)`, `a` and `b` being the halves of a row: a gated linear unit. Keras: `glu`.
///
/// It halves the last axis, which no [`Activate`](super::Activate) can: here it is called by itself; in a model it
/// is a layer, [`layers::Glu`](crate::layers::Glu).
///
/// Source: Dauphin et al., "Language modeling with gated convolutional networks", 2017.
///
/// ```
/// use keras_core::activations::Glu;
///
/// let mut y = [0.0_f32; 2];
/// Glu.forward(4, &[1.0, 2.0, 0.0, 0.0], &mut y)?;
/// assert_eq!(y, [0.5, 1.0]);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Glu;

impl Glu {
    /// The output of rows of `width`, an even number.
    ///
    /// # Errors
    /// If the width is odd or 0, if `x` is not whole rows or if `y` is not half as long.
    pub fn forward<E: Element>(&self, width: usize, x: &[E], y: &mut [E]) -> Result<()> {
        check(width, x.len(), y.len())?;
        Self::rows(width, x, y);
        Ok(())
    }

    /// The gradient by the input, `dx`, from that by the output, `dy`.
    ///
    /// # Errors
    /// As [`forward`](Self::forward).
    pub fn backward<E: Element>(&self, width: usize, x: &[E], dy: &[E], dx: &mut [E]) -> Result<()> {
        check(width, x.len(), dy.len())?;
        if dx.len() != x.len() {
            return Err(Error::argument("dx of Glu", format!("{} numbers", x.len()), dx.len()));
        }
        Self::rows_back(width, x, dy, dx);
        Ok(())
    }

    /// The output of whole rows of an even width.
    #[inline(always)]
    pub(crate) fn rows<E: Element>(width: usize, x: &[E], y: &mut [E]) {
        let half = width / 2;
        for (x, y) in x.chunks_exact(width).zip(y.chunks_exact_mut(half)) {
            let (a, b) = x.split_at(half);
            for ((y, &a), &b) in y.iter_mut().zip(a).zip(b) {
                *y = a * sigmoid(b);
            }
        }
    }

    /// The gradient of that.
    #[inline(always)]
    pub(crate) fn rows_back<E: Element>(width: usize, x: &[E], dy: &[E], dx: &mut [E]) {
        let half = width / 2;
        let rows = x.chunks_exact(width).zip(dy.chunks_exact(half)).zip(dx.chunks_exact_mut(width));
        for ((x, dy), dx) in rows {
            let ((a, b), (da, db)) = (x.split_at(half), dx.split_at_mut(half));
            for ((((da, db), &a), &b), &dy) in da.iter_mut().zip(db).zip(a).zip(b).zip(dy) {
                let gate = sigmoid(b);
                *da = dy * gate;
                *db = dy * a * gate * (E::ONE - gate);
            }
        }
    }
}

/// An error if the lengths do not fit.
fn check(width: usize, x: usize, y: usize) -> Result<()> {
    if width == 0 || !width.is_multiple_of(2) {
        return Err(Error::argument("width of Glu", "an even number above 0", width));
    }
    if !x.is_multiple_of(width) {
        return Err(Error::argument("x of Glu", format!("rows of {width} numbers"), format!("{x} numbers")));
    }
    if y != x / 2 {
        let expected = format!("{} numbers, half of the input's", x / 2);
        return Err(Error::argument("y of Glu", expected, y));
    }
    Ok(())
}
