//! The words of a model with mistakes, for editors: a half-written layer can be completed, and one
//! that is written can be jumped to. The compiler itself never sees them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::names::private;
use crate::parse::{Argument, Sequential, Value};

pub fn words(model: &Sequential) -> TokenStream {
    let p = private();
    let mut words = Vec::new();
    for layer in &model.layers {
        let path = &layer.word.path;
        words.push(quote!(#path));
        for argument in &layer.word.arguments {
            let (Argument::Positional(value) | Argument::Named(_, value)) = argument;
            if let Value::Word(word) = value {
                let path = &word.path;
                words.push(quote!(#path));
            }
        }
    }
    let names = (0..words.len()).map(|i| format_ident!("__keras_W{i}"));
    quote! {
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(rust_analyzer)]
            const _: () = {
                use #p::{activations::*, constraints::*, initializers::*, layers::*, regularizers::*};
                #(type #names = #words;)*
            };
        };
    }
}
