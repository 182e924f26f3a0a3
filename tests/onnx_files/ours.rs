//! Models that are written as ONNX files: one for each layer, merging layer and activation, and whole ones.
//!
//! The files lie in `ours`, beside what the models predict; `ONNX_FILES=overwrite` writes them anew.
//! `check.py` asks ONNX Runtime what the files predict.

use std::path::Path;

use keras_core::Values;
use keras_core::ndarray::{ArrayD, IxDyn};
use keras_core::prelude::*;
use safetensors::tensor::{Dtype, TensorView};

use crate::arrays::Arrays;
use crate::folder;

/// Numbers from -1 to 1 that are the same on every machine.
fn number(i: usize, seed: usize) -> f32 {
    (((i + 1) * 7919 + seed * 104_729) % 2001) as f32 / 1000.0 - 1.0
}

/// A model with weights that are not those of the start, as moving means are 0 then.
fn model<M: Model<Backend = Cpu>>() -> M {
    let mut model = M::new(1);
    for (l, layer) in M::LAYERS.iter().enumerate() {
        for (v, (variable, range)) in layer.places().enumerate() {
            for (i, value) in model.store_mut().params_mut()[range].iter_mut().enumerate() {
                let number = number(i, 10 * l + v + 3);
                *value = if variable.name == "moving_variance" { 0.5 + number.abs() } else { 0.6 * number };
            }
        }
    }
    model
}

fn safetensors(all: &[(String, Vec<usize>, Vec<f32>)]) -> Vec<u8> {
    let bytes: Vec<Vec<u8>> =
        all.iter().map(|(_, _, values)| values.iter().flat_map(|v| v.to_le_bytes()).collect()).collect();
    let views = all.iter().zip(&bytes).map(|((name, sizes, _), bytes)| {
        (name.clone(), TensorView::new(Dtype::F32, sizes.clone(), bytes).unwrap())
    });
    safetensors::serialize(views, None).unwrap()
}

/// Writes a model; what lies in the folder must be the same.
fn write<M: Model<Backend = Cpu>>(name: &str, to: &Path, overwrite: bool) -> Result<(), String>
where
    M::Input: Arrays,
    M::Output: Arrays,
{
    const SAMPLES: usize = 3;
    let mut model = model::<M>();
    let path = to.join(format!("{name}.onnx"));
    model.save_onnx(&path).map_err(|error| error.to_string())?;
    let stored = folder().join(format!("ours/{name}"));
    let bytes = std::fs::read(&path).unwrap();
    let sizes = |dims: &keras_core::shape::Dims| -> Vec<usize> {
        core::iter::once(SAMPLES).chain(dims.sizes().iter().copied()).collect()
    };
    let mut tensors = Vec::new();
    let x = <M::Input as Arrays>::arrays(|i| {
        let sizes = sizes(&<M::Input as Values>::DIMS[i]);
        let count: usize = sizes.iter().product();
        let values: Vec<f32> = (0..count).map(|at| 2.0 * number(at, i)).collect();
        tensors.push((format!("input.{i}"), sizes.clone(), values.clone()));
        ArrayD::from_shape_vec(IxDyn(&sizes), values).unwrap()
    });
    let given = <M::Output as Arrays>::numbers(&model.predict(&x).unwrap());
    for (i, values) in given.into_iter().enumerate() {
        tensors.push((format!("output.{i}"), sizes(&<M::Output as Values>::DIMS[i]), values));
    }
    if overwrite {
        std::fs::write(stored.with_extension("onnx"), &bytes).unwrap();
        std::fs::write(stored.with_extension("safetensors"), safetensors(&tensors)).unwrap();
    }
    let there = std::fs::read(stored.with_extension("onnx")).map_err(|error| error.to_string())?;
    if there != bytes {
        return Err("the file is another one than the one in `ours`".into());
    }
    Ok(())
}

