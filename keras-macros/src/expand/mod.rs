//! The Rust code of a checked model.
//!
//! For each layer there is a hidden node, whose one obligation `L: Layer<In>` is the shape check that
//! the compiler makes, pointing at the person's own tokens. All other names begin with `__keras_` and
//! lie in a block, so that they meet none of the person's; all paths begin with `::`.

mod accessors;
mod architecture;
mod as_layer;
mod attributes;
mod blocks;
mod compile;
mod docs;
mod functions;
mod hints;
mod known;
mod names;
mod nodes;
mod plan;
mod proofs;
mod shapes;
pub mod small;
mod stub;
mod types;
mod values;
mod words;

pub use compile::compile;
use proc_macro2::TokenStream;
use quote::quote;

use crate::check::Chain;
use crate::parse::{Form, Sequential};
#[cfg(feature = "keras-files")]
pub use names::private;
#[cfg(not(feature = "keras-files"))]
use names::private;

/// Everything that the macro call becomes.
pub fn model(model: &Sequential, chain: &Chain) -> TokenStream {
    let p = private();
    let (struct_, block, hints) = if chain.errors.is_empty() {
        (architecture::struct_(model, chain), architecture::items(model, chain), hints::items(model, chain))
    } else {
        (stub::struct_(model), stub::items(model, chain), TokenStream::new())
    };
    let conditions = model.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let lints = names::lints();
    let items = quote! {
        #struct_
        #(#conditions)*
        #lints
        const _: () = { #block };
        #hints
    };
    match model.form {
        Form::Item => items,
        Form::Expression => {
            let name = &model.name;
            quote! {{
                #items
                (|__keras_seed| <#name<#p::Cpu> as #p::Model>::new(__keras_seed))
                    as fn(::core::primitive::u64) -> #name<#p::Cpu>
            }}
        }
    }
}
