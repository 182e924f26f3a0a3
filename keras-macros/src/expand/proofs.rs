//! Proofs of the arithmetic by trait selection, where the macro knows the numbers.

use proc_macro2::TokenStream;
use quote::quote;

use super::names::private;
use super::types::typenum;
use crate::check::{Chain, Kind};

/// Flattening and reshaping keep the number of elements: the products of the sizes are one number.
pub fn proof(chain: &Chain, i: usize) -> TokenStream {
    let layer = &chain.nodes[i - 1];
    let (Some(from), Some(to)) = (chain.shape(layer.inputs[0]).known(), layer.made.shape.known()) else {
        return quote!();
    };
    if !matches!(layer.made.kind, Kind::Reshape) && !layer.made.kind.is("Flatten") {
        return quote!();
    }
    let p = private();
    let sizes = |sizes: &[usize]| {
        let sizes = sizes.iter().map(|size| typenum(*size));
        quote!((#(#sizes,)*))
    };
    let (from, to) = (sizes(from.sizes()), sizes(to.sizes()));
    quote!(const _: () = #p::proof::same::<<#from as #p::proof::Count>::Out, <#to as #p::proof::Count>::Out>();)
}
