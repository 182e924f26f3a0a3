//! Models written as Keras' files. `saved/` has what is written, checked with Keras itself by
//! `check_with_keras.py`; `KERAS_SAVED=overwrite cargo test --features keras-files --test keras_saved` writes it
//! anew.

mod arrays;
// `keras_files` uses all of it.
#[allow(dead_code)]
mod expected;

use std::path::Path;

use keras_core::ndarray::ArrayD;
use keras_core::prelude::*;
use keras_core::saving::keras::{load_keras_weights, load_keras_weights_by_name, model_text};
use keras_files::{File, save::KERAS};
use safetensors::Dtype;
use safetensors::tensor::TensorView;

use arrays::Arrays;
use expected::{Expected, folder};

const UNITS: usize = 5;
const HALF: usize = 2;
const RATE: f64 = 0.25;
const SLOPE: f64 = 0.125;
const BIASED: bool = false;

sequential! { struct Mlp<
    hidden: Dense<6, 8, Relu, kernel_initializer = HeNormal, kernel_regularizer = L2<0.001>, bias_constraint = MaxNorm<3.0>>,
    BatchNormalization<momentum = 0.9, scale = false>,
    Dropout<0.5>,
    #[frozen] Dense<_, 4, use_bias = false, kernel_initializer = RandomNormal<stddev = 0.1>>,
    BatchNormalization,
    Dense<_, 3, Softmax, kernel_regularizer = L1L2<0.01, l2 = 0.02>, bias_initializer = Constant<0.5>>,
> }

sequential! { struct Consts<
    Input<6>,
    Dense<_, UNITS, LeakyRelu<SLOPE>, use_bias = BIASED>,
    Dropout<RATE>,
    Dense<_, { 2 * UNITS }, kernel_initializer = Constant<SLOPE>, kernel_regularizer = L2<{ SLOPE / 2.0 }>>,
    Reshape<HALF, _>,
    Dense<UNITS, HALF>,
> }

sequential! { struct Images<
    Input<12, 10, 3>,
    ZeroPadding2D<((1, 2), (0, 1))>,
    Conv2D<_, 4, (3, 5), Relu, strides = 2, padding = Same>,
    Conv2D<_, 4, 3, padding = Same, dilation_rate = HALF, groups = 2, use_bias = false>,
    BatchNormalization<epsilon = 1e-5>,
    Activation<Silu>,
    MaxPooling2D<2, strides = 1>,
    SpatialDropout2D<0.1>,
    AveragePooling2D<(2, 1), padding = Same>,
    UpSampling2D<(1, 2), interpolation = Bilinear>,
    GlobalAveragePooling2D<keepdims = true>,
    Flatten,
    Dense<_, 2, Sigmoid>,
> }

// Each way is short, so that all that it does is seen at its end.
sequential! { struct Activations<
    Input<7>,
    Parallel<
        Concatenate,
        [Activation<Gelu>, Dense<_, 7, Elu<0.5>>, Activation<Elu<0.25>>],
        [Dense<_, 7, LeakyRelu<0.3>>, Activation<LeakyRelu<0.1>>, Activation<LeakyRelu>],
        [Dense<_, 7, RectifiedLinear<max_value = 2.0, negative_slope = 0.1, threshold = 0.1>>, Activation<Selu>],
        [Activation<RectifiedLinear<negative_slope = 0.5>>, Dense<_, 7, Mish>, Activation<Linear>],
        [Activation<Celu>, Dense<_, 7, HardSilu>, Activation<Exponential>],
        [Dense<_, 7, HardSigmoid>, Activation<Squareplus>, Dense<_, 7, HardTanh>],
        [Activation<Softplus>, Dense<_, 7, KerasSparsemax>, Activation<LogSigmoid>],
        [Activation<SoftShrink>, Dense<_, 7, LogSoftmax>, Activation<Tanh>]
    >,
> }

sequential! { struct Residuals<
    Input<8, 8, 2>,
    Conv2D<_, 4, 3, padding = Same>,
    Repeat<2, Residual<Conv2D<_, 4, 3, Relu, padding = Same>, BatchNormalization>, Activation<Relu>>,
    Parallel<Concatenate, [Conv2D<_, 2, 1>], [MaxPooling2D<3, strides = 1, padding = Same>, Conv2D<_, 3, 1>]>,
    GlobalMaxPooling2D,
    Dense<_, 3>,
> }

