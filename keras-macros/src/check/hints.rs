//! What can be compiled, but is probably not meant.

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::{Attribute, Path, Token};

use super::chain::{Chain, Node, Shape, Value};
use super::kind::{Activation, Kind, TypeArgument};
use crate::diagnostics::{Errors, Message, list, nearest};

/// A warning.
#[derive(Debug)]
pub struct Hint {
    /// By which it is allowed: `#[allow(keras::dropout_last)]`.
    pub name: &'static str,
    pub span: Span,
    pub text: String,
}

const TWO_LINEAR: &str = "two_linear_layers";
const DROPOUT_LAST: &str = "dropout_last";
const BIAS: &str = "bias_before_normalization";
/// All of them at once.
const ALL: &str = "all";
/// Where a model meets a loss, which the macro does not see: the model's type says it.
const LOGITS: &str = "softmax_then_logits";
const CLASSES: &str = "sigmoid_many_classes";
const NAMES: [&str; 6] = [TWO_LINEAR, DROPOUT_LAST, BIAS, LOGITS, CLASSES, ALL];

/// Those that are not allowed, in the order of the layers.
pub fn hints(chain: &Chain, attributes: &[Attribute]) -> Vec<Hint> {
    let found = chain.nodes.iter().enumerate().flat_map(|(i, node)| {
        [two_linear(chain, node), dropout_last(chain, chain.value(i + 1), node), bias(chain, node)]
    });
    found.flatten().filter(|hint| is_on(hint.name, attributes)).collect()
}

/// Whether there is to be a warning: the last attribute that names it says so, as with the compiler's own.
fn is_on(name: &str, attributes: &[Attribute]) -> bool {
    let named =
        |attribute: &&Attribute| ours(attribute).iter().any(|(other, _)| other == name || other == ALL);
    attributes.iter().rfind(named).is_none_or(|attribute| !attribute.path().is_ident("allow"))
}

/// Which losses a model's output does not fit: of logits, and of one class among many. As far as the
/// macro can see what comes out.
pub fn misfits(chain: &Chain, attributes: &[Attribute]) -> (bool, bool) {
    let last = last_activation(chain);
    let (softmax, sigmoid) = (last == Some("Softmax"), last == Some("Sigmoid"));
    ((softmax || sigmoid) && is_on(LOGITS, attributes), sigmoid && is_on(CLASSES, attributes))
}

/// What the only output went through last, past layers that change no number but by moving it.
fn last_activation(chain: &Chain) -> Option<&'static str> {
    let [output] = chain.outputs.as_slice() else { return None };
    let passes = |kind: &Kind| match kind {
        Kind::Reshape => true,
        kind => ["Flatten", "Dropout", "SpatialDropout2D"].iter().any(|layer| kind.is(layer)),
    };
    let mut value = *output;
    loop {
        let node = chain.maker(value)?;
        if !passes(&node.made.kind) {
            return match node.made.kind.activation() {
                Some(Activation::BuiltIn(name, _)) => Some(name),
                _ => None,
            };
        }
        value = node.inputs[0];
    }
}

/// Reports names of hints that there are not.
pub fn check_names(attributes: &[Attribute], errors: &mut Errors) {
    for (name, span) in attributes.iter().flat_map(ours) {
        if NAMES.contains(&name.as_str()) {
            continue;
        }
        let text = format!("there is no warning `keras::{name}`");
        let message = match nearest(&name, NAMES) {
            Some(near) => {
                Message::new(format!("{text}; did you mean `{near}`?")).help(format!("write `{near}`"))
            }
            None => Message::new(text).help(format!("there are {}", list(NAMES))),
        };
        errors.at(span, message);
    }
}

/// The names in `#[allow(keras::dropout_last)]`, `#[warn(keras::all)]`.
pub fn ours(attribute: &Attribute) -> Vec<(String, Span)> {
    if !["allow", "warn"].iter().any(|word| attribute.path().is_ident(word)) {
        return Vec::new();
    }
    let paths = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
    let is_ours = |path: &Path| path.segments.len() == 2 && path.segments[0].ident == "keras";
    let paths = paths.into_iter().flatten().filter(is_ours);
    paths.map(|path| (path.segments[1].ident.to_string(), path.segments[1].ident.span())).collect()
}

