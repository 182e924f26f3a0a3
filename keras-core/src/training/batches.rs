//! In which order the samples come, batch by batch.

use crate::backend::Random;

/// Sets the shuffles apart from the initial weights' random numbers.
const SHUFFLES: u64 = 1 << 32;

/// Goes through the samples again and again, in a new order each time.
pub(crate) struct Batches {
    order: Vec<usize>,
    batch: usize,
    next: usize,
    pass: u64,
    shuffle: Option<u64>,
}

impl Batches {
    /// `samples` in batches of `batch`; shuffled with a seed, or in order. `pass` is the number of
    /// the first pass, so that a training that goes on shuffles as one that never stopped.
    pub fn new(samples: usize, batch: usize, shuffle: Option<u64>, pass: u64) -> Self {
        let mut batches = Self { order: (0..samples).collect(), batch, next: 0, pass, shuffle };
        batches.arrange();
        batches
    }

    /// How many batches one pass has; the last one may be smaller.
    pub fn per_pass(&self) -> usize {
        self.order.len().div_ceil(self.batch)
    }

    fn arrange(&mut self) {
        if let Some(seed) = self.shuffle {
            // From the same start each time, so that the order follows from seed and pass alone.
            self.order.iter_mut().enumerate().for_each(|(i, o)| *o = i);
            Random::new(seed, SHUFFLES + self.pass).shuffle(&mut self.order);
        }
    }

    /// Whether the samples come in their own order, so that a batch is one piece of the data.
    pub fn in_order(&self) -> bool {
        self.shuffle.is_none()
    }

    /// Whether all samples were seen, so that the next batch begins a new pass.
    pub fn pass_ends(&self) -> bool {
        self.next >= self.order.len()
    }

    /// The number of the pass that comes after what was begun.
    pub fn passes(&self) -> u64 {
        self.pass + u64::from(self.next > 0)
    }

    /// The pass that this is, and how many samples of it were seen.
    pub fn place(&self) -> (u64, usize) {
        (self.pass, self.next)
    }

    /// Goes to a place, as one that never stopped.
    pub fn go_to(&mut self, (pass, next): (u64, usize)) {
        (self.pass, self.next) = (pass, next.min(self.order.len()));
        self.arrange();
    }

    /// The samples of the next batch.
    pub fn next(&mut self) -> &[usize] {
        if self.pass_ends() {
            self.next = 0;
            self.pass += 1;
            self.arrange();
        }
        let start = self.next;
        self.next = (start + self.batch).min(self.order.len());
        &self.order[start..self.next]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pass_has_every_sample_once() {
        let mut batches = Batches::new(10, 4, Some(3), 0);
        let mut orders = Vec::new();
        for _ in 0..2 {
            let sizes: Vec<Vec<usize>> = (0..batches.per_pass()).map(|_| batches.next().to_vec()).collect();
            assert_eq!(sizes.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4, 2]);
            let order = sizes.concat();
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..10).collect::<Vec<_>>());
            orders.push(order);
        }
        assert_ne!(orders[0], orders[1]);
        assert_eq!(Batches::new(10, 10, Some(3), 1).next(), orders[1]);
    }

    #[test]
    fn unshuffled_goes_round() {
        let mut batches = Batches::new(3, 2, None, 0);
        assert_eq!(batches.next(), [0, 1]);
        assert!(!batches.pass_ends());
        assert_eq!(batches.next(), [2]);
        assert!(batches.pass_ends());
        assert_eq!(batches.next(), [0, 1]);
    }
}
