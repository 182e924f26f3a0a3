//! A checked model for small targets: its layers one after the other in one array, its weights in the program.

use keras_shapes::Dims;
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::LitStr;

use super::attributes::attributes;
use super::values::setting;
use super::{docs, types};
use crate::check::{Activation, Chain, Kind, Node, TypeArgument};
use crate::diagnostics::{Errors, Message, list};
use crate::parse::Sequential;

/// What a layer does with memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// It hands on what it is given.
    Nothing,
    /// It changes what it is given.
    InPlace,
    /// It makes something else.
    Makes,
}

/// The layers that there is code for.
const LAYERS: &[(&str, Form)] = &[
    ("Dense", Form::Makes),
    ("Conv2D", Form::Makes),
    ("DepthwiseConv2D", Form::Makes),
    ("SeparableConv2D", Form::Makes),
    ("MaxPooling2D", Form::Makes),
    ("AveragePooling2D", Form::Makes),
    ("GlobalMaxPooling2D", Form::Makes),
    ("GlobalAveragePooling2D", Form::Makes),
    ("ZeroPadding2D", Form::Makes),
    ("UpSampling2D", Form::Makes),
    ("Activation", Form::InPlace),
    ("BatchNormalization", Form::InPlace),
    ("Dropout", Form::Nothing),
    ("SpatialDropout2D", Form::Nothing),
    ("Flatten", Form::Nothing),
    ("Reshape", Form::Nothing),
];

/// The activations that there is code for.
const ACTIVATIONS: &[&str] = &[
    "Linear",
    "Relu",
    "Sigmoid",
    "Tanh",
    "Softmax",
    "LogSoftmax",
    "Relu6",
    "LeakyRelu",
    "Elu",
    "Selu",
    "Gelu",
    "Silu",
    "HardSigmoid",
    "HardSilu",
    "Softplus",
    "Softsign",
    "Exponential",
    "Mish",
];

/// Options that matter in training only.
const TRAINING: &[&str] = &["_initializer", "_regularizer", "_constraint", "momentum", "rate"];

fn form(node: &Node) -> Option<Form> {
    let name = match &node.made.kind {
        Kind::Reshape => "Reshape",
        Kind::BuiltIn(name, _) => name,
        Kind::Own(_) | Kind::Lost => return None,
    };
    LAYERS.iter().find(|(layer, _)| *layer == name).map(|(_, form)| *form)
}

/// Says of each layer for which there is no code that there is none.
pub fn check(chain: &Chain, errors: &mut Errors) {
    let mut chained = chain.inputs.len() == 1;
    for (i, node) in chain.nodes.iter().enumerate() {
        let who = chain.in_full(&node.who, &node.title);
        if form(node).is_none() {
            let all = list(LAYERS.iter().map(|(layer, _)| *layer));
            let text = format!("{who} cannot be in a model for small targets");
            errors.at(node.span, Message::new(text).help(format!("such models have {all}")));
            continue;
        }
        chained &= node.inputs == [i] && node.shared.is_none();
        lacks(&who, node, errors);
    }
    if errors.is_empty() && !chained {
        let text = "a model for small targets is a chain of layers, each given what the one before it makes";
        errors.at(chain.nodes.first().map_or_else(Span::call_site, |node| node.span), Message::new(text));
    }
}

fn lacks(who: &str, node: &Node, errors: &mut Errors) {
    let mut say = |span: Span, text: String, help: String| {
        errors.at(span, Message::new(text).help(help));
    };
    match node.made.kind.activation() {
        Some(Activation::BuiltIn(name, span)) if !ACTIVATIONS.contains(name) => {
            let all = list(ACTIVATIONS.iter().copied());
            let text = format!("{who}: `{name}` cannot be in a model for small targets");
            say(*span, text, format!("such models have {all}"));
        }
        Some(Activation::Own(_)) => {
            let text = format!("{who}: an activation of one's own cannot be in a model for small targets");
            say(node.span, text, "use one of the built-in ones".into());
        }
        _ => {}
    }
    if let Kind::BuiltIn(_, arguments) = &node.made.kind
        && let Some(TypeArgument::Word(_, "Bilinear", span)) =
            arguments.iter().find(|argument| matches!(argument, TypeArgument::Word(_, "Bilinear", _)))
    {
        let text = format!("{who}: `Bilinear` cannot be in a model for small targets");
        say(*span, text, "such models have `Nearest`".into());
    }
    if node.made.shape.known().is_none() {
        let text = format!("{who}: the sizes of a model for small targets are numbers");
        say(node.span, text, "write the numbers instead of consts".into());
    }
}

