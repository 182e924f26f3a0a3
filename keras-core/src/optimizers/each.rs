use super::MAX_SLOTS;
use crate::element::Element;

/// How many parameters are taken at a time: a few vectors of any width.
const BLOCK: usize = 32;

/// One pass: `formula` gives each parameter anew from itself, its gradient and its `K` numbers of
/// state, which it changes.
///
/// Whole blocks are read before they are written, so that the compiler need not know that the arrays
/// lie apart to compute in vectors.
#[inline(always)]
pub fn each<E: Element, const K: usize>(
    p: &mut [E],
    g: &[E],
    slots: [&mut [E]; MAX_SLOTS],
    formula: impl Fn(E, E, &mut [E; K]) -> E,
) {
    let n = p.len();
    let mut arrays = slots.into_iter();
    let mut slots: [&mut [E]; K] = core::array::from_fn(|_| match arrays.next() {
        Some(slot) => &mut slot[..n],
        None => &mut [],
    });
    for i in 0..n {
        let mut state: [E; K] = core::array::from_fn(|k| slots[k][i]);
        p[i] = formula(p[i], g[i], &mut state);
        for k in 0..K {
            slots[k][i] = state[k];
        }
    }
}
