use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{Parse, ParseStream, Result};
use syn::{Block, Error, Ident, Lit, Path, Token, parenthesized, token};

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
    /// `Relu`, `HIDDEN`, `LeakyRelu<0.1>`, `my::initializer(3)`
    Word(Word),
}

/// A number, perhaps negative.
#[derive(Debug)]
pub struct Number {
    minus: Option<Token![-]>,
    literal: Lit,
}

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

impl Parse for Number {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let minus = input.parse()?;
        let literal: Lit = input.parse()?;
        match literal {
            Lit::Int(_) | Lit::Float(_) => Ok(Self { minus, literal }),
            other => Err(Error::new(other.span(), "expected a number")),
        }
    }
}

impl Parse for Word {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let path = input.call(Path::parse_mod_style)?;
        let (mut arguments, mut close, mut call) = (Vec::new(), None, None);
        if input.peek(Token![<]) {
            input.parse::<Token![<]>()?;
            while !input.peek(Token![>]) {
                arguments.push(input.parse()?);
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
            Self::Block(block) => block.to_token_stream().to_string(),
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
            Self::Word(word) => word.span(),
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
            Self::Word(word) => word.to_tokens(tokens),
        }
    }
}

impl Number {
    pub fn show(&self) -> String {
        format!("{}{}", if self.minus.is_some() { "-" } else { "" }, self.literal.to_token_stream())
    }

    /// The number as a size, if it can be one.
    pub fn size(&self) -> Option<usize> {
        match &self.literal {
            Lit::Int(int) if self.minus.is_none() && matches!(int.suffix(), "" | "usize") => {
                int.base10_parse().ok()
            }
            _ => None,
        }
    }

    pub fn float(&self) -> Option<f64> {
        let number: f64 = match &self.literal {
            Lit::Int(int) => int.base10_digits().parse().ok()?,
            Lit::Float(float) => float.base10_parse().ok()?,
            _ => return None,
        };
        Some(if self.minus.is_some() { -number } else { number })
    }

    /// The number as a float literal, however it was written.
    pub fn float_tokens(&self) -> TokenStream {
        let span = self.literal.span();
        let mut literal = proc_macro2::Literal::f64_unsuffixed(self.float().unwrap_or(0.0).abs());
        literal.set_span(span);
        let minus = &self.minus;
        quote!(#minus #literal)
    }
}

impl ToTokens for Number {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.minus.to_tokens(tokens);
        self.literal.to_tokens(tokens);
    }
}

impl Word {
    pub fn show(&self) -> String {
        let mut text = self.path.to_token_stream().to_string().replace(' ', "");
        if self.close.is_some() {
            let arguments: Vec<String> = self.arguments.iter().map(Argument::show).collect();
            text += &format!("<{}>", arguments.join(", "));
        }
        if let Some((_, call)) = &self.call {
            text += &format!("({call})");
        }
        text
    }

    /// The last word of the path.
    pub fn name(&self) -> &Ident {
        // A path has at least one segment: the parser saw to it.
        &self.path.segments[self.path.segments.len() - 1].ident
    }

    /// The word, where it is one alone: only such a one can be built in.
    pub fn single(&self) -> Option<String> {
        self.path.get_ident().map(ToString::to_string)
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
