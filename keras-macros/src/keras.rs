//! `keras_model!`, `onnx_model!`: a model whose layers stand in a file of Keras, or of ONNX.
//!
//! The file is read while the macro runs and written down in the words of `sequential!` or `model!`; from
//! there on all is as if a person had written it, with every span at the path.

use std::path::{Path, PathBuf};

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{ParseStream, Parser, Result};
use syn::{Attribute, Error, Ident, LitStr, Token, Visibility};

use crate::diagnostics::Errors;
use crate::expand::private;
use crate::{check, expand, parse};

/// What kind of file it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Keras,
    #[cfg(feature = "onnx")]
    Onnx,
}

impl Kind {
    fn usage(self) -> &'static str {
        match self {
            Self::Keras => "usage: keras_model! { pub struct Net = \"path/model.keras\" }",
            #[cfg(feature = "onnx")]
            Self::Onnx => "usage: onnx_model! { pub struct Net = \"path/model.onnx\" }",
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Keras => "a file of Keras",
            #[cfg(feature = "onnx")]
            Self::Onnx => "an ONNX file",
        }
    }

    /// The layers in our words; or all problems.
    fn read(
        self,
        path: &Path,
    ) -> std::result::Result<(keras_files::Graph, keras_files::dsl::Dsl), Vec<String>> {
        let unread = |error: String| vec![format!("{}: {error}", path.display())];
        let graph = match self {
            Self::Keras => {
                let file = keras_files::File::open(path).map_err(|error| unread(error.to_string()))?;
                file.graph().map_err(|error| error.problems)?
            }
            #[cfg(feature = "onnx")]
            Self::Onnx => {
                let bytes = std::fs::read(path).map_err(|error| unread(error.to_string()))?;
                let file =
                    onnx_files::Model::from_bytes(&bytes).map_err(|error| unread(error.to_string()))?;
                onnx_files::import(&file).map_err(|error| error.problems)?.graph
            }
        };
        let dsl = keras_files::dsl::dsl(&graph).map_err(|error| error.problems)?;
        Ok((graph, dsl))
    }

    /// The function that makes a model with the file's weights.
    fn pretrained(self) -> TokenStream {
        match self {
            Self::Keras => quote!(pretrained),
            #[cfg(feature = "onnx")]
            Self::Onnx => quote!(onnx_pretrained),
        }
    }

    /// The macro that goes through all files of a folder.
    fn each(self) -> Ident {
        let name = match self {
            Self::Keras => "keras_files",
            #[cfg(feature = "onnx")]
            Self::Onnx => "onnx_files",
        };
        Ident::new(name, Span::call_site())
    }

    /// Whether a file of a folder is one.
    fn is(self, file: &str) -> bool {
        match self {
            Self::Keras => {
                let ends = [".keras", ".h5", ".hdf5"].iter().any(|end| file.ends_with(end));
                ends && !file.ends_with(".weights.h5")
            }
            #[cfg(feature = "onnx")]
            Self::Onnx => file.ends_with(".onnx"),
        }
    }
}

/// `pub struct Net = "path/model.keras"`
struct Asked {
    kind: Kind,
    attributes: Vec<Attribute>,
    visibility: Visibility,
    name: Ident,
    path: LitStr,
}

impl Asked {
    fn parse(kind: Kind, input: ParseStream<'_>) -> Result<Self> {
        let usage = kind.usage();
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        if !input.peek(Token![struct]) {
            return Err(input.error(format!("expected `struct`\n{usage}")));
        }
        input.parse::<Token![struct]>()?;
        let name = input.parse()?;
        if !input.peek(Token![=]) {
            return Err(input.error(format!("expected `=` and the path of {}\n{usage}", kind.what())));
        }
        input.parse::<Token![=]>()?;
        let path = input.parse()?;
        input.parse::<Option<Token![;]>>()?;
        if !input.is_empty() {
            return Err(input.error("expected nothing after the path: one model a macro call\nhelp: give each model a macro call of its own"));
        }
        Ok(Self { kind, attributes, visibility, name, path })
    }
}

pub fn model(kind: Kind, tokens: TokenStream) -> TokenStream {
    match (|input: ParseStream<'_>| Asked::parse(kind, input)).parse2(tokens) {
        Ok(asked) => asked.expand().unwrap_or_else(|error| asked.stub(error)),
        Err(error) => error.to_compile_error(),
    }
}

