//! Passes that several optimizers and their common options are made of.

use super::each::each;
use super::{MAX_SLOTS, Update};
use crate::element::Element;

/// The power of a beta that a bias is corrected by.
///
/// Keras takes the betas as they are in 32 bits, also where it computes in 64. The first steps of Adam
/// are shorter by 1e-5 of themselves for it, and ours are to be the same.
pub fn power(beta: f64, iteration: u64) -> f64 {
    f64::from(beta as f32).powf(iteration as f64)
}

macro_rules! pass {
    ($(#[$doc:meta])* $name:ident { $($field:ident),* } |$p:ident, $g:ident| $formula:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name {
            $(pub $field: f64,)*
        }

        impl Update for $name {
            #[inline(always)]
            fn apply<E: Element>(&self, p: &mut [E], g: &[E], slots: [&mut [E]; MAX_SLOTS]) {
                $(let $field = E::of(self.$field);)*
                each(p, g, slots, |$p, $g, []| $formula);
            }
        }
    };
}

pass! {
    /// A step straight along `g`.
    Descend { keep, rate } |p, g| p * keep - rate * g
}
pass! {
    /// Some of what is there, and some of `g`.
    Blend { keep, take } |p, g| keep * p + take * g
}
pass! {
    /// The mean of gradients.
    Mean { steps } |p, g| (g + p) / steps
}
pass! {
    /// The same number everywhere.
    Fill { value } |_p, _g| value
}
pass! {
    /// Squares with something added.
    Squares { epsilon } |_p, g| g * g + epsilon
}
pass! {
    /// Divides by a root.
    OverRoot { } |p, g| p / g.sqrt()
}
pass! {
    /// The root.
    Root { } |_p, g| g.sqrt()
}
