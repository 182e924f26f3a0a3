//! Models as layers of models: the same as if their layers had been written there.

use keras_core::prelude::*;

sequential! { pub struct Encoder< Dense<4, 8, Tanh>, Dense<_, 2, Tanh> > }
sequential! {
    #[allow(keras::two_linear_layers)]
    pub struct Nested< Input<4>, encoder: Encoder, head: Dense<2, 3>, Dropout<0.25>, Dense<_, 1> >
}
sequential! {
    #[allow(keras::two_linear_layers)]
    pub struct Flat< Dense<4, 8, Tanh>, Dense<_, 2, Tanh>, head: Dense<2, 3>, Dropout<0.25>, Dense<_, 1> >
}

const _: () = assert!(Nested::<Cpu>::PARAMS == Flat::<Cpu>::PARAMS);
const _: () = assert!(Nested::<Cpu>::WORKSPACE_BYTES == Flat::<Cpu>::WORKSPACE_BYTES);
const _: () = assert!(Nested::<Cpu>::FLOPS == Flat::<Cpu>::FLOPS);

fn samples(n: usize) -> (Vec<[f32; 4]>, Vec<[f32; 1]>) {
    let at = |i: usize, j: usize| ((i * 7 + j * 3) % 11) as f32 / 11.0 - 0.5;
    let x: Vec<[f32; 4]> = (0..n).map(|i| core::array::from_fn(|j| at(i, j))).collect();
    let y = x.iter().map(|x| [x[0] * x[1] - x[2]]).collect();
    (x, y)
}

/// The numbers after a training, which depend on everything: initial values, dropout's masks, gradients.
macro_rules! trained {
    ($model:ty, $n:expr) => {{
        let (x, y) = samples($n);
        let mut model = <$model>::new(7).compile(Adam::new(0.01), MeanSquaredError::default(), ());
        let fit = Fit::epochs(5).batch_size(8).verbose(Verbose::Silent);
        let history = model.fit(&x[..], &y[..], fit).unwrap();
        let mut out = history["loss"].clone();
        out.extend(model.predict(&x[..]).unwrap().as_slice().iter().map(|v| f64::from(*v)));
        out
    }};
}

#[test]
fn trains_as_if_it_were_written_there() {
    assert_eq!(trained!(Nested::<Cpu>, 40), trained!(Flat::<Cpu>, 40));
}

#[test]
fn has_names() {
    let names: Vec<&str> = Nested::<Cpu>::LAYERS.iter().map(|layer| layer.name).collect();
    assert_eq!(names, ["encoder/dense", "encoder/dense_1", "head", "dropout", "dense"]);
    let summary = Nested::<Cpu>::new(1).summary().to_string();
    assert!(summary.contains("encoder/dense_1"), "{summary}");
}

#[test]
fn is_frozen_as_a_whole() {
    let (x, y) = samples(16);
    let mut net = Nested::<Cpu>::new(1).compile(Adam::new(0.1), MeanSquaredError::default(), ());
    net.freeze("encoder").unwrap();
    assert_eq!(net.frozen_layers(), ["encoder/dense", "encoder/dense_1"]);
    assert!(net.is_frozen("encoder").unwrap());
    let before = net.until_encoder().predict(&x[..]).unwrap();
    let head = *net.head().kernel();
    net.train_on_batch(&x[..], &y[..]).unwrap();
    assert_eq!(net.until_encoder().predict(&x[..]).unwrap().as_slice(), before.as_slice());
    assert_ne!(*net.head().kernel(), head);
    net.unfreeze("encoder/dense_1").unwrap();
    assert!(!net.is_frozen("encoder").unwrap());
    assert!(net.freeze("enc").is_err());
}

#[test]
fn takes_the_weights_of_a_model_and_gives_them_back() {
    let (x, _) = samples(5);
    let mut encoder = Encoder::<Cpu>::new(3);
    let mut net = Nested::<Cpu>::new(1);
    net.encoder_mut().copy_from(&encoder);
    let (mine, theirs) = (net.until_encoder().predict(&x[..]).unwrap(), encoder.predict(&x[..]).unwrap());
    assert_eq!(mine.as_slice(), theirs.as_slice());

    let mut other = Encoder::<Cpu>::new(9);
    net.encoder().copy_to(&mut other);
    assert_eq!(other.predict(&x[..]).unwrap().as_slice(), theirs.as_slice());
}

