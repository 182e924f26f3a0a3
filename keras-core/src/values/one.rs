use super::Values;
use crate::backend::Backend;
use crate::data::Rows;
use crate::element::{Element, Scalar};
use crate::error::{Error, Result};
use crate::shape::{Dims, Value};

impl<V: Value> Values for V {
    const COUNT: usize = 1;
    const DIMS: &'static [Dims] = &[<V as Value>::DIMS];
    type Rows<'a, E: Element> = Rows<'a, V::Scalar<E>>;
    type Batch<'a, E: Element> = &'a [V::Scalar<E>];
    type Gathered<E: Element> = Vec<V::Scalar<E>>;
    type Bufs<B: Backend> = B::Buf<V::Scalar<B::Elem>>;
    type Views<'a, B: Backend> = B::View<'a, V::Scalar<B::Elem>>;

    fn samples<E: Element>(rows: &Rows<'_, V::Scalar<E>>) -> usize {
        rows.samples()
    }
    fn check_samples<E: Element>(rows: &Rows<'_, V::Scalar<E>>, samples: usize, other: &str) -> Result<()> {
        rows.check_samples(samples, other)
    }
    fn slice<'a, E: Element>(
        rows: &'a Rows<'_, V::Scalar<E>>,
        start: usize,
        end: usize,
    ) -> Rows<'a, V::Scalar<E>> {
        rows.slice(start, end)
    }
    fn range<'a, E: Element>(
        rows: &'a Rows<'_, V::Scalar<E>>,
        start: usize,
        end: usize,
    ) -> &'a [V::Scalar<E>] {
        rows.range(start, end)
    }
    fn gathered<E: Element>(rows: &Rows<'_, V::Scalar<E>>, n: usize) -> Vec<V::Scalar<E>> {
        vec![Default::default(); n * rows.width()]
    }
    fn gather<'a, E: Element>(
        rows: &Rows<'_, V::Scalar<E>>,
        samples: &[usize],
        to: &'a mut Vec<V::Scalar<E>>,
    ) -> &'a [V::Scalar<E>] {
        let to = &mut to[..samples.len() * rows.width()];
        rows.gather(samples, to);
        to
    }
    fn bufs<B: Backend>(device: &B) -> Result<Self::Bufs<B>> {
        device.alloc(0)
    }
    fn upload<'a, 'b: 'a, B: Backend>(
        device: &B,
        batch: &'b [V::Scalar<B::Elem>],
        bufs: &'a mut Self::Bufs<B>,
    ) -> Self::Views<'a, B> {
        device.upload(batch, bufs)
    }
    fn classes<E: Element>(rows: &Rows<'_, V::Scalar<E>>) -> Result<Vec<Option<usize>>> {
        let width = rows.width();
        let class = |row: &[V::Scalar<E>]| match row {
            // A number below 0 is none that can be named.
            [one] => Some(usize::try_from(one.rounded()).ok()),
            many if V::ONE_HOT => Some(Some(
                many.iter().enumerate().fold(0, |best, (i, v)| if *v > many[best] { i } else { best }),
            )),
            _ => None,
        };
        let classes: Option<Vec<_>> = rows.values().chunks_exact(width).map(class).collect();
        let found = || format!("{width} class numbers a sample");
        classes.ok_or_else(|| Error::argument("class_weight", "a target with one class a sample", found()))
    }
}