model! {
    /// Layers of one class at other distances from the outputs than they are written in; one that is shared.
    struct Tangle {
        input left: Input<4>;
        input right: Input<4>;
        layer shared: Dense<_, 4, Tanh>;
        let near = Dense<_, 3>(right);
        let first = shared(left);
        let deep = Dense<_, 4, Relu>(first);
        let deeper = Dense<_, 3, Relu>(deep);
        let again = shared(Add(right, deep));
        let product = Multiply(deeper, near);
        let most = Maximum(Subtract(near, deeper), Minimum(product, near));
        let angle = Dot<axes = 1, normalize = true>(first, again);
        let all = Concatenate<axis = 1>(most, angle, Average(deeper, near, product));
        let label = Dense<_, 3, Softmax>(all);
        let value = Dense<_, 1>(again);
        output label, value;
    }
}

model! {
    /// Options that no other of these has.
    struct Options {
        input image: Input<6, 4, 2>;
        let padded = ZeroPadding2D<(1, 2)>(image);
        let large = UpSampling2D(padded);
        let small = MaxPooling2D(large);
        let means = AveragePooling2D<pool_size = 2, strides = (2, 1)>(ZeroPadding2D(small));
        let most = GlobalMaxPooling2D<keepdims = true>(means);
        let rows = Reshape<8, _>(padded);
        let columns = Reshape<16, 8>(padded);
        let dots = Dot<axes = (2, 1)>(rows, columns);
        let joined = Concatenate<axis = -2>(dots, dots);
        let each = Dense<
            8, 3, Softplus, kernel_initializer = VarianceScaling<1.5>, bias_initializer = RandomUniform<-0.5, maxval = 0.5>,
            kernel_regularizer = OrthogonalRegularizer<0.5>, bias_regularizer = L1, kernel_constraint = UnitNorm,
            bias_constraint = NonNeg,
        >(joined);
        let flat = Flatten(each);
        let all = Concatenate(flat, Flatten(most));
        let hidden = Dense<
            units = 4, inputs = _, activation = Gelu, kernel_initializer = Orthogonal<2>, bias_initializer = TruncatedNormal,
            kernel_constraint = MinMaxNorm,
        >(all);
        let again = Dense<_, 4, kernel_initializer = Identity>(hidden);
        output again;
    }
}

sequential! { struct Encoder< Input<6>, Dense<_, 5, Tanh>, code: Dense<_, 2> > }
model! {
    struct Distance {
        input a: Input<2>;
        input b: Input<2>;
        let d = Subtract(a, b);
        output d;
    }
}
model! {
    /// Models in a model.
    struct Nested {
        input x: Input<6>;
        input y: Input<6>;
        layer encoder: Encoder;
        let d = Distance(encoder(x), encoder(y));
        let decoder = Dense<_, 6>(d);
        output decoder;
    }
}

sequential! { struct Separated<
    Input<8, 7, 3>,
    SeparableConv2D<_, 6, 3, Relu, depth_multiplier = 2, padding = Same, pointwise_regularizer = L2<0.01>>,
    DepthwiseConv2D<(2, 3), Tanh, strides = 2>,
    Cropping2D<((0, 1), (1, 0))>,
    Softmax<axis = (1, 2)>,
    ActivityRegularization<l1 = 0.01, l2 = 0.02>,
    Flatten,
    Dense<_, 8, activity_regularizer = L2<0.1>>,
    Glu,
> }

/// Numbers between -1 and 1 that are all different.
fn numbers(sizes: &[usize], start: usize) -> ArrayD<f32> {
    let count: usize = sizes.iter().product();
    let all = (0..count).map(|i| ((i * 37 + 11 + 29 * start) % 101) as f32 / 50.0 - 1.0);
    ArrayD::from_shape_vec(sizes, all.collect()).unwrap()
}

/// A model with numbers in all its weights.
fn filled<M: Model<Backend = Cpu>>(seed: u64) -> M {
    let mut model = M::new(seed);
    for (i, weight) in model.store_mut().params_mut().iter_mut().enumerate() {
        *weight += ((i * 7) % 13) as f32 / 100.0;
    }
    model
}

