use core::marker::PhantomData;

use keras_shapes::{Dims, pool2d};

use super::window::{Meeting, rule};
use super::{Layer, Padding, SlidingWindow, Valid};
use crate::shape::Shape;
use crate::weights::Numbers;

/// The largest element of each window, channel by channel.
#[derive(Debug)]
pub struct MaxPooling2D<K, P = Valid>(PhantomData<(K, P)>);

/// The mean of each window, channel by channel; what lies outside of the image does not count.
#[derive(Debug)]
pub struct AveragePooling2D<K, P = Valid>(PhantomData<(K, P)>);

macro_rules! pooling {
    ($pool:ident, $start:expr, |$sum:ident, $x:ident| $step:expr, |$whole:ident, $count:ident| $end:expr) => {
        impl<K, P> Default for $pool<K, P> {
            fn default() -> Self {
                Self(PhantomData)
            }
        }

        impl<In: Shape, K: SlidingWindow, P: Padding> Layer<In> for $pool<K, P> {
            const OUT: Dims = pool2d(In::DIMS, rule::<K, P>());

            fn run(&self, _: &[Numbers], x: &[f32], y: &mut [f32]) {
                let ([height, width, channels, _], out) = (In::DIMS.d, <Self as Layer<In>>::OUT.d);
                let ([kh, kw], meeting) = (K::RULE.size, Meeting::new(rule::<K, P>(), [height, width]));
                for (o, y) in y.chunks_exact_mut(channels).enumerate() {
                    let mut $count = 0_usize;
                    y.fill($start);
                    for k in 0..kh * kw {
                        let pixel = meeting.pixel([o / out[1], o % out[1]], [k / kw, k % kw]);
                        let Some(pixel) = pixel else { continue };
                        $count += 1;
                        for ($sum, &$x) in y.iter_mut().zip(&x[pixel * channels..][..channels]) {
                            $step;
                        }
                    }
                    for $whole in y.iter_mut() {
                        $end;
                    }
                }
            }
        }
    };
}

pooling!(
    MaxPooling2D,
    f32::NEG_INFINITY,
    |y, x| if x > *y || x.is_nan() {
        *y = x
    },
    |y, count| {
        let _ = (&y, count);
    }
);
pooling!(AveragePooling2D, 0.0, |y, x| *y += x, |y, count| *y /= count as f32);
