//! The shapes between the layers.
//!
//! A shape of which the macro knows the numbers is written with them. One that follows from named
//! consts is worked out by const evaluation: all of a run of layers in one table, since a chain of
//! consts would run into the compiler's limit. One that only the type system knows, behind a person's
//! own layer, is asked of it and written as a plain `Rank` again.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::names::{dims, node, private, shape};
use super::types::rank;
use crate::check::{Chain, Kind, Shape, local};

/// The shapes of a chain: `known[i]` is whether number `i` has a name.
pub struct Shapes {
    pub items: Vec<TokenStream>,
    pub known: Vec<bool>,
}

/// Names for all shapes; after a mistake for those that have one all the same.
pub fn shapes(chain: &Chain) -> Shapes {
    let p = private();
    let mut known = Vec::new();
    let mut items = Vec::new();
    for i in 0..=chain.nodes.len() {
        let span = at(chain, i);
        let (s, d) = (shape(i), dims(i));
        let before = i > 0 && known[i - 1];
        let item = match of(chain, i) {
            Shape::Known(value) => {
                let rank = rank(*value, span);
                quote!(type #s = #rank; const #d: #p::Dims = <#s as #p::Shape>::DIMS;)
            }
            Shape::Ruled { rank, rule, .. } if i == 0 => {
                let ty = from_dims(*rank, i);
                quote!(const #d: #p::Dims = #rule; type #s = #ty;)
            }
            Shape::Ruled { rank, .. } if before => {
                let start = run_start(chain, i);
                let table = if (start..i).any(|j| ruled(chain, j)) { quote!() } else { table(chain, start) };
                let (name, place, ty) = (format_ident!("__keras_G{start}"), i - start, from_dims(*rank, i));
                quote!(#table const #d: #p::Dims = #name[#place]; type #s = #ty;)
            }
            Shape::Own if before && emitted(chain, i, before) => {
                let n = node(i);
                let ty = from_dims(None, i);
                // The type is named here and not in a function of the core: when the layer does not
                // fit, the const is then known to be wrong and nothing is said a second time.
                quote_spanned! {span=>
                    const #d: #p::Dims = <<<#n as #p::Node>::L as #p::Layer<<#n as #p::Node>::In>>::Out
                        as #p::Shape>::DIMS;
                    type #s = #ty;
                }
            }
            Shape::Ruled { .. } | Shape::Own | Shape::Lost => quote!(),
        };
        known.push(!item.is_empty());
        items.push(item);
    }
    Shapes { items, known }
}

/// Whether layer `i` gets a node, when the shape before it has a name.
pub fn emitted(chain: &Chain, i: usize, before: bool) -> bool {
    let made = &chain.nodes[i - 1].made;
    before && made.sound && !matches!(made.kind, Kind::Lost)
}

fn of(chain: &Chain, i: usize) -> &Shape {
    if i == 0 { &chain.input.shape } else { &chain.nodes[i - 1].made.shape }
}

fn at(chain: &Chain, i: usize) -> proc_macro2::Span {
    if i == 0 { chain.input.span } else { chain.nodes[i - 1].span }
}

fn ruled(chain: &Chain, i: usize) -> bool {
    i > 0 && matches!(of(chain, i), Shape::Ruled { .. })
}

fn in_run(chain: &Chain, i: usize) -> bool {
    i > 0 && matches!(of(chain, i), Shape::Ruled { .. } | Shape::Known(_))
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
    let (first, first_dims) = (local(start - 1), dims(start - 1));
    let values = (start..=end).map(|i| {
        let (local, dims) = (local(i), dims(i));
        match of(chain, i) {
            Shape::Ruled { rule, .. } => quote!(let #local: #p::Dims = #rule;),
            _ => quote!(let #local: #p::Dims = #dims;),
        }
    });
    let locals = (start..=end).map(local);
    quote! {
        const #name: [#p::Dims; #length] = { let #first: #p::Dims = #first_dims; #(#values)* [#(#locals),*] };
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
