use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream, Parser, Result};
use syn::{Error, Token};

use super::argument::Value;

/// Several values in one place: `(3, 5)`, `((1, 2), (3, 4))`, or in brackets as in Python.
#[derive(Debug)]
pub struct List {
    pub values: Vec<Value>,
    group: Group,
}

impl Parse for List {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let group: Group = input.parse()?;
        if !matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::Bracket) {
            return Err(Error::new(group.span_open(), "expected `(`"));
        }
        let values = values.parse2(group.stream())?;
        Ok(Self { values, group })
    }
}

fn values(input: ParseStream<'_>) -> Result<Vec<Value>> {
    let mut values = Vec::new();
    while !input.is_empty() {
        values.push(input.parse()?);
        if !input.is_empty() && !input.peek(Token![,]) {
            return Err(
                input.error("expected `,` or `)`\nhelp: a const expression stands in braces: `{ 2 * SIZE }`")
            );
        }
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(values)
}

impl List {
    /// Whether it stands in parentheses.
    pub fn is_tuple(&self) -> bool {
        self.group.delimiter() == Delimiter::Parenthesis
    }

    pub fn show(&self) -> String {
        let values: Vec<String> = self.values.iter().map(Value::show).collect();
        let values = values.join(", ");
        if self.is_tuple() { format!("({values})") } else { format!("[{values}]") }
    }

    /// All of it.
    pub fn span(&self) -> Span {
        self.group.span()
    }
}

impl ToTokens for List {
    /// As a generic argument or an expression.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.group.to_tokens(tokens);
    }
}
