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
mod parse;

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
/// - A layer or an activation of one's own is written like the built-in ones.
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
/// The form `sequential!(< .. >)` is an expression: the constructor of a model without a name, on
/// the CPU. `let mut model = sequential!(< Dense<4, 8, Relu>, Dense<_, 1> >)(7);`
#[proc_macro]
pub fn sequential(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    sequential_model(tokens.into()).into()
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
