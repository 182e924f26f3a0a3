use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::parse::{Parse, ParseStream, Result};
use syn::{Block, Ident, Lit, Token, token};

use super::list::List;
use super::number::Number;
use super::word::Word;

/// What stands between a layer's `<` and `>`.
#[derive(Debug)]
pub enum Argument {
    /// `64`, `Relu`
    Positional(Value),
    /// `use_bias = false`
    Named(Ident, Value),
}

/// A value in a list of arguments.
#[derive(Debug)]
pub enum Value {
    /// `_`
    Infer(Token![_]),
    /// `64`, `-0.5`
    Number(Number),
    /// `true`, `"text"`
    Literal(Lit),
    /// `{ 2 * HIDDEN }`
    Block(Block),
    /// `(3, 5)`, `[3, 5]`
    List(List),
    /// `Relu`, `HIDDEN`, `LeakyRelu<0.1>`, `my::initializer(3)`
    Word(Word),
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(Ident) && input.peek2(Token![=]) {
            let name = input.parse()?;
            input.parse::<Token![=]>()?;
            return Ok(Self::Named(name, input.parse()?));
        }
        input.parse().map(Self::Positional)
    }
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(Token![_]) {
            input.parse().map(Self::Infer)
        } else if input.peek(Token![-]) || input.peek(syn::LitInt) || input.peek(syn::LitFloat) {
            input.parse().map(Self::Number)
        } else if input.peek(Lit) {
            input.parse().map(Self::Literal)
        } else if input.peek(token::Brace) {
            input.parse().map(Self::Block)
        } else if input.peek(token::Paren) || input.peek(token::Bracket) {
            input.parse().map(Self::List)
        } else if input.peek(Ident) || input.peek(Token![::]) || is_path_keyword(input) {
            input.parse().map(Self::Word)
        } else {
            Err(input
                .error("expected a size, an activation or an option (a const expression stands in braces)"))
        }
    }
}

fn is_path_keyword(input: ParseStream<'_>) -> bool {
    input.peek(Token![self]) || input.peek(Token![super]) || input.peek(Token![crate])
}

impl Argument {
    /// As it was written.
    pub fn show(&self) -> String {
        match self {
            Self::Positional(value) => value.show(),
            Self::Named(name, value) => format!("{name} = {}", value.show()),
        }
    }
}

impl Value {
    pub fn show(&self) -> String {
        match self {
            Self::Infer(_) => "_".into(),
            Self::Number(number) => number.show(),
            Self::Literal(literal) => literal.to_token_stream().to_string(),
            Self::Block(block) => shown(block),
            Self::List(list) => list.show(),
            Self::Word(word) => word.show(),
        }
    }

    /// The token to point at.
    pub fn span(&self) -> Span {
        match self {
            Self::Infer(token) => token.span,
            Self::Number(number) => number.literal.span(),
            Self::Literal(literal) => literal.span(),
            Self::Block(block) => block.brace_token.span.open(),
            Self::List(list) => list.span(),
            Self::Word(word) => word.span(),
        }
    }

    /// The tokens to point at: of a negative number the sign, too.
    pub fn point(&self) -> TokenStream {
        match self {
            Self::Number(number) => number.to_token_stream(),
            _ => {
                let span = self.span();
                quote_spanned!(span=> _)
            }
        }
    }

    pub fn word(&self) -> Option<&Word> {
        if let Self::Word(word) = self { Some(word) } else { None }
    }
}

impl ToTokens for Value {
    /// As a generic argument.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Infer(token) => token.to_tokens(tokens),
            Self::Number(number) => number.to_tokens(tokens),
            Self::Literal(literal) => literal.to_tokens(tokens),
            Self::Block(block) => block.to_tokens(tokens),
            Self::List(list) => list.to_tokens(tokens),
            Self::Word(word) => word.to_tokens(tokens),
        }
    }
}

/// Tokens as a person writes them.
pub fn shown(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(" ,", ",").replace(" :: ", "::")
}
