use core::marker::PhantomData;

use keras_shapes::{global_pool, image_fault};

use super::{Backward, Forward, Layer, Operation, Run, Text, pooling};
use crate::backend::{Backend, Pooling};
use crate::shape::{Dims, Rank3, Shape};

/// The shape `In` with one number a channel: flat features, or an image of one pixel.
#[derive(Debug)]
pub struct GlobalPooled<In, const KEEPDIMS: bool>(PhantomData<fn() -> In>);

#[diagnostic::do_not_recommend]
impl<In: Shape, const KEEPDIMS: bool> Shape for GlobalPooled<In, KEEPDIMS> {
    const DIMS: Dims = global_pool(In::DIMS, KEEPDIMS);
}

/// A pool as large as the image.
macro_rules! global {
    ($(#[doc = $doc:literal])* $name:ident, $pooling:expr) => {
        $(#[doc = $doc])*
        ///
        /// - Input: `Rank3<HEIGHT, WIDTH, CHANNELS>`.
        /// - Output: `Rank1<CHANNELS>`; with `keepdims`, `Rank3<1, 1, CHANNELS>`.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct $name<const KEEPDIMS: bool = false>;

        impl<const H: usize, const W: usize, const C: usize, const KEEPDIMS: bool> Layer<Rank3<H, W, C>>
            for $name<KEEPDIMS>
        {
            type Out = GlobalPooled<Rank3<H, W, C>, KEEPDIMS>;
            const FAULT: Option<Text> = image_fault(Rank3::<H, W, C>::DIMS);
            const FLOPS: usize = Rank3::<H, W, C>::NUMEL;
            fn operation(&self) -> Option<Operation> {
                Some(Operation::Pool2d(pooling::whole($pooling, Rank3::<H, W, C>::DIMS)))
            }
        }

        impl<const H: usize, const W: usize, const C: usize, const KEEPDIMS: bool, B: Backend>
            Run<Rank3<H, W, C>, B> for $name<KEEPDIMS>
        {
            fn forward(&self, io: Forward<'_, B>) {
                pooling::forward(&pooling::whole($pooling, Rank3::<H, W, C>::DIMS), io);
            }
            fn backward(&self, io: Backward<'_, B>) {
                pooling::backward(&pooling::whole($pooling, Rank3::<H, W, C>::DIMS), io);
            }
        }
    };
}

global! {
    /// The mean of each channel over the whole image. Keras:
    /// [`GlobalAveragePooling2D`](https://keras.io/api/layers/pooling_layers/global_average_pooling2d/).
    ///
    /// In a model: `GlobalAveragePooling2D`, or `GlobalAveragePooling2D<keepdims = true>`.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// sequential! { pub struct Net< Input<2, 2, 1>, GlobalAveragePooling2D > }
    /// let image = [[[[0.0], [1.0]], [[3.0], [4.0]]]];
    /// assert_eq!(Net::<Cpu>::new(1).predict(&image)?.to_vec(), [2.0]);
    /// # keras_core::Result::Ok(())
    /// ```
    GlobalAveragePooling2D, Pooling::Average
}

global! {
    /// The largest element of each channel over the whole image. Keras:
    /// [`GlobalMaxPooling2D`](https://keras.io/api/layers/pooling_layers/global_max_pooling2d/).
    ///
    /// In a model: `GlobalMaxPooling2D`, or `GlobalMaxPooling2D<keepdims = true>`.
    ///
    /// ```
    /// use keras_core::prelude::*;
    /// sequential! { pub struct Net< Input<2, 2, 1>, GlobalMaxPooling2D<keepdims = true> > }
    /// assert_eq!(Net::<Cpu>::LAYERS[0].output.sizes(), [1, 1, 1]);
    /// let image = [[[[0.0], [1.0]], [[3.0], [4.0]]]];
    /// assert_eq!(Net::<Cpu>::new(1).predict(&image)?.to_vec(), [4.0]);
    /// # keras_core::Result::Ok(())
    /// ```
    ///
    /// The gradient goes to the first element that is as large.
    GlobalMaxPooling2D, Pooling::Max
}
