use super::{Weights, WeightsMut};
use crate::backend::Cpu;
use crate::element::Element;
use crate::layers::{DepthwiseConv2D, SlidingWindow};

/// Numbers of the kernel, of all that there are with a bias or without one: the bias has one for each filter.
const fn kernel<K: SlidingWindow>(all: usize, use_bias: bool) -> usize {
    let window = K::SIZE[0] * K::SIZE[1];
    if use_bias { all / (window + 1) * window } else { all }
}

/// The methods of both kinds of access.
macro_rules! access {
    ($weights:ident, [$($life:lifetime)?], [$($mutable:tt)?]) => {
        impl<
            $($life,)?
            E: Element,
            K: SlidingWindow,
            A,
            P,
            const DEPTH_MULTIPLIER: usize,
            const USE_BIAS: bool,
        > access!(@type $weights, [$($life)?], DepthwiseConv2D<K, A, P, DEPTH_MULTIPLIER, USE_BIAS>)
        {
            /// The kernel as one row: by row and column of the window, channel, and filter of the channel.
            #[must_use]
            pub fn kernel_row(&$($mutable)? self) -> &$($life)? $($mutable)? [E] {
                let count = kernel::<K>(self.place.params_len, USE_BIAS);
                self.params(0..count)
            }
        }

        impl<$($life,)? E: Element, K: SlidingWindow, A, P, const DEPTH_MULTIPLIER: usize>
            access!(@type $weights, [$($life)?], DepthwiseConv2D<K, A, P, DEPTH_MULTIPLIER, true>)
        {
            /// The bias: one number for each channel that the layer makes.
            #[must_use]
            pub fn bias(&$($mutable)? self) -> &$($life)? $($mutable)? [E] {
                let all = self.place.params_len;
                self.params(kernel::<K>(all, true)..all)
            }
        }
    };
    (@type $weights:ident, [$life:lifetime], $layer:ty) => { $weights<$life, Cpu<E>, $layer> };
    (@type $weights:ident, [], $layer:ty) => { $weights<'_, Cpu<E>, $layer> };
}

access!(Weights, ['a], []);
access!(WeightsMut, [], [mut]);
