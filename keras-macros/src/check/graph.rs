//! `model!`: values by name.

use std::collections::{HashMap, HashSet};

use proc_macro2::Span;
use syn::Ident;

use super::chain::{Chain, Value};
use super::hints::check_names;
use super::names::{Names, plain};
use super::spec::INPUT_USAGE;
use super::{add, input};
use crate::diagnostics::{Errors, Message, list, nearest};
use crate::parse::{Call, Graph, Layer, Operand, Statement};

/// What the names stand for.
struct Scope {
    values: HashMap<String, Value>,
    /// Layers for several places: how they are written, and the first place.
    shared: HashMap<String, (Layer, Option<usize>)>,
    /// Whether the model has no input, which was reported: names that are not known may be one.
    lacks_input: bool,
    /// Values that something takes.
    used: HashSet<Value>,
    names: Names,
}

/// Checks a graph. The layers that it is made of are left in its head.
pub fn graph(graph: Graph) -> (crate::parse::Sequential, Chain) {
    let Graph { mut head, statements } = graph;
    let mut errors = Errors::default();
    let given = statements.iter().filter_map(|statement| match statement {
        Statement::Let(_, name, Operand::Call(call)) if !is_shared(call, &statements) => Some(name),
        Statement::Shared(layer) => layer.name.as_ref(),
        _ => None,
    });
    let names = Names::new(given.collect::<Vec<_>>(), &mut errors);
    let mut scope = Scope {
        values: HashMap::new(),
        shared: HashMap::new(),
        lacks_input: false,
        used: HashSet::new(),
        names,
    };
    let mut chain = Chain::of(Vec::new());
    // The inputs come first, wherever they stand: values are numbered from them.
    let (inputs, others): (Vec<_>, Vec<_>) =
        statements.into_iter().partition(|statement| matches!(statement, Statement::Input(_)));
    for statement in inputs {
        let Statement::Input(layer) = statement else { continue };
        let is_input = layer.word.single().is_some_and(|name| name == "Input");
        let mut given = if is_input {
            input::written(&layer, &mut errors)
        } else {
            not_an_input(&layer, &mut errors);
            input::lost("Input", layer.word.span())
        };
        given.name.clone_from(&layer.name);
        if let Some(name) = &layer.name {
            scope.bind(name, chain.inputs.len(), &mut errors);
        }
        chain.inputs.push(given);
        head.layers.push(layer);
    }
    if chain.inputs.is_empty() {
        scope.lacks_input = true;
        if head.broken.is_none() {
            let message = Message::new(format!("the model `{}` has no input", head.name));
            errors.at(head.name.span(), message.help("write `input x: Input<100>;` at its beginning, say"));
        }
        chain.inputs.push(input::lost("Input", head.open));
        chain.inputs[0].name = Some(head.name.clone());
    }
    let mut output: Option<Span> = None;
    for statement in others {
        match statement {
            Statement::Input(_) => {}
            Statement::Shared(layer) => {
                let Some(name) = layer.name.clone() else { continue };
                scope.shared.insert(plain(&name), (layer, None));
            }
            Statement::Let(docs, name, operand) => {
                let value = match operand {
                    Operand::Name(from) => scope.find(&from, &mut errors),
                    Operand::Call(call) => {
                        let name = Some((&name, docs));
                        scope.call(&mut chain, call, name, &mut head.layers, &mut errors)
                    }
                };
                match value {
                    Some(value) => scope.bind(&name, value, &mut errors),
                    // A mistake that was reported: whoever takes it hears nothing more.
                    None => {
                        scope.values.insert(plain(&name), LOST);
                    }
                }
            }
            Statement::Output(at, operands) => {
                if output.replace(at).is_some() {
                    let message = Message::new("the outputs are given in one place");
                    errors.at(at, message.help("write `output a, b;`, once, at the end"));
                }
                for operand in operands {
                    let span = operand.span();
                    let value = match operand {
                        Operand::Name(from) => scope.find(&from, &mut errors),
                        Operand::Call(call) => {
                            scope.call(&mut chain, call, None, &mut head.layers, &mut errors)
                        }
                    };
                    let Some(value) = value.filter(|value| *value != LOST) else { continue };
                    scope.used.insert(value);
                    if chain.outputs.contains(&value) {
                        let message = Message::new(format!("{} is an output already", chain.who(value)));
                        errors.at(span, message.help("leave it out"));
                    } else if chain.maker(value).is_none() {
                        let message = Message::new(format!("{} is an output, unchanged", chain.who(value)));
                        errors.at(span, message.help("leave it out, or put a layer on the way"));
                    } else {
                        chain.outputs.push(value);
                    }
                }
            }
        }
    }
    if output.is_none() && head.broken.is_none() && errors.is_empty() {
        let message = Message::new(format!("the model `{}` has no output", head.name));
        let last = chain.nodes.last().map_or("y", |node| node.mark.as_str());
        errors.at(head.name.span(), message.help(format!("write `output {last};` at the end")));
    }
    if head.broken.is_none() && errors.is_empty() {
        scope.unused(&chain, &mut errors);
    }
    check_names(&head.attributes, &mut errors);
    if let Some(broken) = &head.broken {
        errors.push(broken.clone());
    }
    let chain = chain.finish(errors);
    (head, chain)
}