fn bits<M: Model<Backend = Cpu>>(model: &M) -> Vec<u32> {
    model.store().params().iter().map(|weight| weight.to_bits()).collect()
}

/// What a file of Keras says, but for the date.
fn config(path: &Path) -> serde_json::Value {
    File::open(path).unwrap().config().unwrap().clone()
}

/// Saves a model, reads it again, and compares it with what `saved/` has and Keras has read.
fn check<M>(name: &str)
where
    M: Model<Backend = Cpu, Input: Arrays, Output: Arrays>,
{
    let mut model = filled::<M>(3);
    let temporary = tempfile::tempdir().unwrap();
    let overwrite = std::env::var("KERAS_SAVED").is_ok_and(|what| what == "overwrite");
    let stored = folder().join("saved");
    let to = if overwrite { &stored } else { temporary.path() };
    let [whole, weights] = ["keras", "weights.h5"].map(|end| to.join(format!("{name}.{end}")));
    model.save_keras(&whole).unwrap();
    model.save_keras_weights(&weights).unwrap();
    for path in [&whole, &weights] {
        let mut read = M::new(9);
        load_keras_weights_by_name(&mut read, path).unwrap();
        assert_eq!(bits(&read), bits(&model), "{name}");
    }
    model_text(&whole).unwrap();

    let dims = <M::Input as keras_core::Values>::DIMS;
    let inputs = dims.iter().enumerate().map(|(i, dims)| numbers(&[&[5], dims.sizes()].concat(), i));
    let inputs: Vec<ArrayD<f32>> = inputs.collect();
    if overwrite {
        let x = <M::Input as Arrays>::arrays(|i| inputs[i].clone());
        let outputs = <M::Output as Arrays>::numbers(&model.predict(&x).unwrap());
        for output in &outputs {
            // Constants would say nothing.
            let first = &output[..output.len() / 5];
            assert!(output.chunks(first.len()).skip(1).all(|other| other != first), "{name}: {output:?}");
        }
        store::<M>(&stored.join(format!("{name}.safetensors")), &inputs, &outputs);
    }
    // What Keras has read is what is written now.
    assert_eq!(config(&whole), config(&stored.join(format!("{name}.keras"))), "{name}");
    for end in ["keras", "weights.h5"] {
        let mut read = M::new(9);
        load_keras_weights_by_name(&mut read, stored.join(format!("{name}.{end}"))).unwrap();
        assert_eq!(bits(&read), bits(&model), "{name}.{end}");
    }
    let expected = Expected::beside("saved", name);
    assert_eq!(expected.inputs, inputs);
    expected.compare(model).unwrap();
}

fn store<M: Model<Output: Arrays>>(path: &Path, inputs: &[ArrayD<f32>], outputs: &[Vec<f32>]) {
    let bytes =
        |numbers: &mut dyn Iterator<Item = f32>| numbers.flat_map(f32::to_le_bytes).collect::<Vec<u8>>();
    let mut all = Vec::new();
    for (i, input) in inputs.iter().enumerate() {
        all.push((format!("input.{i}"), input.shape().to_vec(), bytes(&mut input.iter().copied())));
    }
    for (i, output) in outputs.iter().enumerate() {
        let sizes = [&[5], <M::Output as keras_core::Values>::DIMS[i].sizes()].concat();
        all.push((format!("output.{i}"), sizes, bytes(&mut output.iter().copied())));
    }
    let views = all.iter().map(|(name, sizes, bytes)| {
        (name.as_str(), TensorView::new(Dtype::F32, sizes.clone(), bytes).unwrap())
    });
    std::fs::write(path, safetensors::serialize(views, None).unwrap()).unwrap();
}

#[test]
fn what_is_saved_is_read_again_here_and_by_keras() {
    check::<Mlp>("mlp");
    check::<Consts>("consts");
    check::<Images>("images");
    check::<Activations>("activations");
    check::<Residuals>("residuals");
    check::<Tangle>("tangle");
    check::<Nested>("nested");
    check::<Options>("options");
    check::<Separated>("separated");
}

