//! Layers and shapes as types.

use keras_shapes::Dims;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::names::{private, private_at, shape};
use crate::check::{Activation, Checked, Kind, Node, Size, TypeArgument};

/// `Rank3<28, 28, 1>`
pub fn rank(dims: Dims, span: Span) -> TokenStream {
    let p = private_at(span);
    let name = Ident::new(&format!("Rank{}", dims.rank), span);
    let sizes = dims.sizes().iter().map(|size| number(*size, span));
    quote_spanned!(span=> #p::#name<#(#sizes),*>)
}

/// A number with the span of what stands for it.
pub fn number(number: usize, span: Span) -> Literal {
    let mut literal = Literal::usize_unsuffixed(number);
    literal.set_span(span);
    literal
}

/// The type of layer number `i` for a signature: without the checks, which stand in [`layer`], and
/// without the node, which is private.
pub fn signature(node: &Node, i: usize) -> TokenStream {
    of(node, i, |checked| &checked.plain)
}

/// The type of layer number `i`, all of its tokens pointing at the person's.
pub fn layer(node: &Node, i: usize) -> TokenStream {
    of(node, i, |checked| &checked.size)
}

fn of(node: &Node, i: usize, choose: fn(&Checked) -> &Size) -> TokenStream {
    let span = node.span;
    match &node.made.kind {
        Kind::BuiltIn(name, arguments) => {
            let layer = word(name, span);
            if arguments.is_empty() {
                return layer;
            }
            let arguments = arguments.iter().map(|argument| self::argument(argument, span, choose));
            quote_spanned!(span=> #layer<#(#arguments),*>)
        }
        Kind::Reshape => {
            let reshape = word("Reshape", span);
            let to =
                node.made.shape.known().map_or_else(|| shape(i).into_token_stream(), |dims| rank(dims, span));
            quote_spanned!(span=> #reshape<#to>)
        }
        Kind::Own(ty) => ty.clone(),
        Kind::Lost => quote!(),
    }
}

/// What stands between a built-in layer's `<` and `>`.
fn argument(argument: &TypeArgument, at: Span, choose: fn(&Checked) -> &Size) -> TokenStream {
    match argument {
        TypeArgument::Size(checked) => size(choose(checked)),
        TypeArgument::Window(sizes) => {
            let (window, sizes) = (word("Window", at), sizes.iter().map(|checked| size(choose(checked))));
            quote_spanned!(at=> #window<#(#sizes),*>)
        }
        TypeArgument::Activation(word) => activation(word, at),
        TypeArgument::Word(None, name, span) => word(name, *span),
        TypeArgument::Word(Some(outer), name, span) => {
            let (outer, name) = (word(outer, at), word(name, *span));
            quote_spanned!(at=> #outer<#name>)
        }
        TypeArgument::Flag(tokens) => tokens.clone(),
        TypeArgument::Int(number, span) => {
            let mut literal = Literal::isize_unsuffixed(number.abs());
            literal.set_span(*span);
            if *number < 0 { quote_spanned!(*span=> { -#literal }) } else { literal.into_token_stream() }
        }
    }
}

/// A word of the core's module of layers.
fn word(name: &str, span: Span) -> TokenStream {
    let (p, name) = (private_at(span), Ident::new(name, span));
    quote_spanned!(span=> #p::layers::#name)
}

fn activation(activation: &Activation, at: Span) -> TokenStream {
    match activation {
        Activation::BuiltIn(name, span) => {
            // What nobody wrote points at the layer.
            let span = if *name == "Linear" { at } else { *span };
            let (p, name) = (private_at(span), Ident::new(name, span));
            quote_spanned!(span=> #p::activations::#name)
        }
        Activation::Own(ty) => ty.clone(),
    }
}

fn size(size: &Size) -> TokenStream {
    match size {
        Size::Number(n, span) => number(*n, *span).into_token_stream(),
        size => size.value(),
    }
}

/// A number of the proofs, bit by bit.
pub fn typenum(number: usize) -> TokenStream {
    let p = private();
    let mut tokens = quote!(#p::proof::UTerm);
    for bit in (0..usize::BITS - number.leading_zeros()).rev() {
        let bit = format_ident!("B{}", number >> bit & 1);
        tokens = quote!(#p::proof::UInt<#tokens, #p::proof::#bit>);
    }
    tokens
}