/// Everything that the macro call becomes.
pub fn model(model: &Sequential, chain: &Chain, path: &LitStr) -> TokenStream {
    let Some(input) = chain.inputs[0].shape.known() else { return TokenStream::new() };
    let sizes = |node: &Node| node.made.shape.known().unwrap_or(input);
    let output = chain.nodes.last().map_or(input, sizes);
    let (inputs, outputs) = (input.numel(), output.numel());
    let (mut shapes, mut consts) = (shape(0, input), TokenStream::new());
    let (mut owners, mut steps) = (Vec::new(), TokenStream::new());
    // Where the numbers are: in the input, or in the first or the second part of the workspace.
    let (mut at, mut parts) = (None, [0, 0]);
    for (i, node) in chain.nodes.iter().enumerate() {
        let (before, here) = (if i == 0 { input } else { sizes(&chain.nodes[i - 1]) }, sizes(node));
        shapes.extend(shape(i + 1, here));
        let form = form(node).unwrap_or(Form::Nothing);
        if form == Form::Nothing {
            continue;
        }
        let (s, n) = (format_ident!("__keras_S{i}"), format_ident!("__keras_W{i}"));
        let (ty, value, name) = (types::signature(node, chain.value(i + 1)), value(node, i), &node.name);
        let l = format_ident!("__keras_L{i}");
        let who = chain.in_full(&node.who, &node.title);
        let made = format_ident!("__keras_S{}", i + 1);
        consts.extend(quote! {
            type #l = #ty;
            #[allow(long_running_const_eval)]
            const #n: [__keras::Numbers; 4] =
                __keras::find(__keras_FILE, #name, <#l as __keras::Layer<#s>>::VARIABLES);
            const _: () = ::core::assert!(
                __keras::Dims::same(<#l as __keras::Layer<#s>>::OUT, <#made as __keras::Shape>::DIMS),
                #who
            );
        });
        owners.push(quote!((#name, <#l as __keras::Layer<#s>>::VARIABLES)));
        let (from, to) = (before.numel(), here.numel());
        let part = |number: usize| if number == 0 { quote!(__keras_a) } else { quote!(__keras_b) };
        if form == Form::InPlace {
            let number = at.unwrap_or(0);
            let place = part(number);
            if at.is_none() {
                steps.extend(quote!(#place[..#from].copy_from_slice(__keras_x);));
            }
            steps.extend(quote!(__keras::Layer::<#s>::run(&#value, &#n, &[], &mut #place[..#to]);));
            (at, parts[number]) = (Some(number), parts[number].max(to));
        } else {
            let number = at.map_or(0, |number| 1 - number);
            let source = at.map_or_else(|| quote!(__keras_x), &part);
            let place = part(number);
            steps.extend(
                quote!(__keras::Layer::<#s>::run(&#value, &#n, &#source[..#from], &mut #place[..#to]);),
            );
            (at, parts[number]) = (Some(number), parts[number].max(to));
        }
    }
    let last = match at {
        None => quote!(__keras_x),
        Some(0) => quote!(__keras_a),
        Some(_) => quote!(__keras_b),
    };
    let (first, workspace) = (parts[0], parts[0] + parts[1]);
    let variables = owners.iter().map(|owner| quote!(#owner.1));
    let (visibility, name) = (&model.visibility, &model.name);
    let (attributes, table) = (attributes(model), docs::table(model, chain));
    let bytes = if std::path::Path::new(&path.value()).is_absolute() {
        quote!(::core::include_bytes!(#path))
    } else {
        quote!(::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #path)))
    };
    let docs = format!("Predicts for one sample, with a workspace of {} bytes on the stack.", workspace * 4);
    let docs_with = format!("The same in a workspace that is given, of {workspace} floats.");
    // What does not fit is said at the path.
    let fits = quote_spanned!(path.span()=> __keras::check(#path, __keras_FILE, &[#(#owners),*]));
    rebased(quote! {
        #attributes
        #[doc = #table]
        #[derive(::core::fmt::Debug)]
        #visibility struct #name;
        const _: () = {
            use ::keras_core::__private as __keras;
            const __keras_FILE: &[::core::primitive::u8] = #bytes;
            #shapes
            #consts
            #[allow(long_running_const_eval)]
            const _: () = #fits;
            impl ::keras_core::StaticModel for #name {
                type Input = [::core::primitive::f32; #inputs];
                type Output = [::core::primitive::f32; #outputs];
                type Workspace = [::core::primitive::f32; #workspace];
                const PARAMS: ::core::primitive::usize = __keras::params(&[#(#variables),*]);
                const WORKSPACE: ::core::primitive::usize = #workspace;
                fn predict_with(
                    __keras_x: &[::core::primitive::f32; #inputs],
                    __keras_workspace: &mut [::core::primitive::f32; #workspace],
                ) -> [::core::primitive::f32; #outputs] {
                    #[allow(unused_variables)]
                    let (__keras_a, __keras_b) = __keras_workspace.split_at_mut(#first);
                    #steps
                    let mut __keras_y = [0.0; #outputs];
                    __keras_y.copy_from_slice(&#last[..#outputs]);
                    __keras_y
                }
            }
            #[allow(dead_code)]
            impl #name {
                #[doc = #docs]
                #[must_use]
                pub fn predict_static(
                    x: &[::core::primitive::f32; #inputs],
                ) -> [::core::primitive::f32; #outputs] {
                    Self::predict_with(x, &mut [0.0; #workspace])
                }
                #[doc = #docs_with]
                #[must_use]
                pub fn predict_with(
                    x: &[::core::primitive::f32; #inputs],
                    workspace: &mut [::core::primitive::f32; #workspace],
                ) -> [::core::primitive::f32; #outputs] {
                    <Self as ::keras_core::StaticModel>::predict_with(x, workspace)
                }
            }
        };
    })
}

/// The type that nothing else in a person's code is reported because of.
pub fn stub(model: &Sequential, errors: &Errors) -> TokenStream {
    let (visibility, name, errors) = (&model.visibility, &model.name, errors.to_items());
    quote! {
        #visibility struct #name;
        #errors
        #[allow(dead_code)]
        impl #name {
            pub fn predict_static<const N: ::core::primitive::usize, const M: ::core::primitive::usize>(
                _: &[::core::primitive::f32; N],
            ) -> [::core::primitive::f32; M] { loop {} }
        }
    }
}

fn shape(i: usize, dims: Dims) -> TokenStream {
    let (name, sizes) = (format_ident!("__keras_S{i}"), dims.sizes());
    quote! {
        struct #name;
        impl __keras::Shape for #name {
            const DIMS: __keras::Dims = __keras::Dims::new([#(#sizes),*]);
        }
    }
}

/// A layer's value, without what matters in training only.
fn value(node: &Node, i: usize) -> TokenStream {
    let l = format_ident!("__keras_L{i}");
    let mut value = quote!(<#l as ::core::default::Default>::default());
    for call in &node.made.calls {
        let (method, name) = (&call.method, call.method.to_string());
        if !TRAINING.iter().any(|option| name.ends_with(option)) {
            let setting = setting(&call.value);
            value = quote!(#value.#method(#setting));
        }
    }
    value
}

/// The same with the crate for small targets in place of the core.
fn rebased(tokens: TokenStream) -> TokenStream {
    let token = |token: TokenTree| match token {
        TokenTree::Group(group) => {
            let mut new = Group::new(group.delimiter(), rebased(group.stream()));
            new.set_span(group.span());
            TokenTree::Group(new)
        }
        TokenTree::Ident(ident) if ident == "keras_core" => {
            TokenTree::Ident(Ident::new("keras_static", ident.span()))
        }
        token => token,
    };
    tokens.into_iter().map(token).collect()
}
