use super::{Batch, Metric};
use crate::element::Element;
use crate::shape::{Shape, Value};

/// A tuple of metrics: `()`, `(MeanAbsoluteError::default(),)`, .. up to eight.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of metrics for an output of shape `{Out}` compared with `{Target}`",
    label = "expected a tuple of metrics: `()`, `(Accuracy::default(),)`, ..",
    note = "a tuple of one has a comma: `(Accuracy::default(),)`"
)]
pub trait Metrics<Out: Shape, Target: Value>: Clone + Send + 'static {
    /// Whether there are none.
    const EMPTY: bool;
    /// Their names.
    fn names(&self) -> Vec<String>;
    /// Begins anew.
    fn reset(&mut self);
    /// Adds a batch.
    fn update<E: Element>(&mut self, batch: &Batch<'_, Target::Scalar<E>, E>);
    /// Hands each result to `each`, in order.
    fn results(&self, each: impl FnMut(f64));
}

macro_rules! tuples {
    ($(($($m:ident $i:tt),*);)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<Out: Shape, Target: Value, $($m: Metric<Out, Target>),*> Metrics<Out, Target> for ($($m,)*) {
            const EMPTY: bool = { let all: &[usize] = &[$($i),*]; all.is_empty() };
            fn names(&self) -> Vec<String> {
                vec![$(self.$i.name().to_owned()),*]
            }
            fn reset(&mut self) {
                $(self.$i.reset();)*
            }
            #[allow(unused_variables)]
            fn update<E: Element>(&mut self, batch: &Batch<'_, Target::Scalar<E>, E>) {
                $(self.$i.update(batch);)*
            }
            #[allow(unused_mut, unused_variables)]
            fn results(&self, mut each: impl FnMut(f64)) {
                $(each(self.$i.result());)*
            }
        }
    )*};
}

tuples! {
    ();
    (A 0);
    (A 0, B 1);
    (A 0, B 1, C 2);
    (A 0, B 1, C 2, D 3);
    (A 0, B 1, C 2, D 3, F 4);
    (A 0, B 1, C 2, D 3, F 4, G 5);
    (A 0, B 1, C 2, D 3, F 4, G 5, H 6);
    (A 0, B 1, C 2, D 3, F 4, G 5, H 6, I 7);
}
