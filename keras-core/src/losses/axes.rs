use keras_shapes::{Dims, MAX_RANK};

#[cfg(feature = "serde")]
use crate::config::Field;
use crate::error::{Error, Result};

/// The batch and the largest sample.
const MOST: usize = MAX_RANK + 1;

/// Which axes of a batch are one row of a loss, counted as Keras does: 0 is the batch, -1 the last axis.
///
/// ```
/// use keras_core::losses::Axes;
/// let (of_each_sample, of_the_batch) = (Axes::new([1, 2, 3]), Axes::ALL);
/// assert_ne!(of_each_sample, of_the_batch);
/// assert_eq!(Axes::default(), Axes::LAST);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Axes(Which);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Which {
    #[default]
    Last,
    All,
    Given {
        axes: [i32; MOST],
        len: usize,
    },
}

impl Axes {
    /// The last axis: what a row of most losses is.
    pub const LAST: Self = Self(Which::Last);
    /// All axes, that of the batch too: there is one row.
    pub const ALL: Self = Self(Which::All);

    /// These axes.
    #[must_use]
    pub const fn new<const N: usize>(given: [i32; N]) -> Self {
        let mut axes = [0; MOST];
        let mut i = 0;
        while i < N && i < MOST {
            axes[i] = given[i];
            i += 1;
        }
        Self(Which::Given { axes, len: N })
    }

    /// For each axis of a batch of such samples whether it belongs to a row; `None` if there is no such
    /// axis, or one comes twice.
    pub(super) fn of(self, sample: Dims) -> Option<[bool; MOST]> {
        let rank = sample.rank + 1;
        let mut within = [false; MOST];
        match self.0 {
            Which::All => within[..rank].fill(true),
            // A single number is a row of one.
            Which::Last if sample.rank == 0 => {}
            Which::Last => within[rank - 1] = true,
            Which::Given { axes, len } => {
                for &axis in axes.get(..len)? {
                    let axis = if axis < 0 { axis + rank as i32 } else { axis };
                    let axis = usize::try_from(axis).ok().filter(|&axis| axis < rank)?;
                    if core::mem::replace(&mut within[axis], true) {
                        return None;
                    }
                }
            }
        }
        Some(within)
    }

    /// An error if a batch of such samples has no such axes.
    pub(super) fn check(self, loss: &str, sample: Dims) -> Result<()> {
        if self.of(sample).is_some() {
            return Ok(());
        }
        let Which::Given { axes, len } = self.0 else { return Ok(()) };
        let expected =
            format!("axes of a batch of {sample}, each once, from -{0} to {1}", sample.rank + 1, sample.rank);
        Err(Error::argument(format!("axis of {loss}"), expected, format!("{:?}", &axes[..len.min(MOST)])))
    }
}

/// The builder method of losses along one axis.
macro_rules! along {
    () => {
        /// Along another axis than the last: 0 is the batch, 1 the first axis of a sample.
        #[must_use]
        pub const fn axis(mut self, axis: i32) -> Self {
            self.axes = $crate::losses::Axes::new([axis]);
            self
        }
    };
}
pub(super) use along;

/// One axis, a list of them, or `null` for all.
#[cfg(feature = "serde")]
impl Field for Axes {
    fn read(value: &serde_json::Value) -> core::result::Result<Self, (String, String)> {
        if value.is_null() {
            return Ok(Self::ALL);
        }
        if !value.is_array() {
            let axis = i32::read(value)?;
            return Ok(if axis == -1 { Self::LAST } else { Self::new([axis]) });
        }
        let list = Vec::<i32>::read(value)?;
        let len = list.len();
        if len > MOST {
            return Err((format!("at most {MOST} axes"), value.to_string()));
        }
        let mut axes = [0; MOST];
        axes[..len].copy_from_slice(&list);
        Ok(Self(Which::Given { axes, len }))
    }
    fn write(&self) -> Result<serde_json::Value> {
        match self.0 {
            Which::Last => (-1).write(),
            Which::All => Ok(serde_json::Value::Null),
            Which::Given { axes, len: 1 } => axes[0].write(),
            Which::Given { axes, len } => axes[..len.min(MOST)].to_vec().write(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMAGE: Dims = Dims::new([3, 4, 2]);

    #[test]
    fn they_are_counted_from_both_ends() {
        assert_eq!(Axes::LAST.of(IMAGE), Some([false, false, false, true, false]));
        assert_eq!(Axes::new([-1]).of(IMAGE), Axes::LAST.of(IMAGE));
        assert_eq!(Axes::new([0, -3, 2, 3]).of(IMAGE), Axes::ALL.of(IMAGE));
        assert_eq!(Axes::LAST.of(Dims::new([])), Some([false; MOST]));
    }

    #[test]
    fn what_is_not_there_is_refused() {
        assert_eq!(Axes::new([4]).of(IMAGE), None);
        assert_eq!(Axes::new([-5]).of(IMAGE), None);
        assert_eq!(Axes::new([1, -3]).of(IMAGE), None);
        assert_eq!(Axes::new([0, 1, 2, 3, 0, 1]).of(IMAGE), None);
        let error = Axes::new([1, 4]).check("Dice", IMAGE).unwrap_err().to_string();
        let expected = "axes of a batch of (3, 4, 2), each once, from -4 to 3";
        assert_eq!(error, format!("axis of Dice: expected {expected}, but found [1, 4]"));
    }
}