/// Models, and a function that writes all of them.
macro_rules! ours {
    ($(sequential $chain:ident $layers:tt;)* $(graph $graph:ident { $($body:tt)* })*) => {
        $(ours! { @chain $chain $layers })*
        $(model! { #[allow(keras::all)] struct $graph { $($body)* } })*
        fn all(to: &Path, overwrite: bool) -> Vec<(&'static str, Result<(), String>)> {
            vec![
                $((stringify!($chain), write::<$chain<Cpu>>(stringify!($chain), to, overwrite)),)*
                $((stringify!($graph), write::<$graph<Cpu>>(stringify!($graph), to, overwrite)),)*
            ]
        }
    };
    (@chain $name:ident { $($layers:tt)* }) => { sequential! { #[allow(keras::all)] struct $name< $($layers)* > } };
}

ours! {
    sequential Dense { Input<5>, Dense<_, 4>, Dense<_, 3, use_bias = false> };
    sequential DenseOnRows { Input<3, 5>, Dense<5, 4, Relu>, Dense<4, 2, Softmax, use_bias = false> };
    sequential DenseOnImages { Input<4, 3, 2>, Conv2D<_, 3, 2>, Dense<3, 4, Tanh> };
    sequential Conv2D { Input<7, 6, 3>, Conv2D<_, 4, (3, 2), Relu> };
    sequential Conv2DSame { Input<7, 6, 3>, Conv2D<_, 4, (4, 3), strides = 2, padding = Same, use_bias = false> };
    sequential Conv2DDilated { Input<9, 8, 2>, Conv2D<_, 3, 3, dilation_rate = (2, 1)> };
    sequential Conv2DGroups { Input<6, 6, 4>, Conv2D<_, 8, 3, Tanh, padding = Same, groups = 2>, Conv2D<_, 8, 3, groups = 8> };
    sequential DepthwiseConv2D { Input<7, 6, 3>, DepthwiseConv2D<(3, 2), Relu, depth_multiplier = 2>, DepthwiseConv2D<3, strides = 2, padding = Same, use_bias = false> };
    sequential SeparableConv2D { Input<7, 6, 3>, SeparableConv2D<_, 5, 3, Tanh, depth_multiplier = 2>, SeparableConv2D<_, 4, (2, 3), padding = Same, use_bias = false> };
    sequential Cropping2D { Input<6, 5, 2>, Cropping2D<((1, 0), (2, 1))> };
    sequential Gates2 { Input<4, 6>, Glu, Glu<axis = 1>, ActivityRegularization<l2 = 0.1> };
    sequential SoftmaxAlong { Input<4, 3, 2>, Softmax<axis = 1>, Activation<LogSoftmax, axis = 2>, Conv2D<_, 3, 2, Softmax> };
    sequential MaxPooling2D { Input<7, 6, 2>, MaxPooling2D<2> };
    sequential MaxPooling2DSame { Input<7, 6, 2>, MaxPooling2D<(3, 2), strides = 2, padding = Same> };
    sequential AveragePooling2D { Input<7, 6, 2>, AveragePooling2D<2> };
    sequential AveragePooling2DSame { Input<7, 6, 2>, AveragePooling2D<3, strides = (2, 1), padding = Same> };
    sequential GlobalMaxPooling2D { Input<4, 3, 2>, GlobalMaxPooling2D };
    sequential GlobalMaxPooling2DKeep { Input<4, 3, 2>, GlobalMaxPooling2D<keepdims = true> };
    sequential GlobalAveragePooling2D { Input<4, 3, 2>, GlobalAveragePooling2D, Dense<_, 3> };
    sequential GlobalAveragePooling2DKeep { Input<4, 3, 2>, GlobalAveragePooling2D<keepdims = true> };
    sequential BatchNormalization1 { Input<5>, BatchNormalization };
    sequential BatchNormalization2 { Input<4, 3>, BatchNormalization<center = false, epsilon = 0.01> };
    sequential BatchNormalization3 { Input<4, 3, 2>, BatchNormalization<scale = false> };
    sequential UpSampling2D { Input<3, 2, 2>, UpSampling2D<(2, 3)> };
    sequential UpSampling2DBilinear { Input<3, 4, 2>, UpSampling2D<(2, 3), interpolation = Bilinear> };
    sequential ZeroPadding2D { Input<3, 2, 2>, ZeroPadding2D<((1, 0), (2, 3))> };
    sequential Dropout { Input<4>, Dense<_, 3>, Dropout<0.5> };
    sequential SpatialDropout2D { Input<3, 3, 2>, SpatialDropout2D<0.5>, Conv2D<_, 2, 2> };
    sequential FlattenReshape { Input<3, 2, 2>, Conv2D<_, 3, 2, padding = Same>, Flatten, Reshape<6, 3>, Dense<3, 2> };
    sequential NothingToDo { Input<4>, Dropout<0.5> };
    sequential ImageActivations { Input<4, 4, 3>, Conv2D<_, 5, 2, Softmax>, Conv2D<_, 4, 1, Sparsemax>, Conv2D<_, 4, 1, LogSoftmax>, Activation<KerasSparsemax>, Activation<Gelu> };
    sequential Mlp { Input<8>, Dense<_, 6, Relu>, Dropout<0.2>, Dense<_, 5, Elu<0.5>>, Dense<_, 3, Softmax> };
    sequential Convnet { Input<12, 12, 3>, Conv2D<_, 4, 3, padding = Same>, BatchNormalization, Activation<Relu>, MaxPooling2D<2>, Conv2D<_, 8, 3, Relu>, MaxPooling2D<2>, Flatten, Dense<_, 6, Relu>, Dense<_, 4, Softmax> };
    sequential Residual { Input<6, 6, 2>, Conv2D<_, 4, 3, padding = Same>, Residual<Conv2D<_, 4, 3, Relu, padding = Same>, BatchNormalization>, Parallel<Concatenate, [Conv2D<_, 2, 1>], [Conv2D<_, 3, 3, padding = Same>]>, GlobalAveragePooling2D, Dense<_, 2, Sigmoid> };
    graph ActivationsA {
        input x: Input<6>;
        let all = Concatenate(Activation<Celu<0.7>>(x), Activation<Elu<0.5>>(x), Activation<Exponential>(x), Activation<Gelu>(x), Activation<HardShrink<0.3>>(x), Activation<HardSigmoid>(x), Activation<HardSilu>(x), Activation<HardTanh>(x));
        output all;
    }
    graph ActivationsB {
        input x: Input<6>;
        let all = Concatenate(Activation<KerasSparsemax>(x), Activation<LeakyRelu<0.1>>(x), Activation<Linear>(x), Activation<LogSigmoid>(x), Activation<LogSoftmax>(x), Activation<Mish>(x), Activation<RectifiedLinear<max_value = 1, negative_slope = 0.1, threshold = 0.2>>(x), Activation<Relu>(x));
        output all;
    }
    graph ActivationsC {
        input x: Input<6>;
        let all = Concatenate(Activation<Relu6>(x), Activation<Selu>(x), Activation<Sigmoid>(x), Activation<Silu>(x), Activation<SoftShrink<0.3>>(x), Activation<Softmax>(x), Activation<Softplus>(x), Activation<Softsign>(x));
        output all;
    }
    graph ActivationsD {
        input x: Input<6>;
        let all = Concatenate(Activation<SparsePlus>(x), Activation<SparseSigmoid>(x), Activation<Sparsemax>(x), Activation<Squareplus<3>>(x), Activation<Tanh>(x), Activation<TanhShrink>(x), Activation<Threshold<0.5, -1>>(x), Activation<Celu<-0.7>>(x));
        output all;
    }
    graph ActivationsE {
        input x: Input<6>;
        let all = Concatenate(Activation<SoftShrink<-0.3>>(x), Activation<HardShrink<-0.3>>(x), Activation<RectifiedLinear<max_value = 1>>(x), Activation<RectifiedLinear<threshold = -0.5>>(x), Activation<Celu>(x), Activation<Threshold>(x));
        output all;
    }
    graph Add { input a: Input<3, 4>; input b: Input<3, 4>; let y = Add(a, b, a); output y; }
    graph Subtract { input a: Input<3, 4>; input b: Input<4>; let y = Subtract(a, b); output y; }
    graph Multiply { input a: Input<3, 4>; input b: Input<3, 1>; let y = Multiply(a, b, a); output y; }
    graph Average { input a: Input<3, 4>; input b: Input<3, 4>; let y = Average(a, b, b); output y; }
    graph Maximum { input a: Input<4>; input b: Input<4>; let y = Maximum(a, b); output y; }
    graph Minimum { input a: Input<4>; input b: Input<4>; let y = Minimum(a, b); output y; }
    graph ConcatenateRows { input a: Input<3, 4>; input b: Input<2, 4>; let y = Concatenate<axis = 1>(a, b); output y; }
    graph ConcatenateImages {
        input x: Input<4, 4, 2>;
        let a = Conv2D<_, 3, 3, padding = Same>(x);
        let b = Concatenate(a, x);
        let c = Concatenate<axis = 2>(a, Conv2D<_, 3, 1>(b));
        output c;
    }
    graph Dot { input a: Input<5>; input b: Input<5>; let y = Dot(a, b); output y; }
    graph DotTables { input a: Input<3, 4>; input b: Input<4, 2>; let y = Dot<axes = (2, 1)>(a, b); output y; }
    graph DotCosine { input a: Input<3, 4>; input b: Input<2, 4>; let y = Dot<axes = -1, normalize = true>(a, b); output y; }
    graph DotImages { input a: Input<2, 3, 4>; input b: Input<3, 5>; let y = Dot<axes = (2, 1)>(a, b); output y; }
    graph TwoInputs {
        input image: Input<6, 6, 2>;
        input numbers: Input<3>;
        let seen = GlobalMaxPooling2D(Conv2D<_, 4, 3, Relu>(image));
        let both = Concatenate(seen, Dense<_, 4, Tanh>(numbers));
        let class = Dense<_, 3, Softmax>(both);
        let height = Dense<_, 1>(both);
        output class, height;
    }
    graph Shared {
        input a: Input<4>;
        input b: Input<4>;
        layer embed: Dense<_, 3, Tanh>;
        let first = embed(a);
        let second = embed(b);
        let far = Subtract(first, second);
        output far, first;
    }
    graph Gates {
        input x: Input<5, 5, 4>;
        let seen = Conv2D<_, 4, 3, Relu, padding = Same>(x);
        let mean = GlobalAveragePooling2D<keepdims = true>(seen);
        let few = Conv2D<_, 2, 1, Relu>(mean);
        let gate = Conv2D<_, 4, 1, HardSigmoid>(few);
        let gated = Multiply(seen, gate);
        let sum = Add(gated, x);
        output sum;
    }
    graph Nested {
        input x: Input<6>;
        let inner = Mlp6(x);
        let twice = Nested2(inner);
        let y = Add(twice, x);
        output y, inner;
    }
    graph Passed { input x: Input<3>; let y = Activation<Relu>(x); let z = Dropout<0.1>(y); output y, z; }
}

sequential! { struct Mlp6< Input<6>, Dense<_, 4, Relu>, BatchNormalization, Dense<_, 6> > }
model! {
    struct Nested2 {
        input x: Input<6>;
        layer twice: Dense<_, 6, Tanh>;
        let inner = Mlp6(twice(x));
        let y = Add(inner, twice(inner));
        output y;
    }
}

#[test]
fn models_are_written_as_they_were() {
    let to = tempfile::tempdir().unwrap();
    let all = all(to.path(), crate::overwrites());
    let failures: Vec<String> =
        all.iter().filter_map(|(name, result)| Some(format!("{name}: {}", result.as_ref().err()?))).collect();
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), all.len(), failures.join("\n"));
    let read = std::fs::read_dir(folder().join("ours")).unwrap();
    let stored = read.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|e| e == "onnx"));
    assert_eq!(stored.count(), all.len(), "there are files in `ours` that no model is of");
}

