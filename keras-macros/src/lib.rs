//! The model macros of `keras-core`.

/// Declares a sequential model.
#[proc_macro]
pub fn sequential(_tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    proc_macro::TokenStream::new()
}
