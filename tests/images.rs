//! Networks on images as the macro declares them: shapes and counts that Keras has, from numbers and from
//! named consts alike.

use keras_core::layers::{Backward, Forward, Run};
use keras_core::prelude::*;

sequential! {
    pub struct Convnet<
        Input<28, 28, 1>,
        Conv2D<_, 32, 3, Relu>,
        MaxPooling2D<2>,
        Conv2D<32, 64, (3, 3), Relu>,
        MaxPooling2D,
        Flatten,
        Dropout<0.5>,
        Dense<_, 10, Softmax>,
    >
}
const _: () = assert!(Convnet::<Cpu>::PARAMS == 34_826);
const _: () = assert!(Convnet::<Cpu>::LAYERS[0].params() == 320);
const _: () = assert!(Convnet::<Cpu>::LAYERS[2].params() == 18_496);

const SIDE: usize = 28;
const GREY: usize = 1;
const FILTERS: usize = 32;
const KERNEL: usize = 3;
const POOL: usize = 2;
const RATE: f64 = 0.5;

sequential! {
    pub struct Named<
        Input<SIDE, SIDE, GREY>,
        Conv2D<GREY, FILTERS, KERNEL, Relu>,
        MaxPooling2D<POOL>,
        Conv2D<_, { 2 * FILTERS }, (KERNEL, 3), Relu, groups = GREY, padding = Valid>,
        MaxPooling2D<(POOL, 2), strides = POOL>,
        Flatten,
        Dropout<RATE>,
        Dense<_, 10, Softmax>,
    >
}
const _: () = assert!(Named::<Cpu>::PARAMS == Convnet::<Cpu>::PARAMS);

sequential! {
    pub struct Numbers<
        Input<29, 8, 3>,
        ZeroPadding2D<((2, 0), (1, 2))>,
        UpSampling2D<(2, 1), interpolation = Bilinear>,
        SpatialDropout2D<0.5>,
        first: Conv2D<3, 6, 3, dilation_rate = 2, groups = 3, use_bias = false, strict = true, kernel_initializer = HeNormal>,
        BatchNormalization<momentum = 0.9, epsilon = 1e-5, scale = false>,
        AveragePooling2D<3, padding = Same, strict = true, strides = 1>,
        second: Conv2D<_, 8, 3, strides = (2, 1), padding = Same>,
        MaxPooling2D<(3, 2), strides = (3, 1)>,
        GlobalAveragePooling2D<keepdims = true>,
        GlobalMaxPooling2D,
        Dense<8, 2>,
    >
}

const TWO: usize = 2;
const KEEP: f64 = 0.9;
const NO: bool = false;

sequential! {
    pub struct Consts<
        Input<{ SIDE + 1 }, 8, 3>,
        ZeroPadding2D<((TWO, 0), (1, TWO))>,
        UpSampling2D<(TWO, GREY), interpolation = Bilinear>,
        SpatialDropout2D<RATE>,
        first: Conv2D<KERNEL, 6, KERNEL, dilation_rate = TWO, groups = KERNEL, use_bias = NO, strict = true, kernel_initializer = HeNormal>,
        BatchNormalization<momentum = KEEP, epsilon = { 1e-4 / 10.0 }, scale = NO>,
        AveragePooling2D<KERNEL, padding = Same, strict = true, strides = GREY>,
        second: Conv2D<_, 8, KERNEL, strides = (TWO, 1), padding = Same>,
        MaxPooling2D<(KERNEL, TWO), strides = (KERNEL, GREY)>,
        GlobalAveragePooling2D<keepdims = true>,
        GlobalMaxPooling2D,
        Dense<8, 2>,
    >
}
const _: () = assert!(Consts::<Cpu>::PARAMS == Numbers::<Cpu>::PARAMS);

/// Of which the macro does not know what it makes.
#[derive(Clone, Default)]
pub struct Mirror;

impl<S: Shape> Layer<S> for Mirror {
    type Out = S;
}

