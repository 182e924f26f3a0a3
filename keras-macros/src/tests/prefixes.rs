//! Half-written models: every beginning of a model, token by token, as an editor sees it.

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::{graph_model, sequential_model};

const SEQUENTIAL: [&str; 5] = [
    "/// Docs.\n#[derive(Clone)] pub struct Net< Dense<100, 64, Relu>, Dropout<0.5>, Dense<_, 1> >",
    "pub(crate) struct Net< Input<28, 28, 1>, first: Conv2D<_, 8, (3, 5), Relu, strides = 2, padding = Same>, MaxPooling2D<2>, Flatten, Dense<_, 10, Softmax> >",
    "struct Net< Input<8, 8, 4>, Residual<Conv2D<_, 4, 3, Relu, padding = Same>, BatchNormalization<momentum = 0.9>>, GlobalAveragePooling2D, Dense<_, 3> >",
    "struct Net< Dense<8, { 2 * HIDDEN }, LeakyRelu<0.1>, kernel_initializer = HeNormal>, Parallel<Concatenate<axis = -1>, [Dense<_, 4>], []>, Repeat<3, Dense<_, 8, self::Mine(2.0)>> >",
    "pub struct Net< Input<SIDE, SIDE, 3>, ZeroPadding2D<((1, 0), (0, 1))>, UpSampling2D<2, interpolation = Bilinear>, mine::Layer<3, -0.5, 'a'>, Reshape<4, _>, Flatten, Dense<_, 2> >;",
];

const GRAPHS: [&str; 5] = [
    "pub struct Net { input x: Input<100>; let h = Dense<_, 64, Relu>(x); let y = Dense<_, 1>(h); output y; }",
    "/// Docs.\npub struct Net { input image: Input<32, 32, 3>; /// The first.\nlet a = Conv2D<_, 16, 3, Relu, padding = Same>(image); let b = Conv2D<_, 16, 3, padding = Same>(a); let sum = Add(a, b); output Dense<_, 10, Softmax>(Flatten(sum)); }",
    "struct Net { layer embed: Dense<_, 8, Relu>; input x: Input<4>; let a = embed(x); let b = Dense<_, 4>(a); let c = embed(b); let d = Dot<axes = (1, 1), normalize = true>(a, c); output d; }",
    "struct Net { block twice<F, A>(x) { let a = Dense<_, F, A>(x); let b = Dense<_, F>(a); output b; } input x: Input<N>; let h = twice<{ N + 1 }, Relu>(x); let g = twice<8, Tanh>(Dropout<0.1>(h)); output g; }",
    "pub struct Net { input a: Input<4>; input b: Input<8>; let both = Concatenate(a, b); let mine = self::Mine<3>(both); let one = Dense<_, 1, Sigmoid>(mine); let two = Dense<_, 2>(mine); output one, two; };",
];

/// All beginnings. Where a group breaks off its bracket is closed, as the compiler does before a macro
/// sees it.
fn prefixes(tokens: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut all = Vec::new();
    for i in 0..=tokens.len() {
        let before = &tokens[..i];
        all.push(before.iter().cloned().collect());
        let Some(TokenTree::Group(group)) = tokens.get(i) else { continue };
        for inner in prefixes(group.stream()) {
            let inner = TokenTree::Group(Group::new(group.delimiter(), inner));
            all.push(before.iter().cloned().chain([inner]).collect());
        }
    }
    all
}

/// Whether the struct can be known: its name stands there.
fn names_a_model(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let word = tokens.iter().position(|token| matches!(token, TokenTree::Ident(word) if word == "struct"));
    word.is_some_and(|at| tokens.len() > at + 1)
}

fn all_are_items(model: &str, expand: fn(TokenStream) -> TokenStream) -> usize {
    let all = prefixes(model.parse().unwrap());
    for tokens in &all {
        let (named, text) = (names_a_model(tokens), tokens.to_string());
        let output = expand(tokens.clone());
        let file: syn::File = syn::parse2(output.clone()).unwrap_or_else(|error| panic!("{text}: {error}"));
        let is_model = |item: &syn::Item| matches!(item, syn::Item::Struct(item) if item.ident == "Net");
        assert_eq!(file.items.iter().any(is_model), named, "{text}");
        // What is no whole model says so, and what is one says nothing.
        assert!(named || output.to_string().contains("compile_error"), "{text}");
    }
    let whole = expand(model.parse().unwrap()).to_string();
    assert!(!whole.contains("compile_error"), "{whole}");
    all.len()
}

#[test]
fn every_prefix_of_a_chain_is_expanded() {
    let count: usize = SEQUENTIAL.iter().map(|model| all_are_items(model, sequential_model)).sum();
    assert!(count > 250, "{count}");
}

#[test]
fn every_prefix_of_a_graph_is_expanded() {
    let count: usize = GRAPHS.iter().map(|model| all_are_items(model, graph_model)).sum();
    assert!(count > 250, "{count}");
}
