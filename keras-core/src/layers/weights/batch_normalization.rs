use super::{Weights, WeightsMut};
use crate::backend::Cpu;
use crate::element::Element;
use crate::layers::BatchNormalization;

/// The methods of both kinds of access.
macro_rules! access {
    ($weights:ident, [$($life:lifetime)?], [$($mutable:tt)?]) => {
        impl<$($life,)? E: Element, const CENTER: bool>
            access!(@type $weights, [$($life)?], BatchNormalization<CENTER, true>)
        {
            /// The factor of each feature.
            #[must_use]
            pub fn gamma(&$($mutable)? self) -> &$($life)? $($mutable)? [E] {
                let features = self.place.params_len / if CENTER { 2 } else { 1 };
                self.params(0..features)
            }
        }

        impl<$($life,)? E: Element, const SCALE: bool>
            access!(@type $weights, [$($life)?], BatchNormalization<true, SCALE>)
        {
            /// The shift of each feature.
            #[must_use]
            pub fn beta(&$($mutable)? self) -> &$($life)? $($mutable)? [E] {
                let all = self.place.params_len;
                self.params(if SCALE { all / 2 } else { 0 }..all)
            }
        }

        impl<$($life,)? E: Element, const CENTER: bool, const SCALE: bool>
            access!(@type $weights, [$($life)?], BatchNormalization<CENTER, SCALE>)
        {
            /// The moving mean of each feature.
            #[must_use]
            pub fn moving_mean(&$($mutable)? self) -> &$($life)? $($mutable)? [E] {
                self.state(0..self.place.state_len / 2)
            }

            /// The moving variance of each feature.
            #[must_use]
            pub fn moving_variance(&$($mutable)? self) -> &$($life)? $($mutable)? [E] {
                self.state(self.place.state_len / 2..self.place.state_len)
            }
        }
    };
    (@type $weights:ident, [$life:lifetime], $layer:ty) => { $weights<$life, Cpu<E>, $layer> };
    (@type $weights:ident, [], $layer:ty) => { $weights<'_, Cpu<E>, $layer> };
}

access!(Weights, ['a], []);
access!(WeightsMut, [], [mut]);
