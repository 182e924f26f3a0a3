use core::fmt;

/// The largest number of dimensions of one sample (the batch is not one of them).
pub const MAX_RANK: usize = 4;

/// A shape as a value: what const evaluation computes with. One sample's, so without the batch.
///
/// ```
/// use keras_shapes::Dims;
/// const IMAGE: Dims = Dims::new([28, 28, 1]);
/// assert_eq!(IMAGE.numel(), 784);
/// assert_eq!(IMAGE.to_string(), "(28, 28, 1)");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Dims {
    /// How many dimensions there are.
    pub rank: usize,
    /// The sizes; those from `rank` on are 0.
    pub d: [usize; MAX_RANK],
}

impl Dims {
    /// The shape with these sizes.
    ///
    /// # Panics
    /// If there are more than 4.
    #[must_use]
    pub const fn new<const R: usize>(sizes: [usize; R]) -> Self {
        assert!(R <= MAX_RANK, "a sample has at most 4 dimensions");
        let mut d = [0; MAX_RANK];
        let mut i = 0;
        while i < R {
            d[i] = sizes[i];
            i += 1;
        }
        Self { rank: R, d }
    }

    /// The number of elements of one sample; 1 for a scalar. Saturates instead of overflowing.
    #[must_use]
    pub const fn numel(self) -> usize {
        let mut n: usize = 1;
        let mut i = 0;
        while i < self.rank {
            n = n.saturating_mul(self.d[i]);
            i += 1;
        }
        n
    }

    /// The size of the last dimension: the features, or the channels. 1 for a scalar.
    #[must_use]
    pub const fn last(self) -> usize {
        if self.rank == 0 { 1 } else { self.d[self.rank - 1] }
    }

    /// `==`, for const evaluation.
    #[must_use]
    pub const fn same(self, other: Self) -> bool {
        self.rank == other.rank
            && self.d[0] == other.d[0]
            && self.d[1] == other.d[1]
            && self.d[2] == other.d[2]
            && self.d[3] == other.d[3]
    }

    /// The same shape with another last size.
    #[must_use]
    pub const fn with_last(mut self, last: usize) -> Self {
        if self.rank > 0 {
            self.d[self.rank - 1] = last;
        }
        self
    }

    /// The sizes as a slice.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        &self.d[..self.rank]
    }
}

impl fmt::Display for Dims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(crate::Text::new("").dims(*self).as_str())
    }
}
