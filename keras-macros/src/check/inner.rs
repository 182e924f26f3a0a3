//! Layers that stand for several.

use quote::quote;

use super::add;
use super::chain::{Chain, Value};
use super::names::Names;
use crate::diagnostics::{Errors, Message};
use crate::parse::{self, Inner, Layer, Word};

/// All layers, those inside of others included.
pub fn all<'a>(layers: impl IntoIterator<Item = &'a Layer>) -> Vec<&'a Layer> {
    let each = layers.into_iter().map(|layer| match &layer.inner {
        Some(inner) => all(inner.layers()),
        None => vec![layer],
    });
    each.collect::<Vec<_>>().concat()
}

/// More would be a slip of the pen.
const MOST: usize = 1000;

/// Adds layers one after the other; what the last one makes comes back.
pub fn run<'a>(
    chain: &mut Chain,
    layers: impl IntoIterator<Item = &'a Layer>,
    from: Value,
    names: &mut Names,
    errors: &mut Errors,
) -> Value {
    layers.into_iter().fold(from, |from, layer| one(chain, layer, from, names, errors))
}

fn one(chain: &mut Chain, layer: &Layer, from: Value, names: &mut Names, errors: &mut Errors) -> Value {
    let Some(inner) = &layer.inner else {
        let name = names.next(layer);
        return add(chain, layer, vec![from], (name, None), errors);
    };
    if let Some(name) = &layer.name {
        let text = format!("`{}` stands for several layers and has no weights of its own", layer.word.name());
        errors.at(name.span(), Message::new(text).help("give a name to a layer in it"));
    }
    match inner {
        Inner::Residual(layers) => {
            if layers.is_empty() {
                let message = Message::new("a `Residual` needs at least one layer");
                let shape = chain.shape(from);
                let last = if shape.rank().is_some() { shape.show_last() } else { "64".into() };
                let example = match shape.rank() {
                    Some(3) => format!("Conv2D<_, {last}, 3, Relu, padding = Same>"),
                    _ => format!("Dense<_, {last}, Relu>"),
                };
                errors.at(layer.word.span(), message.help(format!("write `Residual<{example}>`, say")));
                return from;
            }
            let end = run(chain, layers, from, names, errors);
            let sum = synthetic("Add", layer);
            let name = names.next(&sum);
            add(chain, &sum, vec![end, from], (name, None), errors)
        }
        Inner::Parallel(merge, ways) => {
            let ends = ways.iter().map(|way| run(chain, way, from, names, errors)).collect();
            let name = names.next(merge);
            add(chain, merge, ends, (name, None), errors)
        }
        Inner::Repeat(count, layers) => {
            let number = match &**count {
                parse::Value::Number(number) => number.size().filter(|n| (1..=MOST).contains(n)),
                _ => None,
            };
            let Some(number) = number else {
                let text = format!(
                    "expected how many times as a number from 1 to {MOST}, but found `{}`",
                    count.show()
                );
                errors.at(count.span(), Message::new(text).help("write `Repeat<3, ..>`, say"));
                return run(chain, layers, from, names, errors);
            };
            // A mistake in it is one mistake, however often it is repeated.
            let mut value = from;
            for _ in 0..number {
                let before = errors.len();
                value = run(chain, layers, value, names, errors);
                if errors.len() > before {
                    break;
                }
            }
            value
        }
    }
}

/// A layer of this name, which points at one that was written.
fn synthetic(name: &str, written: &Layer) -> Layer {
    let name = syn::Ident::new(name, written.word.span());
    let shown = format!("{} of {}", quote!(#name), written.show());
    Layer::new(Word::plain(name), shown)
}
