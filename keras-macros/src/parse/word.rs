use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{Parse, ParseStream, Result};
use syn::{Ident, Path, Token, parenthesized, token};

use super::argument::{Argument, shown};

/// A path, with what it is applied to.
#[derive(Debug)]
pub struct Word {
    pub path: Path,
    /// What stands in `<..>`.
    pub arguments: Vec<Argument>,
    /// The closing `>`.
    pub close: Option<Span>,
    /// What stands in `(..)`.
    pub call: Option<(token::Paren, TokenStream)>,
}

impl Parse for Word {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let path = input.call(Path::parse_mod_style)?;
        let (mut arguments, mut close, mut call) = (Vec::new(), None, None);
        if input.peek(Token![<]) {
            input.parse::<Token![<]>()?;
            while !input.peek(Token![>]) {
                arguments.push(input.parse()?);
                if !input.is_empty() && !input.peek(Token![>]) && !input.peek(Token![,]) {
                    return Err(input.error(
                        "expected `,` or `>`\nhelp: a const expression stands in braces: `{ 2 * HIDDEN }`",
                    ));
                }
                if !input.peek(Token![>]) {
                    input.parse::<Token![,]>()?;
                }
            }
            close = Some(input.parse::<Token![>]>()?.spans[0]);
        }
        if input.peek(token::Paren) {
            let inner;
            let paren = parenthesized!(inner in input);
            call = Some((paren, inner.parse()?));
        }
        Ok(Self { path, arguments, close, call })
    }
}

impl Word {
    /// A name alone.
    pub fn plain(name: Ident) -> Self {
        Self { path: name.into(), arguments: Vec::new(), close: None, call: None }
    }

    pub fn show(&self) -> String {
        let mut text = self.path.to_token_stream().to_string().replace(' ', "");
        if self.close.is_some() {
            let arguments: Vec<String> = self.arguments.iter().map(Argument::show).collect();
            text += &format!("<{}>", arguments.join(", "));
        }
        if let Some((_, call)) = &self.call {
            text += &format!("({})", shown(call));
        }
        text
    }

    /// The last word of the path.
    pub fn name(&self) -> &Ident {
        // A path has at least one segment: the parser saw to it.
        &self.path.segments[self.path.segments.len() - 1].ident
    }

    /// The word, where it can be built in: one alone, or a type of the core, `keras_core::layers::Dense`.
    pub fn single(&self) -> Option<String> {
        let name = self.name().to_string();
        let from_core = self.path.segments[0].ident == "keras_core" && name.starts_with(char::is_uppercase);
        (from_core || self.path.get_ident().is_some()).then_some(name)
    }

    pub fn span(&self) -> Span {
        self.name().span()
    }

    /// From its first token to its last, to point at all of it.
    pub fn whole(&self) -> TokenStream {
        let path = &self.path;
        let end = self.close.map(|span| quote_spanned!(span=> >));
        quote!(#path #end)
    }

    /// The word as an expression: `Scale::<3>`, `scale(3)`.
    pub fn expression(&self) -> TokenStream {
        let (path, call) = (&self.path, self.call_tokens());
        if self.close.is_none() {
            return quote!(#path #call);
        }
        let generics = self.generics();
        quote!(#path::#generics #call)
    }

    fn generics(&self) -> Option<TokenStream> {
        let span = self.close?;
        let values = self.arguments.iter().map(|argument| match argument {
            Argument::Positional(value) | Argument::Named(_, value) => value,
        });
        Some(quote_spanned!(span=> <#(#values),*>))
    }

    fn call_tokens(&self) -> Option<TokenStream> {
        let (paren, inner) = self.call.as_ref()?;
        let mut tokens = TokenStream::new();
        paren.surround(&mut tokens, |tokens| inner.to_tokens(tokens));
        Some(tokens)
    }
}

impl ToTokens for Word {
    /// As a type or a generic argument: `Scale<3>`.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.path.to_tokens(tokens);
        self.generics().to_tokens(tokens);
        self.call_tokens().to_tokens(tokens);
    }
}
