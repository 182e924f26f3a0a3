use crate::model::plan::Plan;

impl<const N: usize> Plan<N> {
    /// Where a layer's variables and its state are.
    #[must_use]
    pub const fn place(&self, layer: usize) -> Place {
        let step = &self.steps[layer];
        let state = self.layout.trained + step.state;
        Place { params: step.params, params_len: step.params_len, state, state_len: step.state_len }
    }

    /// Where those of the steps `start..end` are, which are a model.
    #[must_use]
    pub const fn places(&self, start: usize, end: usize) -> Place {
        let mut all = self.place(start);
        let mut i = start + 1;
        while i < end {
            let one = self.place(i);
            let until = one.params + one.params_len;
            if until > all.params + all.params_len {
                all.params_len = until - all.params;
            }
            all.state_len += one.state_len;
            i += 1;
        }
        all
    }
}

/// Where a layer's variables and its state lie among all of the model's parameters.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// What it learns: offset.
    pub params: usize,
    /// What it learns: length.
    pub params_len: usize,
    /// What it remembers: offset.
    pub state: usize,
    /// What it remembers: length.
    pub state_len: usize,
}
