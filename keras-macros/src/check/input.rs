//! What the model is given: `Input<..>`, or the inputs of a first `Dense`.

use keras_shapes::{Dims, numel_text};
use quote::{ToTokens, quote};

use super::chain::{Input, Shape};
use super::kind::is_on_images;
use super::size::{Size, size};
use super::spec::INPUT_USAGE;
use super::words::{ACTIVATIONS, Found, LAYERS};
use crate::diagnostics::{Errors, Message};
use crate::parse::{Argument, Layer, Sequential, Value};

/// The input and the layers after it.
pub fn input<'a>(model: &'a Sequential, errors: &mut Errors) -> (Input, &'a [Layer]) {
    let layers = model.layers.as_slice();
    let Some((first, others)) = layers.split_first() else {
        return (lost("Input", model.open), layers);
    };
    match first.word.single().as_deref() {
        Some("Input") => {
            if let Some(name) = &first.name {
                let message = Message::new("an input has no name: it is not a layer").help("leave it out");
                errors.at(name.span(), message);
            }
            (written(first, errors), others)
        }
        name => (inferred(first, name, errors), layers),
    }
}

/// `Input<28, 28, 1>`
pub fn written(layer: &Layer, errors: &mut Errors) -> Input {
    let word = &layer.word;
    let before = errors.len();
    let mut sizes = sizes(&word.arguments, "an input", INPUT_USAGE, errors);
    if errors.len() == before && (sizes.is_empty() || sizes.len() > 4 || word.call.is_some()) {
        let text = match sizes.len() {
            0 => "an input needs its sizes, which are those of one sample".to_owned(),
            n => {
                format!("an input has 1 to 4 sizes, those of one sample without the batch, but {n} are given")
            }
        };
        errors.over(word.whole(), Message::new(text).usage(INPUT_USAGE));
    }
    for size in &sizes {
        if size.number() == Some(0) {
            let message = Message::new("a size of the input cannot be 0").help("write `1` or more");
            errors.at(size.span(), message);
        }
    }
    if let Some(text) = shape(&sizes).known().and_then(|dims| numel_text("the input", dims)) {
        errors.over(word.whole(), Message::new(text.as_str()).help("make the sizes smaller"));
    }
    if errors.len() > before {
        sizes.clear();
    }
    let consts = sizes.iter().filter_map(|size| match size {
        Size::Expression(tokens, span, _) => Some((tokens.clone(), *span)),
        Size::Number(..) | Size::Infer(_) => None,
    });
    Input {
        name: None,
        title: word.show(),
        shape: shape(&sizes),
        span: word.span(),
        consts: consts.collect(),
    }
}

/// A first `Dense<100, ..>` says what it takes.
fn inferred(layer: &Layer, name: Option<&str>, errors: &mut Errors) -> Input {
    let word = &layer.word;
    let dense = name.is_some_and(
        |name| matches!(LAYERS.find(name), Found::Exact(word) | Found::Near(word) if word.name == "Dense"),
    );
    if dense {
        let mut values = word.arguments.iter().filter_map(|argument| match argument {
            Argument::Positional(value) => Some(value),
            Argument::Named(name, value) if name == "inputs" => Some(value),
            Argument::Named(..) => None,
        });
        let is_size = |value: &&Value| match value {
            Value::Number(number) => number.size().is_some_and(|size| size > 0),
            Value::Block(_) => true,
            Value::Word(word) => {
                word.close.is_none() && word.single().is_none_or(|name| ACTIVATIONS.exact(&name).is_none())
            }
            Value::Infer(_) | Value::Literal(_) | Value::List(_) => false,
        };
        let first_size = values.find(|value| is_size(value) || matches!(value, Value::Infer(_)));
        match first_size {
            Some(Value::Infer(token)) => {
                let message = Message::new(format!("the model's input is not known from `{}`", word.show()));
                let help =
                    "write the number of inputs instead of `_`, or start the model with `Input<FEATURES>`";
                errors.at(token.span, message.help(help));
                return lost("Input", word.span());
            }
            Some(value) => {
                let sizes = vec![size(value)];
                let title = format!("Input<{}>", value.show());
                let (shape, span) = (shape(&sizes), value.span());
                return Input { name: None, title, shape, span, consts: Vec::new() };
            }
            // Whatever is wrong with its arguments is said with the layer.
            None => return lost("Input", word.span()),
        }
    }
    let message = Message::new(format!("the model's input is not known from `{}`", word.show()));
    errors.over(word.whole(), message.help(start(name, &word.arguments)));
    lost("Input", word.span())
}

