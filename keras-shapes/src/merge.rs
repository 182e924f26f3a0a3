//! Several values become one.

use crate::{Dims, Text};

/// How values are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// Element by element; a size of 1 counts for any, and so does one that is not there, as in Keras.
    Each,
    /// One after the other along an axis, counted from the batch: -1 is the last one.
    Along(isize),
    /// The products of two values, summed along one axis of each.
    Dot([isize; 2]),
}

/// The place of an axis, counted from the batch as Keras does, among the sizes of one sample.
#[must_use]
pub const fn axis(axis: isize, rank: usize) -> Option<usize> {
    let from_end = rank as isize + axis;
    if axis >= 1 && axis as usize <= rank {
        Some(axis as usize - 1)
    } else if axis < 0 && from_end >= 0 {
        Some(from_end as usize)
    } else {
        None
    }
}

/// What two values make, or `None`.
const fn both(join: Join, a: Dims, b: Dims) -> Option<Dims> {
    match join {
        Join::Each => each(a, b),
        Join::Along(at) => match axis(at, a.rank) {
            Some(at) if a.rank == b.rank => {
                let mut out = a;
                let mut i = 0;
                while i < a.rank {
                    if i == at {
                        out.d[i] = a.d[i].saturating_add(b.d[i]);
                    } else if a.d[i] != b.d[i] {
                        return None;
                    }
                    i += 1;
                }
                Some(out)
            }
            _ => None,
        },
        Join::Dot([left, right]) => match (axis(left, a.rank), axis(right, b.rank)) {
            (Some(left), Some(right)) if a.d[left] == b.d[right] => without(a, left, b, right),
            _ => None,
        },
    }
}

/// The sizes of both but for these; 1 if there are none.
const fn without(a: Dims, left: usize, b: Dims, right: usize) -> Option<Dims> {
    let rank = a.rank + b.rank - 2;
    if rank > crate::dims::MAX_RANK {
        return None;
    }
    let mut out = Dims { rank, d: [0; crate::dims::MAX_RANK] };
    let (mut i, mut to) = (0, 0);
    while i < a.rank {
        if i != left {
            out.d[to] = a.d[i];
            to += 1;
        }
        i += 1;
    }
    i = 0;
    while i < b.rank {
        if i != right {
            out.d[to] = b.d[i];
            to += 1;
        }
        i += 1;
    }
    if rank == 0 {
        out = Dims::new([1]);
    }
    Some(out)
}

const fn each(a: Dims, b: Dims) -> Option<Dims> {
    // Sizes that are not there are those in front, behind the batch.
    let (mut out, other) = if a.rank >= b.rank { (a, b) } else { (b, a) };
    let mut i = 0;
    while i < other.rank {
        let at = out.rank - other.rank + i;
        let (x, y) = (out.d[at], other.d[i]);
        if x == 1 {
            out.d[at] = y;
        } else if y != 1 && x != y {
            return None;
        }
        i += 1;
    }
    Some(out)
}

/// What values make together, or the number of the first one that does not fit those before it.
pub const fn merge(join: Join, values: &[Dims]) -> Result<Dims, usize> {
    let mut out = values[0];
    if values.len() == 1
        && let Join::Along(at) = join
        && axis(at, out.rank).is_none()
    {
        return Err(0);
    }
    let mut i = 1;
    while i < values.len() {
        match both(join, out, values[i]) {
            Some(dims) => out = dims,
            None => return Err(i),
        }
        i += 1;
    }
    Ok(out)
}