#[test]
fn is_saved() {
    let (x, _) = samples(5);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nested.safetensors");
    let mut net = Nested::<Cpu>::new(1);
    net.save_weights(&path).unwrap();
    let mut other = Nested::<Cpu>::new(2);
    other.load_weights(&path).unwrap();
    assert_eq!(other.predict(&x[..]).unwrap().as_slice(), net.predict(&x[..]).unwrap().as_slice());
}

sequential! {
    pub struct Images< Input<8, 8, 1>, Conv2D<1, 4, 3, Relu>, BatchNormalization, Dropout<0.2>, MaxPooling2D<2>, Flatten >
}
sequential! { pub struct Middle< Input<8, 8, 1>, Images, Dense<_, 5, Relu> > }
sequential! { pub struct Deep< Input<8, 8, 1>, Middle, Dense<_, 3> > }
sequential! {
    pub struct Written<
        Input<8, 8, 1>, Conv2D<1, 4, 3, Relu>, BatchNormalization, Dropout<0.2>, MaxPooling2D<2>, Flatten, Dense<_, 5, Relu>,
        Dense<_, 3>
    >
}

#[test]
fn a_model_in_a_model_in_a_model_with_a_state() {
    let x: Vec<[[[f32; 1]; 8]; 8]> = (0..24)
        .map(|n| {
            core::array::from_fn(|i| core::array::from_fn(|j| [((n * 5 + i * 3 + j * 7) % 13) as f32 / 13.0]))
        })
        .collect();
    let y: Vec<usize> = (0..24).map(|n| n % 3).collect();
    macro_rules! trained {
        ($model:ty) => {{
            let loss = SparseCategoricalCrossentropy::from_logits();
            let mut net = <$model>::new(3).compile(SGD::new(0.05), loss, ());
            let fit = Fit::epochs(3).batch_size(8).verbose(Verbose::Silent);
            let history = net.fit(&x[..], &y[..], fit).unwrap();
            (history["loss"].clone(), net.predict(&x[..]).unwrap().as_slice().to_vec())
        }};
    }
    assert_eq!(trained!(Deep::<Cpu>), trained!(Written::<Cpu>));
    assert_eq!(Deep::<Cpu>::LAYERS[1].name, "middle/images/batch_normalization");
}

model! {
    /// Takes two values.
    pub struct Distance {
        input a: Input<4>;
        input b: Input<4>;
        let d = Subtract(Dense<_, 3, Tanh>(a), Dense<_, 3, Tanh>(b));
        let y = Dense<_, 1>(d);
        output y;
    }
}

model! {
    /// One encoder for both inputs; what the two give goes into a model with two inputs.
    pub struct Siamese {
        input left: Input<4>;
        input right: Input<4>;
        layer tower: Tower;
        let l = tower(left);
        let r = tower(right);
        let y = Distance(l, r);
        output y;
    }
}
sequential! { pub struct Tower< Dense<4, 6, Relu>, Dense<_, 4> > }

model! {
    /// The same, written out.
    #[allow(keras::two_linear_layers)]
    pub struct SiameseFlat {
        input left: Input<4>;
        input right: Input<4>;
        layer first: Dense<4, 6, Relu>;
        layer second: Dense<_, 4>;
        let l = second(first(left));
        let r = second(first(right));
        let y = Dense<_, 1>(Subtract(Dense<_, 3, Tanh>(l), Dense<_, 3, Tanh>(r)));
        output y;
    }
}

#[test]
fn in_graphs_and_in_two_places() {
    assert_eq!(Siamese::<Cpu>::PARAMS, SiameseFlat::<Cpu>::PARAMS);
    let (x, y) = samples(20);
    let other: Vec<[f32; 4]> = x.iter().map(|x| x.map(|v| v * v)).collect();
    macro_rules! trained {
        ($model:ty) => {{
            let mut net = <$model>::new(3).compile(SGD::new(0.1), MeanSquaredError::default(), ());
            let fit = Fit::epochs(3).batch_size(5).verbose(Verbose::Silent);
            let history = net.fit(&(&x[..], &other[..]), &y[..], fit).unwrap();
            (history["loss"].clone(), net.predict(&(&x[..], &other[..])).unwrap().as_slice().to_vec())
        }};
    }
    assert_eq!(trained!(Siamese::<Cpu>), trained!(SiameseFlat::<Cpu>));
}