/// `input x: Dense<100>;`
fn not_an_input(layer: &Layer, errors: &mut Errors) {
    let name = layer.name.as_ref().map_or_else(String::new, Ident::to_string);
    let text = format!("expected `Input<..>` for the input `{name}`, but found `{}`", layer.word.show());
    errors.at(layer.word.span(), Message::new(text).help("write `Input`").usage(INPUT_USAGE));
}

/// A value that a mistake stands for.
const LOST: Value = usize::MAX;

fn is_shared(call: &Call, statements: &[Statement]) -> bool {
    let Some(word) = call.word.path.get_ident() else { return false };
    statements
        .iter()
        .any(|statement| matches!(statement, Statement::Shared(layer) if layer.name.as_ref() == Some(word)))
}

impl Scope {
    fn bind(&mut self, name: &Ident, value: Value, errors: &mut Errors) {
        if self.values.insert(plain(name), value).is_some() {
            // Two layers of one name are reported with the names.
            if !errors.texts_at(name.span()) {
                let message = Message::new(format!("there is a `{name}` already"));
                let help = format!("call it `{name}_2`, say, here and where it is used");
                errors.at(name.span(), message.help(help));
            }
        }
    }

    fn find(&self, name: &Ident, errors: &mut Errors) -> Option<Value> {
        let text = plain(name);
        if let Some(value) = self.values.get(&text) {
            return Some(*value);
        }
        if self.lacks_input {
            return None;
        }
        let mut known: Vec<&str> = self.values.keys().map(String::as_str).collect();
        known.sort_unstable();
        let mut message = match nearest(&text, known.iter().copied()) {
            Some(near) => Message::new(format!("no value named `{text}`; did you mean `{near}`?"))
                .help(format!("write `{near}`")),
            None if known.is_empty() => Message::new(format!("no value named `{text}`")),
            None => Message::new(format!("no value named `{text}`"))
                .help(format!("there are {}", list(known.iter().copied()))),
        };
        if self.shared.contains_key(&text) {
            message = Message::new(format!("`{text}` is a layer, and no value"))
                .help(format!("write `{text}(x)`, with the value that it takes"));
        }
        errors.at(name.span(), message);
        None
    }

