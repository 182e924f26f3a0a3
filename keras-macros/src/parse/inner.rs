//! Layers that stand for several: `Residual<..>`, `Parallel<..>`, `Repeat<..>`.

use syn::parse::{ParseStream, Result};
use syn::{Ident, Token, token};

use super::argument::Value;
use super::{Layer, Word};

/// What such a layer is made of.
#[derive(Debug)]
pub enum Inner {
    /// `Residual<Dense<_, 8, Relu>, Dense<_, 8>>`: its layers, and what goes in is added.
    Residual(Vec<Layer>),
    /// `Parallel<Concatenate, [Dense<_, 8>], [Dense<_, 4>]>`: several ways, and how they are joined.
    Parallel(Box<Layer>, Vec<Vec<Layer>>),
    /// `Repeat<3, Dense<_, 8, Relu>>`: its layers several times, each time with weights of its own.
    Repeat(Box<Value>, Vec<Layer>),
}

/// The layer that begins here, if it is one of these.
pub fn parse(input: ParseStream<'_>) -> Result<Option<(Ident, Inner)>> {
    let fork = input.fork();
    let Ok(word) = fork.parse::<Ident>() else { return Ok(None) };
    if !fork.peek(Token![<]) || !["Residual", "Parallel", "Repeat"].contains(&word.to_string().as_str()) {
        return Ok(None);
    }
    let word: Ident = input.parse()?;
    input.parse::<Token![<]>()?;
    let inner = match word.to_string().as_str() {
        "Residual" => Inner::Residual(layers(input)?),
        "Repeat" => {
            if input.peek(Token![_]) || input.peek(Token![>]) {
                return Err(input.error(REPEAT));
            }
            let count = input.parse()?;
            if !input.peek(Token![,]) {
                return Err(input.error(REPEAT));
            }
            input.parse::<Token![,]>()?;
            Inner::Repeat(Box::new(count), layers(input)?)
        }
        _ => {
            let merge: Word = input.parse()?;
            let merge =
                Layer { docs: Vec::new(), frozen: false, name: None, word: merge, inner: None, shown: None };
            let mut ways = Vec::new();
            while input.peek(Token![,]) {
                input.parse::<Token![,]>()?;
                if input.peek(Token![>]) {
                    break;
                }
                if !input.peek(token::Bracket) {
                    return Err(input.error(PARALLEL));
                }
                let way;
                syn::bracketed!(way in input);
                let list = way.parse_terminated(|input| input.parse::<Layer>(), Token![,])?;
                ways.push(list.into_iter().collect());
            }
            if ways.len() < 2 {
                return Err(input.error(PARALLEL));
            }
            Inner::Parallel(Box::new(merge), ways)
        }
    };
    input.parse::<Token![>]>()?;
    Ok(Some((word, inner)))
}

const REPEAT: &str =
    "expected how many times, and the layers\nhelp: write `Repeat<3, Dense<_, 64, Relu>>`, say";
const PARALLEL: &str = "expected how to join, and two or more lists of layers\nhelp: write `Parallel<Concatenate, [Dense<_, 8, Relu>], [Dense<_, 4>]>`, say; `[]` is what goes in, unchanged";

fn layers(input: ParseStream<'_>) -> Result<Vec<Layer>> {
    let mut layers = Vec::new();
    while !input.peek(Token![>]) {
        layers.push(input.parse()?);
        if !input.peek(Token![>]) {
            if !input.is_empty() && !input.peek(Token![,]) {
                return Err(input.error("expected `,` or `>` after a layer\nhelp: put a `,` before it"));
            }
            input.parse::<Token![,]>()?;
        }
    }
    Ok(layers)
}

impl Inner {
    /// As written.
    pub fn show(&self) -> String {
        let list = |layers: &[Layer]| layers.iter().map(Layer::show).collect::<Vec<_>>().join(", ");
        match self {
            Self::Residual(layers) => format!("Residual<{}>", list(layers)),
            Self::Repeat(count, layers) => format!("Repeat<{}, {}>", count.show(), list(layers)),
            Self::Parallel(merge, ways) => {
                let ways: Vec<String> = ways.iter().map(|way| format!("[{}]", list(way))).collect();
                format!("Parallel<{}, {}>", merge.show(), ways.join(", "))
            }
        }
    }

    /// The layers in it.
    pub fn layers(&self) -> Vec<&Layer> {
        match self {
            Self::Residual(layers) | Self::Repeat(_, layers) => layers.iter().collect(),
            Self::Parallel(merge, ways) => core::iter::once(&**merge).chain(ways.iter().flatten()).collect(),
        }
    }
}
