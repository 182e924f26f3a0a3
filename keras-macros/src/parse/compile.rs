use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Result};
use syn::{Error, Expr, Ident, Token};

/// How `compile!` is written.
const USAGE: &str = "usage: compile!(model, optimizer = \"adam\", loss = \"mse\", metrics = [\"mae\"])";

/// A call of `compile!` as written.
#[derive(Debug)]
pub struct Compile {
    pub model: Expr,
    pub arguments: Vec<Named>,
    /// Why the arguments broke off, if they did.
    pub broken: Option<Error>,
}

/// `loss = "mse"`
#[derive(Debug)]
pub struct Named {
    pub name: Ident,
    pub value: Expr,
}

impl Parse for Compile {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.is_empty()
            || input.peek(Ident::peek_any) && input.peek2(Token![=]) && !input.peek2(Token![==])
        {
            return Err(input.error(format!("expected the model before its arguments\n{USAGE}")));
        }
        let model = input.parse()?;
        let mut arguments = Vec::new();
        let broken = read(input, &mut arguments).err();
        if broken.is_some() {
            // One mistake, one error: what follows it is not looked at.
            input.parse::<TokenStream>()?;
        }
        Ok(Self { model, arguments, broken })
    }
}

fn read(input: ParseStream<'_>, arguments: &mut Vec<Named>) -> Result<()> {
    while !input.is_empty() {
        if !input.peek(Token![,]) {
            return Err(input.error(format!("expected `,` before the next argument\n{USAGE}")));
        }
        input.parse::<Token![,]>()?;
        if input.is_empty() {
            break;
        }
        if !input.peek(Ident::peek_any) || !input.peek2(Token![=]) || input.peek2(Token![==]) {
            return Err(input.error(format!("expected the name of an argument and `=`\n{USAGE}")));
        }
        let name = Ident::parse_any(input)?;
        input.parse::<Token![=]>()?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(Error::new(name.span(), format!("`{name}` has no value\n{USAGE}")));
        }
        arguments.push(Named { name, value: input.parse()? });
    }
    Ok(())
}
