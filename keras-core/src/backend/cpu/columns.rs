//! The columns of a table, in groups that fill vectors.

use crate::element::Element;

/// Numbers that loops over columns work on at once.
pub const LANES: usize = 64;

/// One number for each lane.
pub type Lanes<E> = [E; LANES];

/// Columns of a table that are worked on together. Of a narrow table all, several rows side by side;
/// of a wide one [`LANES`] at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// How many there are.
    pub count: usize,
    /// The first one.
    pub first: usize,
    /// How many columns the table has.
    pub width: usize,
    /// How far it is from one set of lanes to the next: some rows.
    pub stride: usize,
    /// How many lanes are used: one for each column in each of those rows.
    lanes: usize,
}

impl Columns {
    /// All columns of a table of this width.
    pub fn all(width: usize) -> impl Iterator<Item = Self> {
        let side_by_side = (LANES / width.max(1)).max(1);
        (0..width).step_by(LANES).map(move |first| {
            let count = LANES.min(width - first);
            Self { count, first, width, stride: side_by_side * width, lanes: side_by_side * count }
        })
    }

    /// The lanes in these rows, one set after the other. The last set may have fewer.
    #[inline(always)]
    pub fn sets<'a, E: Element>(&self, rows: &'a [E]) -> impl Iterator<Item = &'a [E]> {
        let (first, lanes) = (self.first, self.lanes);
        rows.chunks(self.stride).map(move |rows| &rows[first..rows.len().min(first + lanes)])
    }

    /// The same, to be written.
    #[inline(always)]
    pub fn sets_mut<'a, E: Element>(&self, rows: &'a mut [E]) -> impl Iterator<Item = &'a mut [E]> {
        let (first, lanes) = (self.first, self.lanes);
        rows.chunks_mut(self.stride).map(move |rows| {
            let end = rows.len().min(first + lanes);
            &mut rows[first..end]
        })
    }

    /// One number a column, for each lane.
    #[inline(always)]
    pub fn spread<E: Element>(&self, columns: &[E]) -> Lanes<E> {
        let mut lanes = [E::ZERO; LANES];
        for lanes in lanes[..self.lanes].chunks_exact_mut(self.count) {
            lanes.copy_from_slice(&columns[..self.count]);
        }
        lanes
    }

    /// The sum over the lanes of each column.
    #[inline(always)]
    pub fn fold<E: Element>(&self, lanes: &Lanes<E>) -> Lanes<E> {
        let mut sums = [E::ZERO; LANES];
        for lanes in lanes[..self.lanes].chunks_exact(self.count) {
            sums.iter_mut().zip(lanes).for_each(|(sum, &lane)| *sum += lane);
        }
        sums
    }

    /// The part of a row that belongs to these columns.
    #[inline(always)]
    pub fn of<'a, E>(&self, row: &'a [E]) -> &'a [E] {
        &row[self.first..self.first + self.count]
    }

    /// The same, to be written.
    #[inline(always)]
    pub fn of_mut<'a, E>(&self, row: &'a mut [E]) -> &'a mut [E] {
        &mut row[self.first..self.first + self.count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_lies_in_the_lane_of_its_column() {
        for width in [1, 3, 16, 33, 63, 64, 65, 200] {
            let rows = 37;
            let x: Vec<f32> = (0..rows * width).map(|i| (i % width) as f32).collect();
            let mut seen = 0;
            for columns in Columns::all(width) {
                let numbers: Vec<f32> = (0..width).map(|i| i as f32).collect();
                let lanes = columns.spread(columns.of(&numbers));
                for set in columns.sets(&x) {
                    assert!(set.iter().zip(&lanes).all(|(a, b)| a == b), "{columns:?}");
                    seen += set.len();
                }
                let mut ones = [0.0; LANES];
                columns.sets(&x).for_each(|set| set.iter().zip(&mut ones).for_each(|(_, one)| *one += 1.0));
                assert!(columns.fold(&ones)[..columns.count].iter().all(|&n| n == rows as f32));
            }
            assert_eq!(seen, rows * width);
        }
    }
}
