use proc_macro2::Span;
use syn::parse::{ParseStream, Result};
use syn::{Attribute, Error, Ident, Token, Visibility};

use super::Layer;

/// Which of its two forms the macro was called in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `sequential! { pub struct Mlp< .. > }`
    Item,
    /// `sequential!(< .. >)`
    Expression,
}

/// A chain of layers as written.
#[derive(Debug)]
pub struct Sequential {
    pub form: Form,
    pub attributes: Vec<Attribute>,
    pub visibility: Visibility,
    pub name: Ident,
    /// The `<` before the layers.
    pub open: Span,
    pub layers: Vec<Layer>,
    /// Why the list of layers broke off, if it did.
    pub broken: Option<Error>,
}

impl Sequential {
    pub fn parse(input: ParseStream<'_>) -> Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let (form, visibility, name);
        if attributes.is_empty() && input.peek(Token![<]) {
            form = Form::Expression;
            visibility = Visibility::Inherited;
            name = Ident::new("__keras_Sequential", Span::call_site());
        } else {
            form = Form::Item;
            visibility = input.parse()?;
            if attributes.is_empty() && visibility == Visibility::Inherited && !input.peek(Token![struct]) {
                return Err(input.error(
                    "expected `struct` or `<`\nusage: sequential! { pub struct Name< Dense<100, 64, Relu>, Dense<64, 1> > }\n   or: sequential!(< Dense<100, 64, Relu>, Dense<64, 1> >)",
                ));
            }
            if !input.peek(Token![struct]) {
                return Err(input.error(
                    "expected `struct`\nusage: sequential! { pub struct Name< Dense<100, 64, Relu>, Dense<64, 1> > }",
                ));
            }
            input.parse::<Token![struct]>()?;
            name = input.parse()?;
        }
        if !input.peek(Token![<]) {
            let broken = Some(input.error(format!(
                "expected the layers of `{name}`\nusage: sequential! {{ pub struct {name}< Dense<100, 64, Relu>, Dense<64, 1> > }}"
            )));
            input.parse::<proc_macro2::TokenStream>()?;
            let (open, layers) = (name.span(), Vec::new());
            return Ok(Self { form, attributes, visibility, name, open, layers, broken });
        }
        let open = input.parse::<Token![<]>()?.spans[0];
        let mut layers = Vec::new();
        let last = last_span(input).unwrap_or(open);
        let mut broken = read(input, &mut layers).err();
        if broken.is_some() && input.is_empty() {
            broken = Some(Error::new(
                last,
                "the list of layers breaks off here: expected `>`\nhelp: write the rest of the layers and a `>`",
            ));
        }
        if broken.is_none() && form == Form::Item && input.peek(Token![<]) {
            // `struct Mlp<T>< .. >`: what was read are no layers.
            let help =
                format!("help: leave it out: `struct {name}< .. >`, and `{name}<Cpu>` where it is used");
            let text = "a model has no generic parameters: the only one is its backend, which it has anyway";
            let at = layers.first().map_or(open, |layer| layer.word.span());
            broken = Some(Error::new(at, format!("{text}\n{help}")));
            layers.clear();
        } else if broken.is_none() {
            broken = end(input).err();
        }
        if broken.is_some() {
            // One mistake, one error: what follows it is not looked at.
            input.parse::<proc_macro2::TokenStream>()?;
        }
        Ok(Self { form, attributes, visibility, name, open, layers, broken })
    }
}

fn last_span(input: ParseStream<'_>) -> Option<Span> {
    let rest: proc_macro2::TokenStream = input.fork().parse().ok()?;
    rest.into_iter().last().map(|token| token.span())
}

fn read(input: ParseStream<'_>, layers: &mut Vec<Layer>) -> Result<()> {
    while !input.peek(Token![>]) {
        if input.peek(Token![const]) || input.peek(syn::Lifetime) {
            return Err(input.error(
                "a model has no parameters of its own: its sizes are known when it is declared\nhelp: use a const: `const HIDDEN: usize = 64;` and `Dense<100, HIDDEN>`",
            ));
        }
        layers.push(input.parse()?);
        if !input.peek(Token![>]) {
            if !input.is_empty() && !input.peek(Token![,]) {
                return Err(input.error("expected `,` or `>` after a layer\nhelp: put a `,` before it"));
            }
            input.parse::<Token![,]>()?;
        }
    }
    input.parse::<Token![>]>()?;
    Ok(())
}

fn end(input: ParseStream<'_>) -> Result<()> {
    input.parse::<Option<Token![;]>>()?;
    if input.is_empty() {
        return Ok(());
    }
    Err(input.error("expected nothing after the layers: one model a macro call\nhelp: give each model a macro call of its own"))
}
