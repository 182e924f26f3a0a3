use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Result};
use syn::{Attribute, Error, Ident, Meta, Token};

use super::Word;
use super::inner::{self, Inner};

/// One layer as written: `hidden: Dense<_, 64, Relu>`.
#[derive(Debug)]
pub struct Layer {
    /// Its docs, which go to the methods that give access to its weights.
    pub docs: Vec<Attribute>,
    /// Whether training is to leave it as it is: `#[frozen]`.
    pub frozen: bool,
    pub name: Option<Ident>,
    pub word: Word,
    /// What it is made of, if it stands for several.
    pub inner: Option<Inner>,
    /// What messages call it, if it is not what is written.
    pub shown: Option<String>,
}

impl Layer {
    /// One that nobody wrote.
    pub fn new(word: Word, shown: String) -> Self {
        Self { docs: Vec::new(), frozen: false, name: None, word, inner: None, shown: Some(shown) }
    }

    /// As written.
    pub fn show(&self) -> String {
        match (&self.shown, &self.inner) {
            (Some(shown), _) => shown.clone(),
            (None, Some(inner)) => inner.show(),
            (None, None) => self.word.show(),
        }
    }
}

impl Parse for Layer {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let (docs, frozen) = attributes(input.call(Attribute::parse_outer)?)?;
        let mut name = None;
        if input.peek(Ident::peek_any) && input.peek2(Token![:]) && !input.peek2(Token![::]) {
            let ident = input.call(Ident::parse_any)?;
            if syn::parse_str::<Ident>(&ident.to_string()).is_err() {
                return Err(Error::new(
                    ident.span(),
                    format!(
                        "`{ident}` is a word of Rust and cannot name a layer\nhelp: write `{ident}_`, say"
                    ),
                ));
            }
            input.parse::<Token![:]>()?;
            name = Some(ident);
        }
        if input.is_empty() || input.peek(Token![,]) {
            return Err(input.error("expected a layer, such as `Dense<_, 64, Relu>`"));
        }
        if let Some((word, inner)) = inner::parse(input)? {
            no_frozen(frozen, word.span(), &format!("`{word}`"))?;
            return Ok(Self { docs, frozen, name, word: Word::plain(word), inner: Some(inner), shown: None });
        }
        Ok(Self { docs, frozen, name, word: input.parse()?, inner: None, shown: None })
    }
}

/// An error where `#[frozen]` stands before something that is no single layer.
pub fn no_frozen(frozen: bool, at: Span, what: &str) -> Result<()> {
    if frozen {
        let text =
            format!("{what} cannot be frozen as a whole\nhelp: write `#[frozen]` before the layers in it");
        return Err(Error::new(at, text));
    }
    Ok(())
}

/// A layer's docs, and whether it is `#[frozen]`.
pub fn attributes(attributes: Vec<Attribute>) -> Result<(Vec<Attribute>, bool)> {
    let (docs, others): (Vec<_>, Vec<_>) =
        attributes.into_iter().partition(|attribute| attribute.path().is_ident("doc"));
    let frozen =
        |attribute: &Attribute| matches!(&attribute.meta, Meta::Path(path) if path.is_ident("frozen"));
    match others.iter().find(|attribute| !frozen(attribute)) {
        None => Ok((docs, !others.is_empty())),
        Some(other) => Err(Error::new_spanned(
            other,
            "a layer takes no attributes but docs and `#[frozen]`\nhelp: name it as in `hidden: Dense<_, 64>`, and put options after the sizes: `Dense<_, 64, use_bias = false>`",
        )),
    }
}
