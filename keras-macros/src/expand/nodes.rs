//! The checks that the compiler makes, layer by layer.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::names::{dims, node, private, private_at, shape};
use super::shapes::{emitted, shapes};
use super::{proofs, types};
use crate::check::{Chain, Kind, Shape};

/// The shapes and nodes of all layers; after a mistake of those that can be checked all the same.
pub fn items(chain: &Chain) -> TokenStream {
    let shapes = shapes(chain);
    let mut items = TokenStream::new();
    for (i, shape) in shapes.items.iter().enumerate() {
        if i > 0 && emitted(chain, i, shapes.known[i - 1]) {
            items.extend(one(chain, i));
        }
        items.extend(shape.clone());
        if i > 0 && emitted(chain, i, shapes.known[i - 1]) && shapes.known[i] {
            items.extend(agreement(chain, i));
        }
    }
    items
}

/// The shape check of a layer, and what const evaluation has to look at.
fn one(chain: &Chain, i: usize) -> TokenStream {
    let layer = &chain.nodes[i - 1];
    let (p, n, input, ty) = (private(), node(i), shape(i - 1), types::layer(layer, i));
    let who = format!("layer {i} `{}`", layer.title);
    let (at, span) = (private_at(layer.span), layer.span);
    let checks = match &layer.made.kind {
        Kind::Own(_) => quote_spanned!(span=> const _: () = #at::check::<#n>(#who);),
        Kind::Reshape { compare: Some(compare) } => quote_spanned!(span=> const _: () = #compare;),
        Kind::Dropout { rate: Some((rate, span)) } => {
            let (name, at, span) = (format_ident!("__keras_R{i}"), private_at(*span), *span);
            quote_spanned!(span=> const #name: ::core::primitive::f64 = #at::rate(#who, #rate);)
        }
        _ => quote!(),
    };
    quote! {
        struct #n;
        #[automatically_derived]
        impl #p::Node for #n { type In = #input; type L = #ty; }
        #checks
    }
}

/// The macro's arithmetic must be that of the layer.
fn agreement(chain: &Chain, i: usize) -> TokenStream {
    let layer = &chain.nodes[i - 1];
    if matches!(layer.made.shape, Shape::Own) {
        return quote!();
    }
    let (p, n, d) = (private(), node(i), dims(i));
    let who = format!("layer {i} `{}`", layer.title);
    let proof = proofs::proof(chain, i);
    quote!(const _: () = #p::agree(#who, #d, #p::dims::<#n>()); #proof)
}
