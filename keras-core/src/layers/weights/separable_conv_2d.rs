use super::{Weights, WeightsMut, row, row_mut};
use crate::backend::Cpu;
use crate::element::Element;
use crate::layers::{SeparableConv2D, SlidingWindow};

/// The methods of both kinds of access.
macro_rules! access {
    ($weights:ident, [$($life:lifetime)?], [$($mutable:tt)?], $row:ident, $chunks:ident) => {
        impl<
            $($life,)?
            E: Element,
            const CHANNELS: usize,
            const FILTERS: usize,
            K: SlidingWindow,
            A,
            P,
            const DEPTH_MULTIPLIER: usize,
            const USE_BIAS: bool,
        > access!(
            @type $weights,
            [$($life)?],
            SeparableConv2D<CHANNELS, FILTERS, K, A, P, DEPTH_MULTIPLIER, USE_BIAS>
        )
        {
            /// Numbers of the first step's kernel, and of both.
            const KERNELS: [usize; 2] = {
                let between = CHANNELS * DEPTH_MULTIPLIER;
                let first = K::SIZE[0] * K::SIZE[1] * between;
                [first, first + between * FILTERS]
            };

            /// The first step's kernel as one row: by row and column of the window, channel, and number of
            /// the channel's.
            #[must_use]
            pub fn depthwise_kernel_row(&$($mutable)? self) -> &$($life)? $($mutable)? [E] {
                self.params(0..Self::KERNELS[0])
            }

            /// The second step's kernel: `pointwise_kernel()[number][filter]`.
            #[must_use]
            pub fn pointwise_kernel(&$($mutable)? self) -> &$($life)? $($mutable)? [[E; FILTERS]] {
                self.params(Self::KERNELS[0]..Self::KERNELS[1]).$chunks().0
            }
        }

        impl<
            $($life,)?
            E: Element,
            const CHANNELS: usize,
            const FILTERS: usize,
            K: SlidingWindow,
            A,
            P,
            const DEPTH_MULTIPLIER: usize,
        > access!(
            @type $weights,
            [$($life)?],
            SeparableConv2D<CHANNELS, FILTERS, K, A, P, DEPTH_MULTIPLIER, true>
        )
        {
            /// The bias: one number a filter.
            #[must_use]
            pub fn bias(&$($mutable)? self) -> &$($life)? $($mutable)? [E; FILTERS] {
                let start = Self::KERNELS[1];
                $row(self.params(start..start + FILTERS))
            }
        }
    };
    (@type $weights:ident, [$life:lifetime], $layer:ty) => { $weights<$life, Cpu<E>, $layer> };
    (@type $weights:ident, [], $layer:ty) => { $weights<'_, Cpu<E>, $layer> };
}

access!(Weights, ['a], [], row, as_chunks);
access!(WeightsMut, [], [mut], row_mut, as_chunks_mut);
