use core::marker::PhantomData;
use std::borrow::Cow;

use ndarray::{Array2, Array3, Array4, Array5};

use crate::backend::{Backend, Cpu};
use crate::data::Data;
use crate::element::Element;
use crate::error::Result;
use crate::shape::{Rank1, Rank2, Rank3, Rank4, Value};

/// Samples of a shape that is known when compiled; how many they are is a run-time number.
///
/// ```
/// use keras_core::prelude::*;
/// use keras_core::ndarray::array;
///
/// let x: Tensor<Rank1<2>> = Tensor::new(&array![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])?;
/// assert_eq!(x.samples(), 3);
/// assert_eq!(x.as_slice(), &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
/// let wrong = Tensor::<Rank1<3>>::new(&array![[1.0, 2.0]]);
/// assert_eq!(
///     wrong.unwrap_err().to_string(),
///     "data: axis 1 should be 3, but is 2 (expected shape (n, 3), found (1, 2))"
/// );
/// # keras_core::Result::Ok(())
/// ```
pub struct Tensor<V: Value, B: Backend = Cpu> {
    device: B,
    buf: B::Buf<V::Scalar<B::Elem>>,
    samples: usize,
    shape: PhantomData<V>,
}

impl<V: Value, B: Backend> Tensor<V, B> {
    /// A tensor of this data on the default device.
    ///
    /// # Errors
    /// If the data is empty, has another shape, or has a NaN or an infinity in it.
    pub fn new<X: Data<V, B> + ?Sized>(data: &X) -> Result<Self>
    where
        B: Default,
    {
        Self::new_on(B::default(), data)
    }

    /// A tensor of this data on a device.
    ///
    /// # Errors
    /// As [`new`](Self::new), or if the device has not enough memory.
    pub fn new_on<X: Data<V, B> + ?Sized>(device: B, data: &X) -> Result<Self> {
        let rows = data.rows("data")?;
        let mut tensor = Self::zeros(device, rows.samples())?;
        let len = rows.values().len();
        tensor.device.write(B::view_mut(&mut tensor.buf, 0..len), rows.values());
        Ok(tensor)
    }

    pub(crate) fn zeros(device: B, samples: usize) -> Result<Self> {
        let buf = device.alloc(samples * V::NUMEL)?;
        Ok(Self { device, buf, samples, shape: PhantomData })
    }

    /// Makes room for this many samples; what they are is left open.
    pub(crate) fn resize(&mut self, samples: usize) -> Result<()> {
        if samples != self.samples {
            self.buf = self.device.alloc(samples * V::NUMEL)?;
            self.samples = samples;
        }
        Ok(())
    }

    pub(crate) fn buf_mut(&mut self) -> &mut B::Buf<V::Scalar<B::Elem>> {
        &mut self.buf
    }

    /// How many samples there are.
    #[must_use]
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// Its numbers, sample by sample.
    #[must_use]
    pub fn to_vec(&self) -> Vec<V::Scalar<B::Elem>> {
        let len = B::len(&self.buf);
        let mut values = vec![Default::default(); len];
        self.device.read(B::view(&self.buf, 0..len), &mut values);
        values
    }

    pub(crate) fn host(&self) -> Cow<'_, [V::Scalar<B::Elem>]> {
        match B::on_host(&self.buf) {
            Some(values) => Cow::Borrowed(values),
            None => Cow::Owned(self.to_vec()),
        }
    }
}

macro_rules! ndarrays {
    ($($rank:ident<$($size:ident),*> => $array:ident;)*) => {$(
        impl<$(const $size: usize,)* Back: Backend> Tensor<$rank<$($size),*>, Back> {
            /// Its numbers as an ndarray array, the batch being the first axis.
            #[must_use]
            pub fn into_ndarray(self) -> $array<Back::Elem> {
                match $array::from_shape_vec((self.samples, $($size),*), self.to_vec()) {
                    Ok(array) => array,
                    Err(_) => unreachable!("a tensor has as many elements as its shape says"),
                }
            }
        }
    )*};
}

ndarrays! {
    Rank1<A> => Array2;
    Rank2<A, B> => Array3;
    Rank3<A, B, C> => Array4;
    Rank4<A, B, C, D> => Array5;
}

impl<V: Value, E: Element> Tensor<V, Cpu<E>> {
    /// Its numbers, sample by sample.
    #[must_use]
    pub fn as_slice(&self) -> &[V::Scalar<E>] {
        &self.buf
    }
}
