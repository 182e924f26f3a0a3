use super::{Signals, Values};
use crate::backend::{Backend, FloatBuf, Floats, FloatsMut};
use crate::data::Rows;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::shape::{Dims, Shape, Value};
use crate::tensor::Tensor;

macro_rules! tuples {
    ($($count:literal ($($v:ident $i:tt),*);)*) => {$(
        impl<$($v: Value),*> Values for ($($v,)*) {
            const COUNT: usize = $count;
            const DIMS: &'static [Dims] = &[$(<$v as Value>::DIMS),*];
            type Rows<'a, El: Element> = ($(Rows<'a, $v::Scalar<El>>,)*);
            type Batch<'a, El: Element> = ($(&'a [$v::Scalar<El>],)*);
            type Gathered<El: Element> = ($(Vec<$v::Scalar<El>>,)*);
            type Bufs<Ba: Backend> = ($(Ba::Buf<$v::Scalar<Ba::Elem>>,)*);
            type Views<'a, Ba: Backend> = ($(Ba::View<'a, $v::Scalar<Ba::Elem>>,)*);

            fn samples<El: Element>(rows: &Self::Rows<'_, El>) -> usize {
                rows.0.samples()
            }
            fn check_samples<El: Element>(rows: &Self::Rows<'_, El>, samples: usize, other: &str) -> Result<()> {
                rows.0.check_samples(samples, other)
            }
            fn slice<'a, El: Element>(rows: &'a Self::Rows<'_, El>, start: usize, end: usize) -> Self::Rows<'a, El> {
                ($(rows.$i.slice(start, end),)*)
            }
            fn range<'a, El: Element>(rows: &'a Self::Rows<'_, El>, start: usize, end: usize) -> Self::Batch<'a, El> {
                ($(rows.$i.range(start, end),)*)
            }
            fn gathered<El: Element>(rows: &Self::Rows<'_, El>, n: usize) -> Self::Gathered<El> {
                ($(vec![Default::default(); n * rows.$i.width()],)*)
            }
            fn gather<'a, El: Element>(
                rows: &Self::Rows<'_, El>,
                samples: &[usize],
                to: &'a mut Self::Gathered<El>,
            ) -> Self::Batch<'a, El> {
                ($(<$v as Values>::gather::<El>(&rows.$i, samples, &mut to.$i),)*)
            }
            fn bufs<Ba: Backend>(device: &Ba) -> Result<Self::Bufs<Ba>> {
                Ok(($(<$v as Values>::bufs::<Ba>(device)?,)*))
            }
            fn upload<'a, 'b: 'a, Ba: Backend>(
                device: &Ba,
                batch: Self::Batch<'b, Ba::Elem>,
                bufs: &'a mut Self::Bufs<Ba>,
            ) -> Self::Views<'a, Ba> {
                ($(device.upload(batch.$i, &mut bufs.$i),)*)
            }
            fn classes<El: Element>(_: &Self::Rows<'_, El>) -> Result<Vec<Option<usize>>> {
                let found = format!("a model with {} outputs", $count);
                Err(Error::argument("class_weight", "a model with one output", found))
            }
        }

        impl<$($v: Shape),*> Signals for ($($v,)*) {
            type Array<T: Send + Sync> = [T; $count];
            type Tensors<Ba: Backend> = ($(Tensor<$v, Ba>,)*);

            #[allow(non_snake_case, reason = "the names are those of the types")]
            fn floats<'a, 'b: 'a, Ba: Backend>(
                device: &Ba,
                batch: Self::Batch<'b, Ba::Elem>,
                bufs: &'a mut [FloatBuf<Ba>],
            ) -> [Floats<'a, Ba>; $count] {
                let [$($v),*] = bufs else { unreachable!("there is a buffer for each value") };
                [$(device.upload(batch.$i, $v)),*]
            }
            fn slices<'a, El: Element>(batch: Self::Batch<'a, El>) -> [&'a [El]; $count] {
                [$(batch.$i),*]
            }
            fn tensors<Ba: Backend>(device: &Ba, n: usize) -> Result<Self::Tensors<Ba>> {
                Ok(($(Tensor::<$v, Ba>::zeros(device.clone(), n)?,)*))
            }
            fn resize<Ba: Backend>(tensors: &mut Self::Tensors<Ba>, n: usize) -> Result<()> {
                $(tensors.$i.resize(n)?;)*
                Ok(())
            }
            fn buffers<Ba: Backend>(tensors: &mut Self::Tensors<Ba>) -> [&mut FloatBuf<Ba>; $count] {
                [$(tensors.$i.buf_mut()),*]
            }
            fn views_mut<Ba: Backend>(tensors: &mut Self::Tensors<Ba>, n: usize) -> [FloatsMut<'_, Ba>; $count] {
                [$(Ba::view_mut(tensors.$i.buf_mut(), 0..n * <$v as Shape>::NUMEL)),*]
            }
        }
    )*};
}

tuples! {
    2 (A 0, B 1);
    3 (A 0, B 1, C 2);
    4 (A 0, B 1, C 2, D 3);
    5 (A 0, B 1, C 2, D 3, E 4);
    6 (A 0, B 1, C 2, D 3, E 4, F 5);
    7 (A 0, B 1, C 2, D 3, E 4, F 5, G 6);
    8 (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
}