/// Where the channels are turned around.
#[test]
fn a_convnet_turns_its_numbers_at_its_ends_and_before_flatten_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.onnx");
    let count = |path: &Path| {
        let file = onnx_files::Model::from_bytes(&std::fs::read(path).unwrap()).unwrap();
        file.graph.nodes.iter().filter(|node| node.op == "Transpose").count()
    };
    Convnet::<Cpu>::new(1).save_onnx(&path).unwrap();
    assert_eq!(count(&path), 2);
    Gates::<Cpu>::new(1).save_onnx(&path).unwrap();
    assert_eq!(count(&path), 2);
}

/// `x³`
#[derive(Clone, Debug, Default)]
struct Cube;

impl keras_core::activations::Activate for Cube {
    const NEEDS_INPUT: bool = true;
    fn forward<E: keras_core::element::Element>(&self, row: &mut [E]) {
        for v in row {
            *v = *v * *v * *v;
        }
    }
    fn backward<E: keras_core::element::Element>(&self, x: &[E], _y: &[E], d: &mut [E]) {
        for (d, &x) in d.iter_mut().zip(x) {
            *d *= E::of(3.0) * x * x;
        }
    }
}

sequential! { struct Cubes< Input<4>, first: Dense<_, 3, Cube>, Dense<_, 2>, last: Activation<Cube> > }

#[test]
fn what_is_ones_own_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cubes.onnx");
    let error = Cubes::<Cpu>::new(1).save_onnx(&path).unwrap_err().to_string();
    let expected = "`Cubes` cannot be written as ONNX: the layer `first` (`Dense<_, 3, Cube>`) has no \
                    counterpart; the layer `last` (`Activation<Cube>`) has no counterpart";
    assert!(error.ends_with(expected), "{error}");
    assert!(!path.exists());
}
