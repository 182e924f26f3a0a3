//! Layers and shapes as types.

use keras_shapes::Dims;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::names::{private, private_at, shape};
use crate::check::{Activation, Kind, Node, Size};

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

/// The type of layer number `i`, all of its tokens pointing at the person's.
pub fn layer(node: &Node, i: usize) -> TokenStream {
    let span = node.span;
    let p = private_at(span);
    let built_in = |name: &str| {
        let name = Ident::new(name, span);
        quote_spanned!(span=> #p::layers::#name)
    };
    match &node.made.kind {
        Kind::Dense { inputs, units, activation, bias } => {
            let dense = built_in("Dense");
            let (inputs, units) = (size(inputs), size(units));
            let activation = self::activation(activation, span);
            let bias = bias.as_ref().map(|bias| quote_spanned!(span=> , #bias));
            quote_spanned!(span=> #dense<#inputs, #units, #activation #bias>)
        }
        Kind::Activation(word) => {
            let (layer, word) = (built_in("Activation"), activation(word, span));
            quote_spanned!(span=> #layer<#word>)
        }
        Kind::Dropout { .. } => built_in("Dropout"),
        Kind::Flatten => built_in("Flatten"),
        Kind::Reshape { .. } => {
            let reshape = built_in("Reshape");
            let to =
                node.made.shape.known().map_or_else(|| shape(i).into_token_stream(), |dims| rank(dims, span));
            quote_spanned!(span=> #reshape<#to>)
        }
        Kind::Own(ty) => ty.clone(),
        Kind::Lost => quote!(),
    }
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