/// What is said where values cannot be joined: `what` does the layer with them, "adds".
#[must_use]
pub const fn merge_text(who: &str, what: &str, join: Join, values: &[Dims]) -> Option<Text> {
    let Err(at) = merge(join, values) else { return None };
    let mut text = Text::new(who).str(" ").str(what).str(" ");
    let mut i = 0;
    while i < values.len() {
        if i > 0 {
            text = text.str(if i + 1 == values.len() { " and " } else { ", " });
        }
        text = text.dims(values[i]);
        i += 1;
    }
    Some(match join {
        Join::Each => text.str(", whose sizes differ"),
        Join::Along(a) => match axis(a, values[0].rank) {
            None => text.str(", which have no axis ").int(a),
            Some(_) if values[at].rank != values[0].rank => {
                text.str(", which have different numbers of sizes")
            }
            Some(place) => text.str(": all sizes but the ").str(ORDINALS[place]).str(" must be equal"),
        },
        Join::Dot([a, b]) => {
            let (left, right) = (values[0], values[1]);
            match (axis(a, left.rank), axis(b, right.rank)) {
                (None, _) => text.str(", of which the first has no axis ").int(a),
                (_, None) => text.str(", of which the second has no axis ").int(b),
                (Some(i), Some(j)) if left.d[i] != right.d[j] => {
                    let text = text.str(" along sizes that differ: ").num(left.d[i]);
                    text.str(" and ").num(right.d[j])
                }
                _ => text.str(", which makes more than four sizes"),
            }
        }
    })
}

const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

#[cfg(test)]
mod tests {
    use super::*;

    const A: Dims = Dims::new([4, 6, 3]);

    #[test]
    fn sizes_of_one_count_for_any() {
        assert_eq!(merge(Join::Each, &[A, A, A]), Ok(A));
        assert_eq!(merge(Join::Each, &[A, Dims::new([1, 6, 1])]), Ok(A));
        assert_eq!(merge(Join::Each, &[Dims::new([3]), A]), Ok(A));
        assert_eq!(merge(Join::Each, &[Dims::new([4, 1]), Dims::new([1, 5])]), Ok(Dims::new([4, 5])));
        assert_eq!(merge(Join::Each, &[A, A, Dims::new([4, 6, 2])]), Err(2));
        let text = merge_text("layer 2", "adds", Join::Each, &[A, Dims::new([4, 6, 2])]).unwrap();
        assert_eq!(text.as_str(), "layer 2 adds (4, 6, 3) and (4, 6, 2), whose sizes differ");
    }

    #[test]
    fn joining_adds_the_sizes_of_an_axis() {
        assert_eq!(merge(Join::Along(-1), &[A, Dims::new([4, 6, 5])]), Ok(Dims::new([4, 6, 8])));
        assert_eq!(merge(Join::Along(1), &[A, Dims::new([2, 6, 3]), A]), Ok(Dims::new([10, 6, 3])));
        assert_eq!(merge(Join::Along(2), &[A, Dims::new([2, 6, 3])]), Err(1));
        let say = |axis, other| {
            merge_text("`c`", "joins", Join::Along(axis), &[A, other]).unwrap().as_str().to_owned()
        };
        assert_eq!(
            say(-1, Dims::new([4, 5, 3])),
            "`c` joins (4, 6, 3) and (4, 5, 3): all sizes but the third must be equal"
        );
        assert_eq!(say(4, A), "`c` joins (4, 6, 3) and (4, 6, 3), which have no axis 4");
        assert_eq!(say(-4, A), "`c` joins (4, 6, 3) and (4, 6, 3), which have no axis -4");
        assert_eq!(
            say(1, Dims::new([3])),
            "`c` joins (4, 6, 3) and (3), which have different numbers of sizes"
        );
    }

    #[test]
    fn a_dot_product_takes_two_axes_away() {
        let dot = |a, b, axes| merge(Join::Dot(axes), &[a, b]);
        assert_eq!(dot(Dims::new([7]), Dims::new([7]), [1, 1]), Ok(Dims::new([1])));
        assert_eq!(dot(Dims::new([4, 6]), Dims::new([5, 6]), [2, 2]), Ok(Dims::new([4, 5])));
        assert_eq!(dot(Dims::new([4, 6]), Dims::new([4, 5]), [1, 1]), Ok(Dims::new([6, 5])));
        assert_eq!(dot(Dims::new([4, 6]), Dims::new([4, 5]), [2, 2]), Err(1));
    }
}
