//! Where a number stands among the others of a row; nothing is sorted, nothing is allocated.

use crate::element::Element;

/// The place of the largest number; of the first, if there are several.
#[inline]
pub fn argmax<E: Element>(row: &[E]) -> usize {
    row.iter().enumerate().fold(0, |best, (i, &v)| if v > row[best] { i } else { best })
}

/// Whether fewer than `k` numbers are larger than the one at `index`. A NaN is not among the first,
/// nor is what does not exist.
#[inline]
pub fn in_top_k<E: Element>(row: &[E], index: usize, k: usize) -> bool {
    let Some(&value) = row.get(index) else { return false };
    // `!(v <= value)` would count a NaN as larger; a NaN itself is not equal to itself.
    value.partial_cmp(&value).is_some() && row.iter().filter(|&&v| v > value).count() < k
}

/// Calls `each` with the places of the `k` largest numbers, in falling order; of equal ones the first
/// comes first, as in Keras' `top_k`. NaN is never among them.
#[inline]
pub fn for_top_k<E: Element>(row: &[E], k: usize, mut each: impl FnMut(usize)) {
    let mut last: Option<usize> = None;
    for _ in 0..k.min(row.len()) {
        // The largest of those that come after the last one.
        let mut best: Option<usize> = None;
        for (i, &v) in row.iter().enumerate() {
            let after = last.is_none_or(|last| v < row[last] || (v == row[last] && i > last));
            let better = best.map_or(v.partial_cmp(&v).is_some(), |best| v > row[best]);
            if after && better {
                best = Some(i);
            }
        }
        let Some(place) = best else { return };
        each(place);
        last = Some(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn top(row: &[f64], k: usize) -> Vec<usize> {
        let mut places = Vec::new();
        for_top_k(row, k, |i| places.push(i));
        places
    }

    #[test]
    fn equal_numbers_come_in_order() {
        assert_eq!(top(&[1.0, 3.0, 2.0, 3.0], 3), [1, 3, 2]);
        assert_eq!(argmax(&[1.0, 3.0, 2.0, 3.0]), 1);
    }

    #[test]
    fn no_more_than_there_are() {
        assert_eq!(top(&[1.0, 2.0], 5), [1, 0]);
        assert_eq!(top(&[f64::NAN, 2.0, f64::NAN], 2), [1]);
    }

    #[test]
    fn equal_numbers_are_in_the_top_together() {
        let row = [1.0, 3.0, 2.0, 3.0];
        assert_eq!([0, 1, 2, 3].map(|i| in_top_k(&row, i, 1)), [false, true, false, true]);
        assert!(!in_top_k(&row, 4, 9) && !in_top_k(&[f64::NAN], 0, 1));
    }
}
