//! `model!`: a graph, statement by statement.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser, Result};
use syn::{Attribute, Error, Ident, Token, token};

use super::block::Block;
use super::layer::{attributes, no_frozen};
use super::model::{Form, Sequential};
use super::{Layer, Word};
use crate::diagnostics::nearest;

const USAGE: &str =
    "usage: model! { pub struct Name { input x: Input<100>; let h = Dense<_, 64, Relu>(x); output h; } }";

/// A graph as written.
#[derive(Debug)]
pub struct Graph {
    /// Its name and attributes; the layers are those of all statements.
    pub head: Sequential,
    pub statements: Vec<Statement>,
}

#[derive(Debug)]
pub enum Statement {
    /// `input x: Input<100>;`
    Input(Layer),
    /// `layer embed: Dense<_, 64>;`: a layer for several places.
    Shared(Layer),
    /// `let h = Dense<_, 64>(x);`
    Let((Vec<Attribute>, bool), Ident, Operand),
    /// `output a, b;`
    Output(Span, Vec<Operand>),
}

/// A value: by its name, or as what a layer makes of others.
#[derive(Debug)]
pub enum Operand {
    Name(Ident),
    Call(Call),
}

/// `Dense<_, 64>(x)`
#[derive(Debug)]
pub struct Call {
    pub word: Word,
    pub arguments: Vec<Operand>,
    /// What stands around the arguments.
    pub span: Span,
}

impl Graph {
    pub fn parse(input: ParseStream<'_>) -> Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        if !input.peek(Token![struct]) {
            return Err(input.error(format!("expected `struct`\n{USAGE}")));
        }
        input.parse::<Token![struct]>()?;
        let name: Ident = input.parse()?;
        let mut head = Sequential {
            form: Form::Item,
            attributes,
            visibility,
            open: name.span(),
            name,
            layers: Vec::new(),
            broken: None,
        };
        let mut statements = Vec::new();
        if !input.peek(token::Brace) {
            let text = format!("expected `{{` and the statements of `{}`\n{USAGE}", head.name);
            head.broken = Some(input.error(text));
            input.parse::<TokenStream>()?;
            return Ok(Self { head, statements });
        }
        let inner;
        head.open = syn::braced!(inner in input).span.open();
        let mut blocks = HashMap::new();
        head.broken = read(&inner, &mut blocks, &mut statements).err();
        if head.broken.is_some() {
            // One mistake, one error: what follows it is not looked at.
            inner.parse::<TokenStream>()?;
        }
        input.parse::<Option<Token![;]>>()?;
        if head.broken.is_none() && !input.is_empty() {
            head.broken = Some(input.error("expected nothing after the model: one model a macro call\nhelp: give each model a macro call of its own"));
        }
        input.parse::<TokenStream>()?;
        Ok(Self { head, statements })
    }
}

/// Reads statements to the end.
pub fn read(
    input: ParseStream<'_>,
    blocks: &mut HashMap<String, Block>,
    statements: &mut Vec<Statement>,
) -> Result<()> {
    while !input.is_empty() {
        let attributes = attributes(input.call(Attribute::parse_outer)?)?;
        let word = input.fork().call(Ident::parse_any).map(|word| word.to_string()).unwrap_or_default();
        match word.as_str() {
            "input" => {
                let word = input.call(Ident::parse_any)?;
                no_frozen(attributes.1, word.span(), "an input")?;
                statements.push(Statement::Input(named(input, attributes, &word)?));
            }
            "layer" => {
                let word = input.call(Ident::parse_any)?;
                statements.push(Statement::Shared(named(input, attributes, &word)?));
            }
            "block" => {
                input.call(Ident::parse_any)?;
                let block: Block = input.parse()?;
                blocks.insert(block.name.to_string(), block);
                continue;
            }
            "output" => {
                let span = input.call(Ident::parse_any)?.span();
                let mut values = Vec::new();
                while !input.is_empty() && !input.peek(Token![;]) {
                    values.push(input.parse()?);
                    if !input.peek(Token![;]) && !input.is_empty() {
                        input.parse::<Token![,]>()?;
                    }
                }
                statements.push(Statement::Output(span, values));
            }
            "let" => {
                input.parse::<Token![let]>()?;
                let name: Ident = input.parse()?;
                input.parse::<Token![=]>()?;
                let value: Operand = input.parse()?;
                match &value {
                    Operand::Call(call) if is_block(call, blocks) => {
                        end(input)?;
                        no_frozen(attributes.1, call.word.span(), "a block")?;
                        let block = &blocks[&call.word.name().to_string()];
                        let body = block.instantiate(&name, call)?;
                        let inner = |input: ParseStream<'_>| read(input, &mut blocks.clone(), statements);
                        inner.parse2(body)?;
                        continue;
                    }
                    Operand::Call(call) => {
                        misspelt(call, blocks, statements)?;
                        statements.push(Statement::Let(attributes, name, value));
                    }
                    Operand::Name(_) => statements.push(Statement::Let(attributes, name, value)),
                }
            }
            _ => {
                return Err(
                    input.error(format!("expected `input`, `let`, `layer`, `block` or `output`\n{USAGE}"))
                );
            }
        }
        end(input)?;
    }
    Ok(())
}

