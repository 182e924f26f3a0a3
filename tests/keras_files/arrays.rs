//! What a model takes and gives, as arrays and numbers.

use keras_core::Signals;
use keras_core::data::Data;
use keras_core::ndarray::ArrayD;
use keras_core::prelude::*;

pub trait Arrays: Signals + Sized {
    /// One array for each value.
    type Arrays: Data<Self, Cpu>;
    fn arrays(next: impl FnMut(usize) -> ArrayD<f32>) -> Self::Arrays;
    fn numbers(tensors: &Self::Tensors<Cpu>) -> Vec<Vec<f32>>;
}

macro_rules! one {
    ($rank:ident, $($n:ident),+) => {
        impl<$(const $n: usize),+> Arrays for $rank<$($n),+> {
            type Arrays = ArrayD<f32>;
            fn arrays(mut next: impl FnMut(usize) -> ArrayD<f32>) -> ArrayD<f32> {
                next(0)
            }
            fn numbers(tensor: &Tensor<Self, Cpu>) -> Vec<Vec<f32>> {
                vec![tensor.as_slice().to_vec()]
            }
        }
    };
}
one!(Rank1, A);
one!(Rank2, A, B);
one!(Rank3, A, B, C);
one!(Rank4, A, B, C, D);

macro_rules! several {
    (array $shape:ident) => { ArrayD<f32> };
    ($($shape:ident $i:tt),+) => {
        impl<$($shape: Shape),+> Arrays for ($($shape,)+)
        where
            ($(several!(array $shape),)+): Data<Self, Cpu>,
        {
            type Arrays = ($(several!(array $shape),)+);
            fn arrays(mut next: impl FnMut(usize) -> ArrayD<f32>) -> Self::Arrays {
                ($(next($i),)+)
            }
            fn numbers(tensors: &Self::Tensors<Cpu>) -> Vec<Vec<f32>> {
                vec![$(tensors.$i.as_slice().to_vec()),+]
            }
        }
    };
}
several!(S 0, T 1);
several!(S 0, T 1, U 2);
