//! The macro as its users write it.
#![deny(missing_docs)]
#![forbid(unsafe_code)]

use keras_core::model::LayerInfo;
use keras_core::prelude::*;
use keras_core::shape::Dims;

sequential! {
    /// Predicts one number from a hundred.
    pub struct Mlp< Dense<100, 64, Relu>, Dense<64, 1, Linear> >
}
const _: () = assert!(Mlp::<Cpu>::PARAMS == 6529);

sequential! {
    #[doc(alias = "mnist")]
    pub struct Digits<
        Input<28, 28, 1>,
        Flatten,
        /// The first layer.
        hidden: Dense<_, 128, Relu, kernel_initializer = HeNormal, bias_initializer = Constant<0.5>>,
        Dropout<0.2>,
        Dense<_, 64, LeakyRelu<0.1>, use_bias = false>,
        Reshape<4, _, 2>,
        Activation<Elu<alpha = 0.5>>,
        Flatten,
        logits: Dense<_, 10, Softmax>,
    >
}

const SIDE: usize = 6;
const HIDDEN: usize = 12;
const RATE: f64 = 0.25;
const BIASED: bool = false;

mod sizes {
    pub const CLASSES: usize = 3;
}

sequential! {
    struct Named<
        Input<SIDE, { SIDE + 2 }, 1>,
        Reshape<_, SIDE>,
        Reshape<SIDE, 4, { 8 / SIDE + 1 }, _>,
        Flatten,
        Dense<{ SIDE * (SIDE + 2) }, HIDDEN, Tanh>,
        Dropout<RATE>,
        Dense<HIDDEN, { 2 * HIDDEN }, use_bias = BIASED>,
        Activation<Softplus>,
        Dense<_, sizes::CLASSES, activation = Sigmoid>,
    >;
}

#[test]
fn the_face_predicts() {
    let mut model = Mlp::<Cpu>::new(7);
    let y = model.predict(&[[0.5; 100]; 2]).unwrap();
    assert_eq!(y.samples(), 2);
    assert_eq!(format!("{model:?}"), "Mlp { params: 6529, .. }");
}

fn layer<M: Model>(name: &str) -> LayerInfo {
    *M::LAYERS.iter().find(|layer| layer.name == name).unwrap()
}

#[test]
fn layers_have_keras_names_and_their_titles() {
    let names: Vec<&str> = Digits::<Cpu>::LAYERS.iter().map(|layer| layer.name).collect();
    assert_eq!(
        names,
        ["flatten", "hidden", "dropout", "dense", "reshape", "activation", "flatten_1", "logits"]
    );
    assert_eq!(layer::<Digits>("reshape").output, Dims::new([4, 8, 2]));
    assert_eq!(layer::<Digits>("dense").title, "Dense<_, 64, LeakyRelu<0.1>, use_bias = false>");
    assert_eq!(layer::<Digits>("logits").offset, 784 * 128 + 128 + 128 * 64);
    assert_eq!(Digits::<Cpu>::NAME, "Digits");
}

#[test]
fn options_reach_the_layers() {
    let mut model = Digits::<Cpu>::new(1);
    assert_eq!(model.hidden().bias(), &[0.5; 128]);
    assert_eq!(model.logits().bias(), &[0.0; 10]);
    model.logits_mut().bias()[3] = 100.0;
    let y = model.predict(&[[[[0.5; 1]; 28]; 28]; 1]).unwrap();
    assert!(y.to_vec()[3] > 0.99);
}

#[test]
fn named_sizes_are_numbers_in_the_types() {
    type Image = [[[f32; 1]; 8]; 6];
    let _: fn(&mut Named, &[Image; 1]) -> keras_core::Result<Tensor<Rank1<3>>> = Named::predict;
    assert_eq!(Named::<Cpu>::PARAMS, 48 * 12 + 12 + 12 * 24 + 24 * 3 + 3);
    let shapes: Vec<String> = Named::<Cpu>::LAYERS.iter().map(|layer| layer.output.to_string()).collect();
    assert_eq!(shapes[..4], ["(8, 6)", "(6, 4, 2, 1)", "(48)", "(12)"]);
}

#[test]
fn a_model_without_a_name_is_an_expression() {
    const WIDTH: usize = 5;
    let mut model = sequential!(< Dense<4, WIDTH, Relu>, Dense<_, 1> >)(7);
    let again = sequential!(< Dense<4, WIDTH, Relu>, Dense<_, 1> >)(7).predict(&[[1.0; 4]]).unwrap();
    assert_eq!(model.predict(&[[1.0; 4]]).unwrap().to_vec(), again.to_vec());
}