impl<S: Shape> Run<S, Cpu> for Mirror {
    fn forward(&self, io: Forward<'_, Cpu>) {
        io.y.copy_from_slice(io.x);
    }
    fn backward(&self, io: Backward<'_, Cpu>) {
        if let Some(dx) = io.dx {
            dx.copy_from_slice(io.dy);
        }
    }
}

type Mine = Relu;

sequential! {
    pub struct Behind<
        Input<9, SIDE, 3>,
        Mirror,
        conv: Conv2D<_, 4, (KERNEL, 3), Mine, groups = 1>,
        Mirror,
        pool: AveragePooling2D<POOL>,
        Mirror,
        ZeroPadding2D,
        Mirror,
        UpSampling2D<POOL>,
        Mirror,
        SpatialDropout2D<0.1>,
        BatchNormalization,
        Mirror,
        GlobalMaxPooling2D<keepdims = true>,
        Mirror,
        GlobalAveragePooling2D,
        Dense<_, 2>,
    >
}
const _: () = assert!(Behind::<Cpu>::PARAMS == 3 * 3 * 3 * 4 + 4 + 4 * 4 + 4 * 2 + 2);

fn outputs<M: Model>() -> Vec<(&'static str, String, usize)> {
    M::LAYERS.iter().map(|layer| (layer.name, layer.output.to_string(), layer.params())).collect()
}

fn rows(rows: &[(&'static str, &str, usize)]) -> Vec<(&'static str, String, usize)> {
    rows.iter().map(|(name, shape, params)| (*name, (*shape).to_owned(), *params)).collect()
}

#[test]
fn a_convnet_has_the_shapes_of_keras() {
    let expected = rows(&[
        ("conv2d", "(26, 26, 32)", 320),
        ("max_pooling2d", "(13, 13, 32)", 0),
        ("conv2d_1", "(11, 11, 64)", 18_496),
        ("max_pooling2d_1", "(5, 5, 64)", 0),
        ("flatten", "(1600)", 0),
        ("dropout", "(1600)", 0),
        ("dense", "(10)", 16_010),
    ]);
    assert_eq!(outputs::<Convnet<Cpu>>(), expected);
    assert_eq!(outputs::<Named<Cpu>>(), expected);
}

#[test]
fn every_layer_on_images_has_the_shape_of_keras() {
    let expected = rows(&[
        ("zero_padding2d", "(31, 11, 3)", 0),
        ("up_sampling2d", "(62, 11, 3)", 0),
        ("spatial_dropout2d", "(62, 11, 3)", 0),
        ("first", "(58, 7, 6)", 54),
        ("batch_normalization", "(58, 7, 6)", 18),
        ("average_pooling2d", "(58, 7, 6)", 0),
        ("second", "(29, 7, 8)", 440),
        ("max_pooling2d", "(9, 6, 8)", 0),
        ("global_average_pooling2d", "(1, 1, 8)", 0),
        ("global_max_pooling2d", "(8)", 0),
        ("dense", "(2)", 18),
    ]);
    assert_eq!(outputs::<Numbers<Cpu>>(), expected);
    assert_eq!(outputs::<Consts<Cpu>>(), expected);
}

#[test]
fn layers_on_images_stand_behind_ones_own() {
    let shapes: Vec<String> = Behind::<Cpu>::LAYERS.iter().map(|layer| layer.output.to_string()).collect();
    assert_eq!(
        [&shapes[1], &shapes[3], &shapes[5], &shapes[7], &shapes[12], &shapes[14]],
        ["(7, 26, 4)", "(3, 13, 4)", "(5, 15, 4)", "(10, 30, 4)", "(1, 1, 4)", "(4)"]
    );
}

#[test]
fn numbers_and_consts_compute_the_same() -> keras_core::Result<()> {
    let image = [[[[0.25; 3]; 8]; 29]; 2];
    let (mut numbers, mut consts) = (Numbers::<Cpu>::new(7), Consts::<Cpu>::new(7));
    let y = numbers.predict(&image)?;
    assert_eq!(y.samples(), 2);
    assert_eq!(y.into_ndarray(), consts.predict(&image)?.into_ndarray());
    Ok(())
}
