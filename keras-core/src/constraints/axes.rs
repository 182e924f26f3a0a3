use crate::error::{Error, Result};
use crate::shape::Dims;

/// The axes of a variable that a norm is taken along: `0`, `-1`, `[0, 1, 2]`. Those below 0 count from
/// the last one backwards.
///
/// For the kernel of a `Dense` layer, `0` is along what flows into each unit, for that of a `Conv2D`
/// `[0, 1, 2]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axes {
    axes: [i32; MAX],
    len: usize,
}

/// As many as a variable can have.
const MAX: usize = 4;

impl From<i32> for Axes {
    fn from(axis: i32) -> Self {
        Self::from([axis])
    }
}

macro_rules! lists {
    ($($n:literal),*) => {$(
        impl From<[i32; $n]> for Axes {
            fn from(list: [i32; $n]) -> Self {
                let mut axes = [0; MAX];
                axes[..$n].copy_from_slice(&list);
                Self { axes, len: $n }
            }
        }
    )*};
}
lists!(1, 2, 3, 4);

impl Axes {
    /// For each axis of a variable, whether it is one of these.
    pub(super) fn of(self, who: &str, dims: Dims) -> Result<[bool; MAX]> {
        if dims.rank == 0 {
            return Err(Error::argument(
                format!("the variable of {who}"),
                "axes to take a norm along",
                "none",
            ));
        }
        let mut chosen = [false; MAX];
        for &axis in &self.axes[..self.len] {
            let rank = dims.rank as i32;
            if !(-rank..rank).contains(&axis) {
                let expected =
                    format!("an axis of a variable of shape {dims}, from {} to {}", -rank, rank - 1);
                return Err(Error::argument(format!("axis of {who}"), expected, axis));
            }
            chosen[axis.rem_euclid(rank) as usize] = true;
        }
        Ok(chosen)
    }
}

/// One axis, or a list of up to four.
#[cfg(feature = "serde")]
impl crate::config::Field for Axes {
    fn read(value: &serde_json::Value) -> core::result::Result<Self, (String, String)> {
        if !value.is_array() {
            return i32::read(value).map(Self::from);
        }
        let list = Vec::<i32>::read(value)?;
        if list.is_empty() || list.len() > MAX {
            return Err((format!("an axis, or 1 to {MAX} of them"), value.to_string()));
        }
        let mut axes = [0; MAX];
        axes[..list.len()].copy_from_slice(&list);
        Ok(Self { axes, len: list.len() })
    }
    fn write(&self) -> Result<serde_json::Value> {
        match self.axes[..self.len] {
            [one] => one.write(),
            ref list => list.to_vec().write(),
        }
    }
}
