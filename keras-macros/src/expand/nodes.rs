//! The checks that the compiler makes, layer by layer.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::names::{dims, node, private, private_at, shape};
use super::{names, proofs, shapes, types};
use crate::check::{Chain, Kind, Node, Shape};

/// The shapes and nodes of all layers; after a mistake of those that can be checked all the same.
pub fn items(chain: &Chain) -> TokenStream {
    let mut items = input(chain);
    items.extend(shapes::name(chain, 0));
    for i in 1..=chain.nodes.len() {
        if chain.is_checked(i) {
            items.extend(one(chain, i));
        }
        items.extend(shapes::name(chain, i));
        if chain.is_checked(i) && chain.is_named(i) {
            items.extend(agreement(chain, i));
        }
    }
    items
}

/// The input's sizes must not be 0.
fn input(chain: &Chain) -> TokenStream {
    let who = format!("the input `{}`", chain.input.title);
    let checks = chain.input.consts.iter().map(|(size, span)| {
        let (p, span) = (private_at(*span), *span);
        quote_spanned!(span=> const _: ::core::primitive::usize = #p::nonzero(#who, "a size", #size);)
    });
    checks.collect()
}

/// The shape check of a layer, and what const evaluation has to look at.
fn one(chain: &Chain, i: usize) -> TokenStream {
    let layer = &chain.nodes[i - 1];
    let (p, n, input) = (private(), node(i), shape(i - 1));
    let (check, guarded) = guarded(layer, i, &input);
    let who = format!("layer {i} `{}`", layer.title);
    let (at, span) = (private_at(layer.span), layer.span);
    let own = matches!(layer.made.kind, Kind::Own(_))
        .then(|| quote_spanned!(span=> const _: () = #at::check::<#n>(#who);));
    let checks = &layer.made.checks;
    quote! {
        #check
        struct #n;
        #[automatically_derived]
        impl #p::Node for #n { type In = #input; type L = #guarded; }
        #checks
        #own
    }
}

/// A type that is not built in may be wrong in ways that the macro cannot see. It is looked at in one
/// place, a const, and its node depends on that: so one mistake is one error.
fn guarded(layer: &Node, i: usize, input: &Ident) -> (TokenStream, TokenStream) {
    let ty = types::layer(layer, i);
    if !layer.made.is_foreign {
        return (quote!(), ty);
    }
    let (p, at, span, check) = (private(), private_at(layer.span), layer.span, names::check(i));
    let const_ = quote_spanned!(span=> const #check: #at::Dims = #at::output::<#input, #ty>(););
    let plain = types::signature(layer, i);
    (const_, quote!(<#p::Guard<#plain, { #check.rank }> as #p::Guarded>::L))
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
