use super::{Weights, WeightsMut, row, row_mut, rows, rows_mut};
use crate::backend::Cpu;
use crate::element::Element;
use crate::layers::{Conv2D, SlidingWindow, Window};

/// The kernel of a convolution without groups: by row and column of the window, channel and filter.
type Kernel<E, const KH: usize, const KW: usize, const CHANNELS: usize, const FILTERS: usize> =
    [[[[E; FILTERS]; CHANNELS]; KW]; KH];

/// How many numbers the kernel has.
const fn count<K: SlidingWindow>(channels: usize, filters: usize, groups: usize) -> usize {
    K::SIZE[0] * K::SIZE[1] * (channels / groups) * filters
}

/// The methods of both kinds of access.
macro_rules! access {
    ($weights:ident, [$($life:lifetime)?], [$($mutable:tt)?], $rows:ident, $row:ident, $chunks:ident) => {
        impl<
            $($life,)?
            E: Element,
            const CHANNELS: usize,
            const FILTERS: usize,
            const KH: usize,
            const KW: usize,
            const SH: usize,
            const SW: usize,
            const DH: usize,
            const DW: usize,
            A,
            P,
            const USE_BIAS: bool,
        > access!(
            @type $weights,
            [$($life)?],
            Conv2D<CHANNELS, FILTERS, Window<KH, KW, SH, SW, DH, DW>, A, P, 1, USE_BIAS>
        )
        {
            /// The kernel: `kernel()[row][column][channel][filter]`.
            #[must_use]
            pub fn kernel(&$($mutable)? self) -> &$($life)? $($mutable)? Kernel<E, KH, KW, CHANNELS, FILTERS> {
                let values = self.params(0..KH * KW * CHANNELS * FILTERS);
                $rows(values.$chunks().0.$chunks().0)
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
            const GROUPS: usize,
            const USE_BIAS: bool,
        > access!(@type $weights, [$($life)?], Conv2D<CHANNELS, FILTERS, K, A, P, GROUPS, USE_BIAS>)
        {
            /// The kernel of any number of groups, as one row: by row and column of the window, channel
            /// of a group, and filter.
            #[must_use]
            pub fn kernel_row(&$($mutable)? self) -> &$($life)? $($mutable)? [E] {
                self.params(0..count::<K>(CHANNELS, FILTERS, GROUPS))
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
            const GROUPS: usize,
        > access!(@type $weights, [$($life)?], Conv2D<CHANNELS, FILTERS, K, A, P, GROUPS, true>)
        {
            /// The bias: one number a filter.
            #[must_use]
            pub fn bias(&$($mutable)? self) -> &$($life)? $($mutable)? [E; FILTERS] {
                let start = count::<K>(CHANNELS, FILTERS, GROUPS);
                $row(self.params(start..start + FILTERS))
            }
        }
    };
    (@type $weights:ident, [$life:lifetime], $layer:ty) => { $weights<$life, Cpu<E>, $layer> };
    (@type $weights:ident, [], $layer:ty) => { $weights<'_, Cpu<E>, $layer> };
}

access!(Weights, ['a], [], rows, row, as_chunks);
access!(WeightsMut, [], [mut], rows_mut, row_mut, as_chunks_mut);
