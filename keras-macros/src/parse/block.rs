//! Blocks: parts of a graph that are written once and used in several places.

use std::collections::HashMap;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream, Result};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, Token, braced, parenthesized};

use super::argument::Argument;
use super::graph::{Call, Operand};

/// `block twice<F>(x) { let a = Dense<_, F, Relu>(x); let b = Dense<_, F>(a); output b; }`
#[derive(Clone, Debug)]
pub struct Block {
    pub name: Ident,
    parameters: Vec<Ident>,
    inputs: Vec<Ident>,
    body: TokenStream,
    output: Ident,
}

impl Parse for Block {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name: Ident = input.parse()?;
        let mut parameters = Vec::new();
        if input.peek(Token![<]) {
            input.parse::<Token![<]>()?;
            while !input.peek(Token![>]) {
                parameters.push(input.parse()?);
                if !input.peek(Token![>]) {
                    input.parse::<Token![,]>()?;
                }
            }
            input.parse::<Token![>]>()?;
        }
        let given;
        parenthesized!(given in input);
        let inputs = Punctuated::<Ident, Token![,]>::parse_terminated(&given)?.into_iter().collect();
        let inner;
        braced!(inner in input);
        let all: Vec<TokenTree> = inner.parse::<TokenStream>()?.into_iter().collect();
        let at = all.iter().rposition(|token| matches!(token, TokenTree::Ident(i) if i == "output"));
        let output = at.and_then(|at| match (&all[at + 1..], at) {
            ([TokenTree::Ident(output)], at) => Some((at, output.clone())),
            ([TokenTree::Ident(output), TokenTree::Punct(end)], at) if end.as_char() == ';' => {
                Some((at, output.clone()))
            }
            _ => None,
        });
        let Some((at, output)) = output else {
            let text = format!(
                "the block `{name}` does not say what it gives\nhelp: end it with `output b;`, the name of one of its values"
            );
            return Err(Error::new(name.span(), text));
        };
        let body = all[..at].iter().cloned().collect();
        Ok(Self { name, parameters, inputs, body, output })
    }
}

impl Block {
    /// The statements of one use: its values are called after `name`, its output is `name` itself.
    pub fn instantiate(&self, name: &Ident, call: &Call) -> Result<TokenStream> {
        let Self { parameters, inputs, body, output, .. } = self;
        let usage = || {
            let list = |idents: &[Ident]| idents.iter().map(Ident::to_string).collect::<Vec<_>>().join(", ");
            let parameters =
                if parameters.is_empty() { String::new() } else { format!("<{}>", list(parameters)) };
            format!("usage: {}{parameters}({})", self.name, list(inputs))
        };
        let wrong = |what: &str, needs: usize, found: usize| {
            let count = |n: usize| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
            let verb = if found == 1 { "is" } else { "are" };
            let text = format!("the block `{}` takes {}, but {found} {verb} given", self.name, count(needs));
            Error::new(call.word.span(), format!("{text}\n{}", usage()))
        };
        if call.word.arguments.len() != parameters.len() {
            return Err(wrong("parameter", parameters.len(), call.word.arguments.len()));
        }
        if call.arguments.len() != inputs.len() {
            return Err(wrong("value", inputs.len(), call.arguments.len()));
        }
        let mut words: HashMap<String, TokenStream> = HashMap::new();
        for (parameter, argument) in parameters.iter().zip(&call.word.arguments) {
            let Argument::Positional(value) = argument else {
                let text = format!("the block `{}` has no options\n{}", self.name, usage());
                return Err(Error::new(call.word.span(), text));
            };
            words.insert(parameter.to_string(), value.to_token_stream());
        }
        let mut before = TokenStream::new();
        for (i, (input, argument)) in inputs.iter().zip(&call.arguments).enumerate() {
            let given = match argument {
                Operand::Name(value) => value.clone(),
                Operand::Call(inner) => {
                    let value = Ident::new(&format!("{name}_in{i}"), inner.word.span());
                    let call = inner.tokens();
                    before.extend(quote!(let #value = #call;));
                    value
                }
            };
            words.insert(input.to_string(), given.to_token_stream());
        }
        let inner: Vec<Ident> = bindings(body.clone());
        for binding in &inner {
            let new = if binding == output {
                name.clone()
            } else {
                Ident::new(&format!("{name}_{binding}"), binding.span())
            };
            words.insert(binding.to_string(), new.to_token_stream());
        }
        if !inner.contains(output) {
            let text = format!("the block `{}` has no value `{output}`", self.name);
            return Err(Error::new(output.span(), text));
        }
        before.extend(replace(body.clone(), &words));
        Ok(before)
    }
}

impl Call {
    fn tokens(&self) -> TokenStream {
        let word = &self.word;
        let arguments = self.arguments.iter().map(|argument| match argument {
            Operand::Name(name) => name.to_token_stream(),
            Operand::Call(call) => call.tokens(),
        });
        quote!(#word(#(#arguments),*))
    }
}

/// What is bound by `let`.
fn bindings(body: TokenStream) -> Vec<Ident> {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let pairs = tokens.windows(2).filter_map(|pair| match pair {
        [TokenTree::Ident(word), TokenTree::Ident(name)] if word == "let" || word == "layer" => {
            Some(name.clone())
        }
        _ => None,
    });
    pairs.collect()
}

fn replace(tokens: TokenStream, words: &HashMap<String, TokenStream>) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(ref word) => {
                words.get(&word.to_string()).cloned().unwrap_or_else(|| token.into_token_stream())
            }
            TokenTree::Group(group) => {
                let mut new = Group::new(group.delimiter(), replace(group.stream(), words));
                new.set_span(group.span());
                TokenTree::Group(new).into()
            }
            token => token.into(),
        })
        .collect()
}
