use super::MAX_SLOTS;
use crate::element::Element;

/// One pass: `formula` gives each parameter anew from itself, its gradient and its `K` numbers of
/// state, which it changes.
#[inline(always)]
pub fn each<E: Element, const K: usize>(
    p: &mut [E],
    g: &[E],
    slots: [&mut [E]; MAX_SLOTS],
    formula: impl Fn(E, E, &mut [E; K]) -> E,
) {
    // The slices are cut to one length, so that the loop has no checks and runs in vectors.
    let n = p.len();
    let g = &g[..n];
    let mut arrays = slots.into_iter();
    let slots: [&mut [E]; K] = core::array::from_fn(|_| match arrays.next() {
        Some(slot) => &mut slot[..n],
        None => unreachable!("no optimizer has more than MAX_SLOTS arrays"),
    });
    for i in 0..n {
        let mut state: [E; K] = core::array::from_fn(|k| slots[k][i]);
        p[i] = formula(p[i], g[i], &mut state);
        for k in 0..K {
            slots[k][i] = state[k];
        }
    }
}