#[test]
fn words_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mlp.keras");
    Mlp::<Cpu>::new(1).save_keras(&path).unwrap();
    let expected = "sequential! {
    pub struct Mlp<
        Input<6>,
        hidden: Dense<_, 8, Relu, kernel_initializer = HeNormal, kernel_regularizer = L2<l2 = 0.001>, bias_constraint = MaxNorm<max_value = 3.0>>,
        batch_normalization: BatchNormalization<momentum = 0.9, scale = false>,
        dropout: Dropout<0.5>,
        #[frozen] dense: Dense<_, 4, use_bias = false, kernel_initializer = RandomNormal<stddev = 0.1>>,
        batch_normalization_1: BatchNormalization,
        dense_1: Dense<_, 3, Softmax, bias_initializer = Constant<value = 0.5>, kernel_regularizer = L1L2<l1 = 0.01, l2 = 0.02>>,
    >
}";
    assert_eq!(model_text(&path).unwrap(), expected);
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.windows(KERAS.len()).any(|part| part == KERAS.as_bytes()));
}

#[test]
fn by_order_what_is_a_chain() {
    let folder = tempfile::tempdir().unwrap();
    let model = filled::<Images<Cpu>>(3);
    for end in ["keras", "weights.h5"] {
        let path = folder.path().join(format!("images.{end}"));
        if end == "keras" { model.save_keras(&path) } else { model.save_keras_weights(&path) }.unwrap();
        let mut read = Images::<Cpu>::new(9);
        load_keras_weights(&mut read, &path).unwrap();
        assert_eq!(bits(&read), bits(&model));
    }
}

#[test]
fn a_model_without_a_name_one_that_is_compiled_and_one_in_doubles() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.keras");
    let mut net = sequential!(< Dense<3, 4, Tanh>, Dense<_, 1> >)(7).compile(
        Adam::default(),
        MeanSquaredError::default(),
        (),
    );
    net.train_on_batch(&[[0.1, 0.2, 0.3]], &[[1.0]]).unwrap();
    net.save_keras(&path).unwrap();
    assert!(model_text(&path).unwrap().contains("struct Sequential<"));
    Mlp::<Cpu<f64>>::new(1).save_keras(&path).unwrap();
    let mut single = Mlp::<Cpu>::new(2);
    load_keras_weights_by_name(&mut single, &path).unwrap();
    assert_eq!(bits(&single), bits(&Mlp::<Cpu>::new(1)));
}

/// Of one's own.
#[derive(Clone, Debug, Default)]
pub struct Doubled;

impl<S: Shape> keras_core::layers::Layer<S> for Doubled {
    type Out = S;
}

impl<S: Shape> keras_core::layers::Run<S, Cpu> for Doubled {
    fn forward(&self, io: keras_core::layers::Forward<'_, Cpu>) {
        io.y.iter_mut().zip(io.x).for_each(|(y, x)| *y = 2.0 * x);
    }
    fn backward(&self, io: keras_core::layers::Backward<'_, Cpu>) {
        if let Some(dx) = io.dx {
            dx.iter_mut().zip(io.dy).for_each(|(dx, dy)| *dx = 2.0 * *dy);
        }
    }
}

sequential! { struct Odd<
    Input<4>,
    Doubled,
    top: Dense<_, 3, Sparsemax>,
    Activation<HardShrink<0.25>>,
    Dense<_, 2, Celu<0.5>>,
> }

#[test]
fn what_keras_has_not_is_said_all_at_once_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd.keras");
    std::fs::write(&path, "old").unwrap();
    let model = Odd::<Cpu>::new(1);
    for error in [model.save_keras(&path), model.save_keras_weights(&path)] {
        let error = error.unwrap_err().to_string();
        let expected = "the model cannot be written as Keras':
the layer `doubled` (`Doubled`) is no layer that Keras has
the layer `top` (`Dense<_, 3, Sparsemax>`) has `activation` = Sparsemax, which Keras does not have
the layer `activation` (`Activation<HardShrink<0.25>>`) has `activation` = HardShrink<0.25>, which Keras does not have
the layer `dense` (`Dense<_, 2, Celu<0.5>>`) has `activation` = Celu<0.5>, which Keras does not have";
        assert!(error.ends_with(expected), "{error}");
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
}
