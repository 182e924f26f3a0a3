use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

/// Where the core keeps what the macros name.
pub fn private() -> TokenStream {
    quote!(::keras_core::__private)
}

/// The same, pointing at a person's token: what goes wrong there is theirs.
pub fn private_at(span: Span) -> TokenStream {
    quote_spanned!(span=> ::keras_core::__private)
}

/// The node of a layer, counted from 1.
pub fn node(i: usize) -> Ident {
    format_ident!("__keras_N{i}")
}

/// The shape after a layer; that of the input is number 0.
pub fn shape(i: usize) -> Ident {
    format_ident!("__keras_S{i}")
}

/// Its value.
pub fn dims(i: usize) -> Ident {
    format_ident!("__keras_D{i}")
}

/// The sizes that a layer which is not built in says it makes: its shape check.
pub fn check(i: usize) -> Ident {
    format_ident!("__keras_C{i}")
}

/// The type of a layer. The compiler names it where one of its sizes is wrong, so it is a word that a
/// person can read.
pub fn layer(mark: &str) -> Ident {
    format_ident!("layer_{mark}")
}

/// The name of the model's backend parameter, which must not be the model's own.
pub fn backend(model: &Ident) -> Ident {
    if model == "B" { format_ident!("Device") } else { format_ident!("B") }
}

/// Generated code is not for a person's lints to judge.
pub fn lints() -> TokenStream {
    quote! {
        #[allow(
            clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction, dead_code, missing_docs,
            missing_debug_implementations, non_camel_case_types, non_snake_case, non_upper_case_globals,
            unreachable_pub, unused, unused_qualifications, unnameable_types, private_bounds, private_interfaces, single_use_lifetimes,
            elided_lifetimes_in_paths, deprecated
        )]
    }
}