/// A linear layer behind a linear layer is one linear layer, unless it is narrower than what is around it:
/// a product of two thin matrices has its uses.
fn two_linear(chain: &Chain, node: &Node) -> Option<Hint> {
    if !node.made.kind.is("Dense") {
        return None;
    }
    let (before, alone) = behind(chain, node.inputs[0])?;
    let text = format!(
        "{} has no activation, so that with {} it computes no more than one layer would; \
         write `{}`, say, or allow it: `#[allow(keras::{TWO_LINEAR})]`",
        chain.in_full(&before.who, &before.title),
        chain.in_full(&node.who, &node.title),
        activated(&before.title)
    );
    let width = |shape: &Shape| shape.known().map(|dims| dims.d[dims.rank - 1]);
    let around = width(chain.shape(before.inputs[0])).zip(width(&node.made.shape));
    let is_wide = width(&before.made.shape).zip(around).is_some_and(|(own, (from, to))| own >= from.min(to));
    let found = alone && is_wide && before.made.kind.is("Dense") && is_linear(&before.made.kind);
    found.then_some(Hint { name: TWO_LINEAR, span: before.span, text })
}

/// What is dropped at the end is dropped from the predictions' own values.
fn dropout_last(chain: &Chain, value: Value, node: &Node) -> Option<Hint> {
    let drops = ["Dropout", "SpatialDropout2D"].iter().any(|layer| node.made.kind.is(layer));
    let text = format!(
        "{} is the last layer: in training it replaces predictions by 0; \
         leave it out, put it before a layer, or allow it: `#[allow(keras::{DROPOUT_LAST})]`",
        chain.in_full(&node.who, &node.title)
    );
    // Whoever has a model that learns nothing means it.
    let learns = chain.nodes.iter().any(|node| node.made.params != Some(0));
    let is_last = learns && chain.outputs.contains(&value);
    (drops && is_last).then_some(Hint { name: DROPOUT_LAST, span: node.span, text })
}

/// A normalization subtracts the mean, and with it what was added to all.
fn bias(chain: &Chain, node: &Node) -> Option<Hint> {
    let is_centered = |kind: &Kind| flag(kind).is_none_or(|flag| flag == "true");
    if !node.made.kind.is("BatchNormalization") || !is_centered(&node.made.kind) {
        return None;
    }
    let before = chain.maker(node.inputs[0])?;
    let kind = &before.made.kind;
    let convolves =
        ["Dense", "Conv2D", "DepthwiseConv2D", "SeparableConv2D"].iter().any(|layer| kind.is(layer));
    let biased = convolves && flag(kind).is_none_or(|flag| flag == "true");
    let text = format!(
        "the bias of {} has no effect: {} subtracts the mean, and has a bias of its own; \
         add `use_bias = false`, or allow it: `#[allow(keras::{BIAS})]`",
        chain.in_full(&before.who, &before.title),
        chain.in_full(&node.who, &node.title)
    );
    let found = biased && is_linear(kind) && users(chain, node.inputs[0]) == 1;
    found.then_some(Hint { name: BIAS, span: before.span, text })
}

/// The layer that makes a value, past dropout, and whether nothing else takes what it makes.
fn behind(chain: &Chain, mut value: Value) -> Option<(&Node, bool)> {
    let mut alone = true;
    loop {
        alone &= users(chain, value) == 1;
        let node = chain.maker(value)?;
        if !node.made.kind.is("Dropout") {
            return Some((node, alone && node.shared.is_none()));
        }
        value = node.inputs[0];
    }
}

/// How many places take a value.
fn users(chain: &Chain, value: Value) -> usize {
    let taken = chain.nodes.iter().flat_map(|node| &node.inputs).chain(&chain.outputs);
    taken.filter(|other| **other == value).count()
}

fn is_linear(kind: &Kind) -> bool {
    matches!(kind.activation(), None | Some(Activation::BuiltIn("Linear", _)))
}

/// The first flag of a layer's type, if it is not left out.
fn flag(kind: &Kind) -> Option<String> {
    let Kind::BuiltIn(_, arguments) = kind else { return None };
    arguments.iter().find_map(|argument| match argument {
        TypeArgument::Flag(tokens) => Some(tokens.to_string()),
        _ => None,
    })
}

/// `Dense<_, 64>` with an activation.
fn activated(title: &str) -> String {
    let mut parts: Vec<&str> = title.trim_end_matches('>').split(", ").collect();
    match parts.iter().position(|part| part.contains(" = ") || *part == "Linear") {
        Some(at) if parts[at] == "Linear" => parts[at] = "Relu",
        Some(at) => parts.insert(at, "Relu"),
        None => parts.push("Relu"),
    }
    format!("{}>", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn activations_stand_behind_the_sizes() {
        assert_eq!(activated("Dense<_, 64>"), "Dense<_, 64, Relu>");
        assert_eq!(activated("Dense<4, 64, Linear>"), "Dense<4, 64, Relu>");
        assert_eq!(activated("Dense<4, 64, use_bias = false>"), "Dense<4, 64, Relu, use_bias = false>");
    }
}
