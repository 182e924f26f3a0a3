//! The shapes between the layers.
//!
//! A shape of which the macro knows the numbers is written with them. One that follows from named
//! consts is worked out by const evaluation: all of a run of layers in one table, since a chain of
//! consts would run into the compiler's limit. One that only the type system knows, behind a person's
//! own layer, is asked of it and written as a plain `Rank` again.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::names::{check, dims, private, shape};
use super::types::rank;
use crate::check::{Chain, Shape, local};

/// The name of shape number `i`, if it has one.
pub fn name(chain: &Chain, i: usize) -> TokenStream {
    if !chain.is_named(i) {
        return quote!();
    }
    let (p, s, d) = (private(), shape(i), dims(i));
    match chain.shape(i) {
        Shape::Known(value) => {
            // Numbers in a type are a body of their own each, which the compiler looks through.
            let same = (0..i).rev().find(|j| chain.is_named(*j) && chain.shape(*j).known() == Some(*value));
            let rank = same.map_or_else(|| rank(*value, at(chain, i)), |same| shape(same).to_token_stream());
            let dims = has_dims(chain, i).then(|| quote!(const #d: #p::Dims = <#s as #p::Shape>::DIMS;));
            quote!(type #s = #rank; #dims)
        }
        Shape::Ruled { rank, rule, .. } if chain.maker(i).is_none() => {
            let ty = from_dims(*rank, i);
            quote!(const #d: #p::Dims = #rule; type #s = #ty;)
        }
        Shape::Ruled { rank, .. } => {
            let start = run_start(chain, i);
            let table = if (start..i).any(|j| ruled(chain, j)) { quote!() } else { table(chain, start) };
            let (name, place, ty) = (format_ident!("__keras_G{start}"), i - start, from_dims(*rank, i));
            quote!(#table const #d: #p::Dims = #name[#place]; type #s = #ty;)
        }
        Shape::Own | Shape::Lost => {
            let (ty, check) = (from_dims(None, i), check(i));
            quote!(const #d: #p::Dims = #check; type #s = #ty;)
        }
    }
}

/// Whether the sizes of shape number `i` are a const. Where the macro knows all numbers nothing refers to them,
/// but to those of the inputs.
pub fn has_dims(chain: &Chain, i: usize) -> bool {
    chain.maker(i).is_none() || !chain.is_plain
}

fn at(chain: &Chain, i: usize) -> proc_macro2::Span {
    chain.maker(i).map_or_else(|| chain.inputs[i].span, |node| node.span)
}

fn ruled(chain: &Chain, i: usize) -> bool {
    chain.maker(i).is_some() && matches!(chain.shape(i), Shape::Ruled { .. })
}

fn in_run(chain: &Chain, i: usize) -> bool {
    chain.maker(i).is_some() && matches!(chain.shape(i), Shape::Ruled { .. } | Shape::Known(_))
}

fn run_start(chain: &Chain, mut i: usize) -> usize {
    while i > 0 && in_run(chain, i - 1) {
        i -= 1;
    }
    i
}

/// The table of the run that begins at `start`.
fn table(chain: &Chain, start: usize) -> TokenStream {
    let p = private();
    let last = chain.inputs.len() + chain.nodes.len();
    let end = (start..last).take_while(|i| in_run(chain, *i)).last().unwrap_or(start);
    let (name, length) = (format_ident!("__keras_G{start}"), end - start + 1);
    // What the rules refer to and comes from before.
    let mut before: Vec<usize> = (start..=end)
        .filter(|i| ruled(chain, *i))
        .filter_map(|i| chain.maker(i))
        .flat_map(|node| node.inputs.iter().copied())
        .filter(|value| *value < start)
        .collect();
    before.sort_unstable();
    before.dedup();
    let first = before.into_iter().map(|value| {
        let (local, dims) = (local(value), dims(value));
        quote!(let #local: #p::Dims = #dims;)
    });
    let values = (start..=end).map(|i| {
        let (local, dims) = (local(i), dims(i));
        match chain.shape(i) {
            Shape::Ruled { rule, .. } => quote!(let #local: #p::Dims = #rule;),
            _ => quote!(let #local: #p::Dims = #dims;),
        }
    });
    let locals = (start..=end).map(local);
    quote! {
        const #name: [#p::Dims; #length] = { #(#first)* #(#values)* [#(#locals),*] };
    }
}

/// The plain type of a shape whose value is a const.
fn from_dims(rank: Option<usize>, i: usize) -> TokenStream {
    let (p, d) = (private(), dims(i));
    match rank {
        Some(rank) => {
            let name = format_ident!("Rank{rank}");
            let places = 0..rank;
            quote!(#p::#name<#({ #d.d[#places] }),*>)
        }
        None => {
            quote!(<#p::Sel<{ #d.rank }, { #d.d[0] }, { #d.d[1] }, { #d.d[2] }, { #d.d[3] }> as #p::Pick>::Rank)
        }
    }
}
