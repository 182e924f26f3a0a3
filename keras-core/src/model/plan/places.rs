/// Room that is lent and given back: each block goes to the first gap that it fits in.
#[derive(Clone, Copy)]
pub(super) struct Places<const MOST: usize> {
    /// Blocks in use, by offset: offset and length.
    used: [(usize, usize); MOST],
    count: usize,
    /// How far the blocks ever reached.
    pub end: usize,
}

impl<const MOST: usize> Places<MOST> {
    pub const fn new() -> Self {
        Self { used: [(0, 0); MOST], count: 0, end: 0 }
    }

    /// Lends a block.
    pub const fn take(&mut self, len: usize) -> usize {
        let (mut at, mut i) = (0_usize, 0);
        while i < self.count {
            let (start, length) = self.used[i];
            if at.saturating_add(len) <= start {
                break;
            }
            at = start.saturating_add(length);
            i += 1;
        }
        let mut j = self.count;
        while j > i {
            self.used[j] = self.used[j - 1];
            j -= 1;
        }
        self.used[i] = (at, len);
        self.count += 1;
        if at.saturating_add(len) > self.end {
            self.end = at.saturating_add(len);
        }
        at
    }

    /// Takes a block back. A block of no length is the one that begins there and has none.
    pub const fn give(&mut self, at: usize, len: usize) {
        let mut i = 0;
        while i < self.count && !(self.used[i].0 == at && self.used[i].1 == len) {
            i += 1;
        }
        if i == self.count {
            return;
        }
        self.count -= 1;
        while i < self.count {
            self.used[i] = self.used[i + 1];
            i += 1;
        }
    }
}