/// What to start the model with, before a layer of that name.
fn start(name: Option<&str>, arguments: &[Argument]) -> String {
    let layer = name.map(|name| LAYERS.find(name));
    match layer {
        Some(Found::Exact(word) | Found::Near(word)) if is_on_images(word.name) => {
            let channels = match arguments.first() {
                Some(Argument::Positional(Value::Number(number)))
                    if matches!(word.name, "Conv2D" | "SeparableConv2D") =>
                {
                    number.size()
                }
                _ => None,
            };
            let input = match channels {
                Some(channels @ 2..=4) => format!("Input<32, 32, {channels}>"),
                _ => "Input<28, 28, 1>".into(),
            };
            format!("write `{input}` before it, with the height, width and channels of your images")
        }
        _ => "start the model with `Input<FEATURES>` or `Input<HEIGHT, WIDTH, CHANNELS>`".into(),
    }
}

/// A list of sizes, all of them said.
pub fn sizes(arguments: &[Argument], who: &str, usage: &str, errors: &mut Errors) -> Vec<Size> {
    let mut sizes = Vec::new();
    for argument in arguments {
        let (value, problem) = match argument {
            Argument::Positional(value) => {
                let plain = value.word().is_some_and(|word| word.close.is_none() && word.call.is_none());
                let number = matches!(value, Value::Number(number) if number.size().is_some());
                let infer = matches!(value, Value::Infer(_)) && who != "an input";
                let fits = plain || number || infer || matches!(value, Value::Block(_));
                (value, (!fits).then(|| format!("{who} takes sizes, but found `{}`", value.show())))
            }
            Argument::Named(name, value) => (value, Some(format!("{who} has no option `{name}`"))),
        };
        match problem {
            None => sizes.push(size(value)),
            Some(text) => {
                let point = match argument {
                    Argument::Named(name, _) => name.to_token_stream(),
                    Argument::Positional(value) => value.point(),
                };
                let message = Message::new(text).usage(usage);
                let message = match value {
                    Value::Number(number) if number.size().is_none() => message.help(number.size_help()),
                    Value::List(list) => {
                        let sizes: Vec<String> = list.values.iter().map(Value::show).collect();
                        message.help(format!("leave out the parentheses: write `{}`", sizes.join(", ")))
                    }
                    _ => message,
                };
                errors.over(point, message);
            }
        }
    }
    sizes
}

/// The shape of these sizes, none of which is `_`.
pub fn shape(sizes: &[Size]) -> Shape {
    let numbers: Option<Vec<usize>> = sizes.iter().map(Size::number).collect();
    match (sizes.len(), numbers) {
        (0 | 5.., _) => Shape::Lost,
        (rank, Some(numbers)) => {
            let mut d = [0; 4];
            d[..rank].copy_from_slice(&numbers);
            Shape::Known(Dims { rank, d })
        }
        (rank, None) => {
            let values = sizes.iter().map(Size::value);
            let shown: Vec<String> = sizes.iter().map(Size::show).collect();
            Shape::Ruled {
                rank: Some(rank),
                rule: quote!(::keras_core::__private::Dims::new([#(#values),*])),
                shown: format!("({})", shown.join(", ")),
            }
        }
    }
}

/// What is not known because of a mistake.
pub fn lost(title: &str, span: proc_macro2::Span) -> Input {
    Input { name: None, title: title.into(), shape: Shape::Lost, span, consts: Vec::new() }
}
