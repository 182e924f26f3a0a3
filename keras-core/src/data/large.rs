//! Passes over whole data sets, on all cores where it is worth it.

use rayon::prelude::*;

/// From so many elements on, a pass takes longer than waking the threads.
const LARGE: usize = 1 << 18;
/// Elements that one thread takes at a time.
const PIECE: usize = 1 << 15;

/// Whether all elements are as asked.
pub fn all<T: Copy + Sync>(values: &[T], is: impl Fn(T) -> bool + Sync + Copy) -> bool {
    // A whole chunk is looked at before the answer is, so that the loop runs in vectors.
    let piece = |values: &[T]| {
        let mut chunks = values.chunks_exact(64);
        let whole = chunks.all(|chunk| chunk.iter().fold(true, |all, &v| all & is(v)));
        whole && chunks.remainder().iter().all(|&v| is(v))
    };
    if values.len() < LARGE { piece(values) } else { values.par_chunks(PIECE).all(piece) }
}

/// Each element made into another one.
pub fn map<T: Copy + Sync, U: Send>(values: &[T], to: impl Fn(T) -> U + Sync + Send) -> Vec<U> {
    if values.len() < LARGE {
        values.iter().map(|&v| to(v)).collect()
    } else {
        values.par_iter().with_min_len(PIECE).map(|&v| to(v)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_are_the_same() {
        for n in [0, 1, 63, 64, 65, LARGE - 1, LARGE, LARGE + 77] {
            let values: Vec<u32> = (0..n as u32).collect();
            assert_eq!(map(&values, u64::from), values.iter().map(|&v| u64::from(v)).collect::<Vec<_>>());
            assert!(all(&values, |v| v < n as u32));
            for bad in [0, n / 2, n.saturating_sub(1)] {
                assert_eq!(all(&values, |v| v as usize != bad), n == 0, "{bad} of {n}");
            }
        }
    }
}
