//! What the macro can tell about a model: its shapes, and all that is wrong with it.
//!
//! After a mistake the check goes on with what the layer says it makes, so that one mistake is one
//! error and two are two.

mod bind;
mod chain;
mod flags;
mod input;
mod kind;
mod kinds;
mod large;
mod layers;
mod names;
mod real;
mod site;
mod size;
mod spec;
mod value;
mod walk;
mod words;

pub use chain::{Chain, Node, Setting, Shape};
pub use kind::{Activation, Checked, Kind, TypeArgument};
pub use site::{Site, local};
pub use size::Size;

use crate::diagnostics::{Errors, Message};
use crate::parse::{Layer, Sequential};
use names::Name;

/// Checks a chain of layers.
pub fn sequential(model: &Sequential) -> Chain {
    let mut errors = Errors::default();
    let (input, layers) = input::input(model, &mut errors);
    if layers.is_empty() && model.broken.is_none() {
        let message = if model.layers.is_empty() {
            Message::new("a model needs at least one layer").help("write `Dense<100, 64, Relu>`, say")
        } else {
            Message::new("a model needs at least one layer after its input").help("write `Dense<_, 10>`, say")
        };
        errors.at(model.layers.first().map_or(model.open, |layer| layer.word.span()), message);
    }
    let names = names::assign(layers, &mut errors);
    let mut chain = Chain { input, nodes: Vec::new(), errors: Errors::default() };
    for (layer, name) in layers.iter().zip(names) {
        add(&mut chain, layer, name, &mut errors);
    }
    if let Some(broken) = &model.broken {
        errors.push(broken.clone());
    }
    chain.errors = errors;
    chain
}

fn add(chain: &mut Chain, layer: &Layer, name: Name, errors: &mut Errors) {
    let before = errors.len();
    let site = Site { layer, chain };
    let mut made = layers::check(&site, errors);
    made.sound &= errors.len() == before;
    made.is_foreign = made.kind.is_foreign() || made.kind.takes_image() && site.from().rank().is_none();
    made.sound &= !made.sound || large::fits(&site, &made, errors);
    let behind = chain.is_named(chain.nodes.len());
    let is_named = match made.shape {
        Shape::Known(_) => true,
        Shape::Ruled { .. } => behind,
        Shape::Own => behind && made.sound,
        Shape::Lost => false,
    };
    chain.nodes.push(Node {
        title: layer.word.show(),
        name: name.text,
        method: name.method,
        docs: layer.docs.clone(),
        span: layer.word.span(),
        made,
        is_named,
    });
}
