use super::{Weights, WeightsMut, row, row_mut, rows, rows_mut};
use crate::backend::Cpu;
use crate::element::Element;
use crate::layers::Dense;

impl<'a, E: Element, const IN: usize, const OUT: usize, A, const USE_BIAS: bool>
    Weights<'a, Cpu<E>, Dense<IN, OUT, A, USE_BIAS>>
{
    /// The kernel: a row for each input, a column for each unit.
    #[must_use]
    pub fn kernel(&self) -> &'a [[E; OUT]; IN] {
        rows(self.params(0..IN * OUT))
    }
}

impl<'a, E: Element, const IN: usize, const OUT: usize, A> Weights<'a, Cpu<E>, Dense<IN, OUT, A, true>> {
    /// The bias: one number a unit.
    #[must_use]
    pub fn bias(&self) -> &'a [E; OUT] {
        row(self.params(IN * OUT..IN * OUT + OUT))
    }
}

impl<E: Element, const IN: usize, const OUT: usize, A, const USE_BIAS: bool>
    WeightsMut<'_, Cpu<E>, Dense<IN, OUT, A, USE_BIAS>>
{
    /// The kernel: a row for each input, a column for each unit.
    #[must_use]
    pub fn kernel(&mut self) -> &mut [[E; OUT]; IN] {
        rows_mut(self.params(0..IN * OUT))
    }
}

impl<E: Element, const IN: usize, const OUT: usize, A> WeightsMut<'_, Cpu<E>, Dense<IN, OUT, A, true>> {
    /// The bias: one number a unit.
    #[must_use]
    pub fn bias(&mut self) -> &mut [E; OUT] {
        row_mut(self.params(IN * OUT..IN * OUT + OUT))
    }
}
