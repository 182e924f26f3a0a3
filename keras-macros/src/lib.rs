//! The model macros of `keras-core`.
//!
//! A macro call goes through three stages. `parse` turns tokens into words and keeps every span;
//! `check` works out the shapes and collects all mistakes; `expand` writes the Rust code. The
//! wording of messages that need no layer lies in `diagnostics`; the shape rules themselves lie in
//! `keras-shapes`, where `keras-core` finds the same ones for its proofs.
#![forbid(unsafe_code)]

mod check;
mod diagnostics;
mod expand;
#[cfg(feature = "keras-files")]
mod keras;
mod parse;
mod small;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

/// Declares a model: a struct with its layers, checked when it is compiled.
///
/// ```text
/// sequential! {
///     /// Says which digit a picture shows.
///     pub struct Digits<
///         Input<28, 28, 1>,
///         Flatten,
///         hidden: Dense<_, 128, Relu, kernel_initializer = HeNormal>,
///         Dropout<0.2>,
///         Dense<_, 10, Softmax>,
///     >
/// }
/// let mut model = Digits::<Cpu>::new(7);
/// ```
///
/// - Sizes come first, then the activation, then named options.
/// - A size is a number, a const (`HIDDEN`) or a const expression in braces (`{ 2 * HIDDEN }`).
/// - A size of a window or an image is a size for both, or a pair: `Conv2D<_, 32, (3, 5), strides = 2>`
///   has a kernel 3 high and 5 wide. A pair's parts are sizes, too.
/// - `_` stands for the size of what comes in.
/// - The first layer may be a `Dense` that names its inputs, anything else needs an `Input<..>`.
/// - `name: Layer<..>` names a layer; `model.name()` gives typed access to its weights.
/// - A layer or an activation of one's own is written like the built-in ones. So is another model that gives one
///   value: `Input<4>, encoder: Encoder, Dense<_, 1>`. Its layers are `encoder/dense`, ..; it is frozen and its
///   weights are taken from a model of its own as a whole: `net.encoder_mut().copy_from(&trained)`.
///
/// A built-in name always means the built-in one, also where a type of that name is in scope: a macro
/// cannot see what a name stands for. One's own `Dense` is used through a path:
///
/// ```text
/// struct Dense<const N: usize>; // with `impl Layer<..> for Dense<N>`
/// sequential! { struct Net< Input<4>, self::Dense<3>, Dense<_, 1> > }
/// //                                  ^^^^ mine       ^^^^^ the built-in one
/// ```
///
/// On images, which have a height, a width and channels:
///
/// ```text
/// sequential! {
///     pub struct Convnet<
///         Input<28, 28, 1>,
///         Conv2D<_, 32, 3, Relu>,
///         MaxPooling2D<2>,
///         Conv2D<32, 64, 3, Relu, padding = Same>,
///         GlobalAveragePooling2D,
///         Dense<_, 10, Softmax>,
///     >
/// }
/// ```
///
/// What compiles but is probably not meant is warned of: a linear layer behind a linear layer, dropout as the
/// last layer, a bias before a normalization; and where the model is trained, a softmax before a loss from
/// logits, and sigmoids before a loss for one class among many. An attribute before the struct allows
/// each: `#[allow(keras::two_linear_layers)]`, `keras::dropout_last`, `keras::bias_before_normalization`,
/// `keras::softmax_then_logits`, `keras::sigmoid_many_classes`, or `keras::all` of them.
///
/// The form `sequential!(< .. >)` is an expression: the constructor of a model without a name, on
/// the CPU. `let mut model = sequential!(< Dense<4, 8, Relu>, Dense<_, 1> >)(7);`
#[proc_macro]
pub fn sequential(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    sequential_model(tokens.into()).into()
}

/// Declares a model as a graph, checked when it is compiled: several inputs and outputs, branches, sums,
/// layers that are used twice.
///
/// ```text
/// model! {
///     /// A residual block.
///     pub struct Net {
///         input x: Input<32, 32, 3>;
///         let first = Conv2D<_, 16, 3, Relu, padding = Same>(x);
///         let second = Conv2D<_, 16, 3, padding = Same>(first);
///         let sum = Add(first, second);
///         let classes = Dense<_, 10, Softmax>(Flatten(sum));
///         output classes;
///     }
/// }
/// ```
///
/// - `input x: Input<..>;` a value that the model is given; several make it take a tuple.
/// - `let h = Layer<..>(x);` what a layer makes of one value, or of several: `Add(a, b)`. The layer is
///   called `h`; a layer without a name may stand inside: `Dense<_, 10>(Flatten(h))`.
/// - `layer embed: Dense<_, 64>;` a layer for several places, with the same weights: `let a = embed(x);`.
/// - `block twice<F>(x) { let a = Dense<_, F, Relu>(x); let b = Dense<_, F>(a); output b; }` a part that is
///   written once and used as a layer is, each time with weights of its own: `let h = twice<64>(x);`. Its
///   values are called `h_a`, and `h` itself.
/// - `output a, b;` what the model gives.
#[proc_macro]
pub fn model(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    graph_model(tokens.into()).into()
}

