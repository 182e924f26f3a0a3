//! What the macro can tell about a model: its shapes, and all that is wrong with it.
//!
//! After a mistake the check goes on with what the layer says it makes, so that one mistake is one
//! error and two are two.

mod bind;
mod chain;
pub mod compile;
mod flags;
mod functions;
mod graph;
mod hints;
mod inner;
mod input;
mod kind;
mod kinds;
mod large;
mod layers;
mod names;
mod parameters;
mod real;
mod site;
mod size;
mod spec;
mod value;
mod walk;
pub mod words;

pub use chain::{Chain, Node, Setting, Shape, Value};
pub use graph::graph;
pub use hints::{hints, misfits, ours};
pub use kind::{Activation, Checked, Kind, TypeArgument};
pub use site::{Site, local};
pub use size::Size;

use crate::diagnostics::{Errors, Message};
use crate::parse::{Layer, Sequential};
use names::{Name, Names};

/// Checks a chain of layers.
pub fn sequential(model: &Sequential) -> Chain {
    let mut errors = Errors::default();
    let (input, layers) = input::input(model, &mut errors);
    if layers.is_empty() && model.broken.is_none() {
        let message = if model.layers.is_empty() {
            Message::new("a model needs at least one layer").help("write `Dense<100, 64, Relu>`, say")
        } else {
            Message::new("a model needs at least one layer after its input")
                .help("put `Dense<_, 10>` behind it, say")
        };
        errors.at(model.layers.first().map_or(model.open, |layer| layer.word.span()), message);
    }
    let given = inner::all(layers).into_iter().filter_map(|layer| layer.name.as_ref());
    let mut names = Names::new(given, &mut errors);
    let mut chain = Chain::of(vec![input]);
    let output = inner::run(&mut chain, layers, 0, &mut names, &mut errors);
    chain.outputs.push(output);
    hints::check_names(&model.attributes, &mut errors);
    if let Some(broken) = &model.broken {
        errors.push(broken.clone());
    }
    chain.finish(errors)
}

/// Adds a layer that takes these values; the value that it makes comes back.
fn add(
    chain: &mut Chain,
    layer: &Layer,
    inputs: Vec<Value>,
    (name, shared): (Name, Option<usize>),
    errors: &mut Errors,
) -> Value {
    let before = errors.len();
    let number = chain.nodes.len() + 1;
    let (who, mark) = if chain.is_graph() {
        (format!("`{}`", name.text), name.text.clone())
    } else {
        (format!("layer {number}"), number.to_string())
    };
    let site = Site { layer, chain, inputs: &inputs, who: &who, mark: &mark };
    let mut made = layers::check(&site, errors);
    made.sound &= errors.len() == before;
    made.is_foreign = made.kind.is_foreign() || made.kind.takes_image() && site.from().rank().is_none();
    made.sound &= !made.sound || large::fits(&site, &made, errors);
    let behind = inputs.iter().all(|value| chain.is_named(*value));
    let is_named = match made.shape {
        Shape::Known(_) => true,
        Shape::Ruled { .. } => behind,
        Shape::Own => behind && made.sound,
        Shape::Lost => false,
    };
    chain.nodes.push(Node {
        inputs,
        shared,
        who,
        mark,
        title: layer.show(),
        name: name.text,
        method: name.method,
        docs: layer.docs.clone(),
        frozen: layer.frozen,
        span: layer.word.span(),
        made,
        is_named,
    });
    chain.value(number)
}
