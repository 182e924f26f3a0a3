//! The shapes between the layers.
//!
//! A shape of which the macro knows the numbers is written with them. One that follows from named
//! consts is worked out by const evaluation: all of a run of layers in one table, since a chain of
//! consts would run into the compiler's limit. One that only the type system knows, behind a person's
//! own layer, is asked of it and written as a plain `Rank` again.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

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
            let rank = rank(*value, at(chain, i));
            quote!(type #s = #rank; const #d: #p::Dims = <#s as #p::Shape>::DIMS;)
        }
        Shape::Ruled { rank, rule, .. } if i == 0 => {
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

fn at(chain: &Chain, i: usize) -> proc_macro2::Span {
    if i == 0 { chain.input.span } else { chain.nodes[i - 1].span }
}

fn ruled(chain: &Chain, i: usize) -> bool {
    i > 0 && matches!(chain.shape(i), Shape::Ruled { .. })
}

fn in_run(chain: &Chain, i: usize) -> bool {
    i > 0 && matches!(chain.shape(i), Shape::Ruled { .. } | Shape::Known(_))
}

fn run_start(chain: &Chain, mut i: usize) -> usize {
    while in_run(chain, i - 1) {
        i -= 1;
    }
    i
}

/// The table of the run that begins at `start`.
fn table(chain: &Chain, start: usize) -> TokenStream {
    let p = private();
    let end = (start..=chain.nodes.len()).take_while(|i| in_run(chain, *i)).last().unwrap_or(start);
    let (name, length) = (format_ident!("__keras_G{start}"), end - start + 1);
    let first = ruled(chain, start).then(|| {
        let (local, dims) = (local(start - 1), dims(start - 1));
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
        const #name: [#p::Dims; #length] = { #first #(#values)* [#(#locals),*] };
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