fn is_block(call: &Call, blocks: &HashMap<String, Block>) -> bool {
    call.word.path.get_ident().is_some_and(|name| blocks.contains_key(&name.to_string()))
}

/// A word that is neither a layer nor a block, but nearly a block.
fn misspelt(call: &Call, blocks: &HashMap<String, Block>, statements: &[Statement]) -> Result<()> {
    let Some(word) = call.word.path.get_ident() else { return Ok(()) };
    let is_layer = |statement: &Statement| matches!(statement, Statement::Shared(layer) if layer.name.as_ref() == Some(word));
    if word.to_string().starts_with(char::is_uppercase) || statements.iter().any(is_layer) {
        return Ok(());
    }
    let mut known: Vec<&str> = blocks.keys().map(String::as_str).collect();
    known.sort_unstable();
    match nearest(&word.to_string(), known) {
        Some(near) => {
            let text = format!("no block named `{word}`; did you mean `{near}`?\nhelp: write `{near}`");
            Err(Error::new(word.span(), text))
        }
        None => Ok(()),
    }
}

fn end(input: ParseStream<'_>) -> Result<()> {
    if input.is_empty() {
        return Err(input.error("expected `;`\nhelp: end the statement with it"));
    }
    if !input.peek(Token![;]) {
        return Err(input.error("expected `;` after a statement\nhelp: put a `;` before it"));
    }
    input.parse::<Token![;]>()?;
    Ok(())
}

/// `x: Input<100>`
fn named(input: ParseStream<'_>, (docs, frozen): (Vec<Attribute>, bool), what: &Ident) -> Result<Layer> {
    let name: Ident = input.parse()?;
    if !input.peek(Token![:]) {
        let example = if what == "input" { "input x: Input<100>" } else { "layer embed: Dense<_, 64>" };
        return Err(input.error(format!("expected `:`\nhelp: write `{example}`, say")));
    }
    input.parse::<Token![:]>()?;
    Ok(Layer { docs, frozen, name: Some(name), word: input.parse()?, inner: None, shown: None })
}

impl Parse for Operand {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut word: Word = input.parse()?;
        match word.call.take() {
            Some((paren, tokens)) => {
                let arguments = (|input: ParseStream<'_>| {
                    let list = input.parse_terminated(Self::parse, Token![,])?;
                    Ok(list.into_iter().collect())
                })
                .parse2(tokens)?;
                Ok(Self::Call(Call { word, arguments, span: paren.span.join() }))
            }
            None => match word.path.get_ident() {
                Some(name) if word.close.is_none() => Ok(Self::Name(name.clone())),
                _ => Err(Error::new(
                    word.span(),
                    format!(
                        "`{0}` is not given anything\nhelp: write `{0}(x)`, with the values that it takes",
                        word.show()
                    ),
                )),
            },
        }
    }
}

impl Operand {
    pub fn span(&self) -> Span {
        match self {
            Self::Name(name) => name.span(),
            Self::Call(call) => call.word.span(),
        }
    }
}