    /// Adds a layer with all that it takes.
    fn call(
        &mut self,
        chain: &mut Chain,
        call: Call,
        bound: Option<(&Ident, (Vec<syn::Attribute>, bool))>,
        layers: &mut Vec<Layer>,
        errors: &mut Errors,
    ) -> Option<Value> {
        let Call { word, arguments, span } = call;
        if arguments.is_empty() {
            let text = format!("`{}` is not given anything", word.show());
            errors.at(
                span,
                Message::new(text).help(format!("write `{}(x)`, with the values that it takes", word.show())),
            );
        }
        let mut inputs = Vec::new();
        for argument in arguments {
            inputs.push(match argument {
                Operand::Name(name) => self.find(&name, errors),
                Operand::Call(call) => self.call(chain, call, None, layers, errors),
            });
        }
        let inputs: Option<Vec<Value>> = inputs.into_iter().collect();
        let inputs = inputs.filter(|inputs| !inputs.is_empty() && !inputs.contains(&LOST))?;
        self.used.extend(&inputs);
        let place = word.path.get_ident().map(plain);
        if let Some((layer, first)) = place.as_ref().and_then(|name| self.shared.remove(name)) {
            let name = place.unwrap_or_default();
            let value = self.again(chain, &layer, first, inputs, word.span(), errors);
            let first = first.or_else(|| value.map(|value| value - chain.inputs.len()));
            self.shared.insert(name, (layer, first));
            return value;
        }
        let (name, (docs, frozen)) =
            bound.map_or((None, Default::default()), |(name, said)| (Some(name.clone()), said));
        let layer = Layer { docs, frozen, name, word, inner: None, shown: None };
        let name = self.names.next(&layer);
        let value = add(chain, &layer, inputs, (name, None), errors);
        layers.push(layer);
        Some(value)
    }

    /// One more place of a layer: with the same weights, so for the same shape.
    fn again(
        &mut self,
        chain: &mut Chain,
        layer: &Layer,
        first: Option<usize>,
        inputs: Vec<Value>,
        at: Span,
        errors: &mut Errors,
    ) -> Option<Value> {
        let Some(first) = first else {
            let name = self.names.next(layer);
            return Some(add(chain, layer, inputs, (name, None), errors));
        };
        if chain.nodes[first].made.kind.is("BatchNormalization") {
            let name = &chain.nodes[first].mark;
            let text = format!("`{name}` has a state, so that it can be used in one place only");
            errors.at(at, Message::new(text).help("write a layer of its own for each place"));
            return None;
        }
        let shapes = |values: &[Value]| -> Option<Vec<_>> {
            values.iter().map(|value| chain.shape(*value).known()).collect()
        };
        let node = &chain.nodes[first];
        if let (Some(there), Some(here)) = (shapes(&node.inputs), shapes(&inputs))
            && there != here
        {
            let show = |dims: &[keras_shapes::Dims]| {
                dims.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
            };
            let text = format!(
                "`{}` takes {} here, but {} where it was used first: its weights are the same",
                node.mark,
                show(&here),
                show(&there)
            );
            let help = format!("give it {}, or write a layer of its own for this place", show(&there));
            errors.at(at, Message::new(text).help(help));
            return None;
        }
        let name = self.names.again(layer);
        Some(add(chain, layer, inputs, (name, Some(first)), errors))
    }

    /// What nothing takes is a slip of the pen.
    fn unused(&self, chain: &Chain, errors: &mut Errors) {
        for (value, given) in chain.inputs.iter().enumerate() {
            if !self.used.contains(&value) {
                let name = given.name.as_ref().map_or_else(String::new, ToString::to_string);
                let message = Message::new(format!("the input `{name}` is not used"));
                let span = given.name.as_ref().map_or(given.span, Ident::span);
                errors.at(span, message.help("leave it out, or give it to a layer"));
            }
        }
        for (i, node) in chain.nodes.iter().enumerate() {
            if !self.used.contains(&chain.value(i + 1)) {
                let message = Message::new(format!("what {} makes is not used", node.who));
                errors.at(node.span, message.help("leave it out, give it to a layer, or make it an output"));
            }
        }
        for (name, (layer, first)) in &self.shared {
            if first.is_none() {
                let message = Message::new(format!("the layer `{name}` is not used"));
                errors.at(
                    layer.word.span(),
                    message.help(format!("leave it out, or use it: `let h = {name}(x);`")),
                );
            }
        }
    }
}
