//! Rows whose numbers do not lie side by side.

use keras_shapes::MAX_RANK;

/// Axes of an array: how large each is, and how far apart its numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    axes: [(usize, usize); MAX_RANK + 1],
    len: usize,
}

impl Spread {
    /// None, so that there is one number.
    pub const NONE: Self = Self { axes: [(1, 0); MAX_RANK + 1], len: 0 };

    /// With one more axis, which runs faster than those before it. More than a batch has are left out.
    pub const fn add(&mut self, size: usize, stride: usize) {
        if self.len < self.axes.len() {
            self.axes[self.len] = (size, stride);
            self.len += 1;
        }
    }

    /// How many numbers there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.axes.iter().map(|(size, _)| size).product()
    }

    /// Where number `i` lies.
    #[inline]
    #[must_use]
    pub fn at(&self, i: usize) -> usize {
        let (mut rest, mut at) = (i, 0);
        for &(size, stride) in self.axes[..self.len].iter().rev() {
            at += rest % size * stride;
            rest /= size;
        }
        at
    }
}

/// Where the numbers of rows lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gather {
    /// The first number of each row.
    pub rows: Spread,
    /// The others, counted from it.
    pub within: Spread,
}

impl Gather {
    /// Copies the numbers of a row.
    pub fn take<T: Copy>(&self, row: usize, from: &[T], to: &mut [T]) {
        let from = &from[self.rows.at(row)..];
        for (i, to) in to.iter_mut().enumerate() {
            *to = from[self.within.at(i)];
        }
    }

    /// Copies them back.
    pub fn put<T: Copy>(&self, row: usize, from: &[T], to: &mut [T]) {
        let to = &mut to[self.rows.at(row)..];
        for (i, &from) in from.iter().enumerate() {
            to[self.within.at(i)] = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_table_and_back() {
        let mut gather = Gather { rows: Spread::NONE, within: Spread::NONE };
        gather.within.add(3, 2);
        gather.rows.add(2, 1);
        let table = [0, 1, 10, 11, 20, 21];
        let (mut column, mut again) = ([0; 3], [0; 6]);
        for i in 0..2 {
            gather.take(i, &table, &mut column);
            assert_eq!(column, [i, 10 + i, 20 + i]);
            gather.put(i, &column, &mut again);
        }
        assert_eq!(again, table);
        assert_eq!((gather.rows.count(), gather.within.count(), Spread::NONE.count()), (2, 3, 1));
    }
}