/// Makes a model ready for training, with Keras' names for the optimizer, the loss and the metrics. They are
/// checked while the program is compiled; what comes out is `model.compile(..)`, with nothing left to look up.
///
/// ```text
/// let mut net = compile!(Net::<Cpu>::new(7), optimizer = "adam", loss = "mse", metrics = ["mae"]);
/// ```
///
/// - A name is a string, in any of Keras' spellings: `"mse"`, `"mean_squared_error"`, `"MeanSquaredError"`.
///   Anything else is an expression: `optimizer = Adam::new(0.01)`.
/// - `optimizer`: `"rmsprop"` where it is left out, as in Keras.
/// - `loss`: for several outputs a tuple, `loss = ("mse", "binary_crossentropy")`, with `loss_weights = [1.0, 0.5]`
///   if they do not count alike.
/// - `metrics`: a list, each metric being called as it is written; for several outputs a list for each,
///   `metrics = (["mae"], ["accuracy", "auc"])`. `"accuracy"` fits itself to output and target;
///   `"crossentropy"` is the one that is the loss.
#[proc_macro]
pub fn compile(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    compile_call(tokens.into()).into()
}

fn compile_call(tokens: TokenStream) -> TokenStream {
    match parse::compile(tokens) {
        Ok(call) => expand::compile(&call, &check::compile::compile(&call)),
        Err(errors) => errors.nth(0),
    }
}

/// Declares the model that a file of Keras holds: `.keras`, or the older `.h5` and `.hdf5` of a whole model.
///
/// ```text
/// keras_model! { pub struct Net = "models/net.keras" }
/// let mut net = Net::<Cpu>::pretrained()?;
/// ```
///
/// The file is read while the crate is compiled; the model is the same as if its layers had been written with
/// `sequential!` or `model!`, models in it unfolded: the layer `e1` of the model `encoder` is `encoder_e1`.
/// `pretrained()` has the file's weights, which lie in the program. What cannot be a model is one error at
/// the path that lists all reasons, by Keras' names.
///
/// The path begins at the folder of the crate's Cargo.toml. When the file changes, cargo builds anew.
#[cfg(feature = "keras-files")]
#[proc_macro]
pub fn keras_model(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    keras::model(keras::Kind::Keras, tokens.into()).into()
}

/// Declares a model for each file of Keras in a folder that can be one: `net.keras` is `NetKeras`.
///
/// ```text
/// keras_models! { "models" }
/// macro_rules! each { ($file:literal, $model:ident) => { println!("{}: {}", $file, $model::<Cpu>::PARAMS) } }
/// macro_rules! missing { ($file:literal, $reason:literal) => { println!("{}: {}", $file, $reason) } }
/// keras_files!(each, missing);
/// ```
///
/// The macro `keras_files!` that it makes goes through all of them. When a file is added, cargo does not know
/// that it has to build anew.
#[cfg(feature = "keras-files")]
#[proc_macro]
pub fn keras_models(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    keras::models(keras::Kind::Keras, tokens.into()).into()
}

/// Declares the model that an ONNX file holds.
///
/// ```text
/// onnx_model! { pub struct Net = "models/net.onnx" }
/// let mut net = Net::<Cpu>::pretrained()?;
/// ```
///
/// The file is read while the crate is compiled; the model is the same as if its layers had been written with
/// `sequential!` or `model!`. `pretrained()` has the file's weights, which lie in the program. What cannot be a
/// model is one error at the path that lists all reasons, with the file's operators.
///
/// Images have their channels last, as everywhere here. A file that takes them first, as PyTorch writes it, is a
/// model that takes them last: `[1, 28, 28]` there is `Input<28, 28, 1>` here, and where it flattens an image,
/// the rows of the next kernel are put in our order. A file that turns its images around itself, as Keras and
/// tf2onnx write it, takes what it takes there. The first size of everything is the batch.
///
/// The path begins at the folder of the crate's Cargo.toml. When the file changes, cargo builds anew.
#[cfg(feature = "onnx")]
#[proc_macro]
pub fn onnx_model(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    keras::model(keras::Kind::Onnx, tokens.into()).into()
}

/// Declares a model for each ONNX file in a folder that can be one: `net.onnx` is `NetOnnx`. The macro
/// `onnx_files!` that it makes goes through all of them, as `keras_models!` does.
#[cfg(feature = "onnx")]
#[proc_macro]
pub fn onnx_models(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    keras::models(keras::Kind::Onnx, tokens.into()).into()
}

/// Declares a model that predicts without an operating system and without an allocator; use it through
/// `keras-static`.
///
/// ```text
/// static_model! {
///     pub struct Net< Dense<100, 64, Relu>, Dense<64, 1, Linear> > = "net.safetensors"
/// }
/// let y: [f32; 1] = Net::predict_static(&x);
/// ```
///
/// The layers are written as in `sequential!`, and checked in the same way; their sizes are numbers. The file
/// is that of `save_weights`, its path begins at the folder of the crate's Cargo.toml. Whether it has all of the
/// variables, in the right shapes, is checked while the program is compiled. Options that matter in training
/// only are passed over.
#[proc_macro]
pub fn static_model(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    small::model(tokens.into()).into()
}

fn graph_model(tokens: TokenStream) -> TokenStream {
    match parse::graph(tokens) {
        Ok(graph) => {
            let (head, checked) = check::graph(graph);
            expand::model(&head, &checked)
        }
        Err(errors) => errors.to_items(),
    }
}

fn sequential_model(tokens: TokenStream) -> TokenStream {
    match parse::sequential(tokens) {
        Ok(model) => {
            let checked = check::sequential(&model);
            expand::model(&model, &checked)
        }
        Err(errors) => errors.to_items(),
    }
}