impl Asked {
    fn expand(&self) -> Result<TokenStream> {
        let span = self.path.span();
        let problem = |problems: Vec<String>| {
            let all = problems.join("\n");
            let text = if problems.len() > 1 {
                format!("`{}` cannot be a model:\n{all}", self.path.value())
            } else {
                format!("`{}` cannot be a model: {all}", self.path.value())
            };
            Error::new(span, text)
        };
        let file = rooted(&self.path.value());
        let (graph, dsl) = self.kind.read(&file).map_err(problem)?;
        let body: TokenStream = dsl.body.parse().map_err(|error| problem(vec![format!("{error}")]))?;
        let (attributes, visibility, name) = (&self.attributes, &self.visibility, &self.name);
        let body = at(body, span);
        // Nobody can rewrite what is in a file.
        let written = ["two_linear_layers", "dropout_last", "bias_before_normalization"]
            .map(|name| Ident::new(name, span));
        let tokens = quote!(#[allow(#(keras::#written),*)] #(#attributes)* #visibility struct #name #body);
        let said =
            |errors: &Errors| problem(errors.texts().into_iter().map(|text| named(text, &graph)).collect());
        let (model, chain) = if dsl.is_chain {
            let model = parse::sequential(tokens).map_err(|errors| said(&errors))?;
            let chain = check::sequential(&model);
            (model, chain)
        } else {
            check::graph(parse::graph(tokens).map_err(|errors| said(&errors))?)
        };
        if !chain.errors.is_empty() {
            return Err(said(&chain.errors));
        }
        let expanded = expand::model(&model, &chain);
        let pretrained = self.pretrained();
        Ok(quote!(#expanded #pretrained))
    }

    /// What stands in the file is not known, but its model's name is: nothing else lights up.
    fn stub(&self, error: Error) -> TokenStream {
        let (visibility, name, p) = (&self.visibility, &self.name, private());
        let Ok(model) = parse::sequential(quote!(#visibility struct #name< Input<1>, Flatten >)) else {
            return error.to_compile_error();
        };
        let mut chain = check::sequential(&model);
        chain.errors = Errors::default();
        chain.errors.push(error);
        chain.nodes.clear();
        chain.outputs.clear();
        for input in &mut chain.inputs {
            input.shape = check::Shape::Lost;
        }
        let expanded = expand::model(&model, &chain);
        quote! {
            #expanded
            #[automatically_derived]
            impl<__KerasB: #p::Backend> #name<__KerasB> {
                #[doc(hidden)]
                pub fn pretrained() -> #p::Result<Self> { loop {} }
            }
        }
    }

    /// The file's weights lie in the program. That it is named here makes cargo build anew when it changes.
    fn pretrained(&self) -> TokenStream {
        let (p, name, path) = (private(), &self.name, self.path.value());
        let doc = format!("The model with the weights of `{path}`, which lie in the program.");
        let pretrained = self.kind.pretrained();
        let bytes = if Path::new(&path).is_absolute() {
            quote!(::core::include_bytes!(#path))
        } else {
            quote!(::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #path)))
        };
        quote! {
            #[automatically_derived]
            impl<__KerasB: #p::Backend + ::core::default::Default> #name<__KerasB> {
                #[doc = #doc]
                ///
                /// # Errors
                /// If the device has not enough memory, or a weight is not finite.
                pub fn pretrained() -> #p::Result<Self> {
                    #p::#pretrained(::core::default::Default::default(), #bytes, #path)
                }
            }
        }
    }
}

/// A message about a chain, in which layers have numbers, with the layer's name in the file.
fn named(text: String, graph: &keras_files::Graph) -> String {
    let rest = text.strip_prefix("layer ");
    let number = rest.and_then(|rest| rest.split([' ', ':']).next()).and_then(|n| n.parse::<usize>().ok());
    let call = number.and_then(|number| graph.calls.get(number.checked_sub(1)?));
    match (number, call) {
        (Some(number), Some(call)) => {
            let start = format!("layer {number}");
            format!("the layer `{}`{}", graph.layers[call.layer].path, &text[start.len()..])
        }
        _ => text,
    }
}

/// A path as it is meant: from the folder of the crate's Cargo.toml.
fn rooted(path: &str) -> PathBuf {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    root.join(path)
}

/// All tokens with this span.
fn at(tokens: TokenStream, span: Span) -> TokenStream {
    let token = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = TokenTree::Group(Group::new(group.delimiter(), at(group.stream(), span)));
        }
        token.set_span(span);
        token
    };
    tokens.into_iter().map(token).collect()
}

/// `keras_models! { "folder" }`: a module of models, one for each file in the folder that can be one, and a
/// list of what is missing for each of the others.
pub fn models(kind: Kind, tokens: TokenStream) -> TokenStream {
    let folder: LitStr = match syn::parse2(tokens) {
        Ok(folder) => folder,
        Err(error) => return error.to_compile_error(),
    };
    let read = std::fs::read_dir(rooted(&folder.value()));
    let mut files: Vec<String> = match read {
        Ok(files) => files.flatten().map(|file| file.file_name().to_string_lossy().into_owned()).collect(),
        Err(error) => {
            return Error::new(folder.span(), format!("`{}`: {error}", folder.value())).to_compile_error();
        }
    };
    files.retain(|file| kind.is(file));
    files.sort();
    let (mut items, mut found) = (TokenStream::new(), TokenStream::new());
    let each_file = kind.each();
    for file in files {
        let path = LitStr::new(&format!("{}/{file}", folder.value()), folder.span());
        let name = Ident::new(&keras_files::camel(&file), folder.span());
        let asked = Asked {
            kind,
            attributes: vec![syn::parse_quote!(#[doc = #file])],
            visibility: syn::parse_quote!(pub),
            name: name.clone(),
            path,
        };
        match asked.expand() {
            Ok(model) => {
                items.extend(model);
                found.extend(quote!($each!(#file, #name);));
            }
            Err(error) => {
                let error = error.to_string();
                found.extend(quote!($missing!(#file, #error);));
            }
        }
    }
    quote! {
        #items
        /// Calls `each!(file, Type)` for each file that is a model here, and `missing!(file, reason)` for each
        /// other.
        macro_rules! #each_file { ($each:ident, $missing:ident) => { #found } }
    }
}
