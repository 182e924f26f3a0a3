//! What kernels that make one array of several are told of sizes.

use keras_shapes::Dims;

/// What is done element by element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merging {
    /// `a + b + ..`
    Sum,
    /// `a - b`
    Difference,
    /// `a · b · ..`
    Product,
    /// The mean of all.
    Mean,
    /// The largest; its gradient goes to the first one that is as large.
    Largest,
    /// The smallest; its gradient goes to the first one that is as small.
    Smallest,
}

/// Several arrays, element by element. A size of 1, or one that is not there in front, counts for any.
#[derive(Clone, Copy, Debug)]
pub struct Merge<'a> {
    /// What is done.
    pub merging: Merging,
    /// The sizes of a sample of each.
    pub inputs: &'a [Dims],
    /// The sizes of a sample of what it becomes.
    pub output: Dims,
}

/// Columns of a table with rows of `width`: `len` of them from `at` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// How wide the table is.
    pub width: usize,
    /// The first of the columns.
    pub at: usize,
}

/// The products of all vectors of one array with all of another one, in each sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dots {
    /// How the vectors lie in the arrays: for each, how many lie before the axis, and behind it.
    pub around: [[usize; 2]; 2],
    /// How long a vector is.
    pub len: usize,
    /// Whether vectors are divided by their length first, so that the products are cosines.
    pub normalize: bool,
}

impl Dots {
    /// How many vectors a sample of each array has.
    #[must_use]
    pub const fn vectors(&self) -> [usize; 2] {
        let [[a, b], [c, d]] = self.around;
        [a * b, c * d]
    }
}
