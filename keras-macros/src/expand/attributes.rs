use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, Path, Token};

use crate::check::ours;
use crate::parse::Sequential;

/// The person's attributes. Every model is `Debug` already, so that a `#[derive(Debug)]` has nothing
/// left to do.
pub fn attributes(model: &Sequential) -> TokenStream {
    model.attributes.iter().map(without_debug).collect()
}

fn without_debug(attribute: &Attribute) -> TokenStream {
    if !ours(attribute).is_empty() {
        return without_ours(attribute);
    }
    let parser = Punctuated::<Path, Token![,]>::parse_terminated;
    if !attribute.path().is_ident("derive") {
        return quote!(#attribute);
    }
    // What is wrong with a list is for the derive to say.
    let Ok(paths) = attribute.parse_args_with(parser) else { return quote!(#attribute) };
    let others = paths.iter().filter(|path| path.segments.last().is_none_or(|last| last.ident != "Debug"));
    let others: Vec<&Path> = others.collect();
    if others.is_empty() { quote!() } else { quote!(#[derive(#(#others),*)]) }
}

/// `#[allow(..)]` or `#[warn(..)]` without the names of our own warnings, which the compiler does not know.
fn without_ours(attribute: &Attribute) -> TokenStream {
    let parser = Punctuated::<Path, Token![,]>::parse_terminated;
    let paths = attribute.parse_args_with(parser).unwrap_or_default();
    let others: Vec<&Path> = paths
        .iter()
        .filter(|path| path.segments.first().is_none_or(|first| first.ident != "keras"))
        .collect();
    let word = attribute.path();
    if others.is_empty() { quote!() } else { quote!(#[#word(#(#others),*)]) }
}
