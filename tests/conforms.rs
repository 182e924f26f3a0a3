//! The harness for layers: the library's own pass, and wrong ones do not.

use keras_core::element::Element;
use keras_core::layers::{Backward, Forward, Run};
use keras_core::prelude::*;

#[test]
fn layers_of_the_library_conform() {
    keras_core::conforms!(Dense<5, 3, Gelu>, Dense<_, 2, use_bias = false>).unwrap();
    keras_core::conforms!(Input<3, 4>, Dense<4, 2, Softmax>, Flatten, Dropout<0.3>).unwrap();
    keras_core::conforms!(Input<7, 6, 2>, Conv2D<_, 3, (3, 2), Tanh, strides = 2, padding = Same>).unwrap();
    keras_core::conforms!(Input<7, 6, 20>, DepthwiseConv2D<3, Tanh, padding = Same>, DepthwiseConv2D<2, strides = 2, depth_multiplier = 2>)
        .unwrap();
    keras_core::conforms!(Input<7, 6, 3>, SeparableConv2D<_, 4, (3, 2), Gelu, strides = 2, padding = Same>)
        .unwrap();
    keras_core::conforms!(Input<5, 5, 2>, BatchNormalization, AveragePooling2D<2>, GlobalAveragePooling2D)
        .unwrap();
    keras_core::conforms!(Input<4, 4, 2>, UpSampling2D<2, interpolation = Bilinear>, ZeroPadding2D<1>)
        .unwrap();
    keras_core::conforms!(Input<5, 6, 2>, Cropping2D<((1, 0), (2, 1))>).unwrap();
    keras_core::conforms!(Input<6>, Residual<Dense<_, 6, Silu>>, Parallel<Concatenate, [Dense<_, 2>], [Dense<_, 3>]>)
        .unwrap();
}

/// A layer whose code is one of these.
macro_rules! layer {
    ($name:ident, |$io:ident, $sample:ident| $forward:expr, |$back:ident| $backward:expr) => {
        #[derive(Clone, Default)]
        struct $name;
        impl<const N: usize> Layer<Rank1<N>> for $name {
            type Out = Rank1<N>;
        }
        impl<const N: usize, E: Element> Run<Rank1<N>, Cpu<E>> for $name {
            fn forward(&self, $io: Forward<'_, Cpu<E>>) {
                for $sample in 0..$io.y.len() {
                    $io.y[$sample] = $forward;
                }
            }
            fn backward(&self, $back: Backward<'_, Cpu<E>>) {
                $backward
            }
        }
    };
}

fn backward<E: Element>(io: Backward<'_, Cpu<E>>, factor: f64) {
    if let Some(dx) = io.dx {
        dx.iter_mut().zip(io.dy.iter()).for_each(|(dx, dy)| *dx = E::of(factor) * *dy);
    }
}

layer!(Right, |io, i| E::of(2.0) * io.x[i], |io| backward(io, 2.0));
layer!(WrongGradient, |io, i| E::of(2.0) * io.x[i], |io| backward(io, 1.0));
layer!(AddsToWhatIsThere, |io, i| io.x[i] + E::ZERO * io.y[i], |io| backward(io, 1.0));
layer!(LooksAtOthers, |io, i| io.x[i] + E::of(io.n as f64), |io| backward(io, 1.0));

#[test]
fn layers_with_mistakes_do_not() {
    keras_core::conforms!(Input<3>, Right, Dense<_, 2>).unwrap();
    let gradient = keras_core::conforms!(Input<3>, WrongGradient).unwrap_err().to_string();
    assert!(gradient.starts_with("WrongGradient: the gradient by the input, number 0, is "), "{gradient}");
    let memory = keras_core::conforms!(Input<3>, AddsToWhatIsThere).unwrap_err().to_string();
    let expected = "AddsToWhatIsThere: the outputs in fresh memory and in memory full of NaN: number 0 is ";
    assert!(memory.starts_with(expected), "{memory}");
    let batch = keras_core::conforms!(Input<3>, LooksAtOthers).unwrap_err().to_string();
    assert!(
        batch.starts_with("LooksAtOthers: ") && batch.ends_with("with other samples in the batch"),
        "{batch}"
    );
}
