use keras_shapes::names::{LOSSES, METRICS, Name, Names, OPTIMIZERS};
use proc_macro2::Span;
use syn::{Expr, Lit, LitStr};

use crate::diagnostics::{Errors, Message};

/// An optimizer, a loss or a metric.
#[derive(Clone, Debug)]
pub enum Part {
    /// An expression, as it is written.
    Written(Expr),
    /// What a string names.
    Named { class: &'static str, span: Span, called: Option<String> },
    /// The mistake of this number.
    Wrong(usize),
}

impl Part {
    pub const fn named(class: &'static str, span: Span) -> Self {
        Self::Named { class, span, called: None }
    }

    /// An expression, or what its string names.
    pub fn of(value: &Expr, module: &str, names: Names, errors: &mut Errors) -> Self {
        let Some(text) = string(value) else { return Self::Written(value.clone()) };
        match names.find(&text.value()) {
            Some(Name { class, usage: None, .. }) => Self::named(class, text.span()),
            Some(name) => Self::wrong(text.span(), needs(&text.value(), module, name), errors),
            None => Self::wrong(text.span(), unknown(&text.value(), names), errors),
        }
    }

    pub fn wrong(span: Span, message: Message, errors: &mut Errors) -> Self {
        errors.at(span, message);
        Self::Wrong(errors.len() - 1)
    }

    /// The class that a string names, if it is one.
    pub const fn class(&self) -> Option<&'static str> {
        match self {
            Self::Named { class, .. } => Some(class),
            _ => None,
        }
    }
}

/// The string that an expression is, if it is one.
pub fn string(value: &Expr) -> Option<&LitStr> {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        Expr::Paren(inner) => string(&inner.expr),
        Expr::Group(inner) => string(&inner.expr),
        _ => None,
    }
}

fn needs(word: &str, module: &str, name: &Name) -> Message {
    let usage = name.usage.unwrap_or(name.class);
    Message::new(format!("`{word}` alone does not say enough")).help(format!(
        "write it as an expression, `{usage}`, after `use keras_core::{module}::{};`",
        name.class
    ))
}

fn unknown(word: &str, names: Names) -> Message {
    let what = names.what;
    let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let message = Message::new(format!("no {what} is called \"{word}\""));
    if let Some(near) = names.nearest(word) {
        return message.help(format!("did you mean \"{near}\"?"));
    }
    for other in [OPTIMIZERS, LOSSES, METRICS] {
        if other.what != what && other.find(word).is_some() {
            let other = if other.what == "optimizer" { "an optimizer" } else { &format!("a {}", other.what) };
            return message.help(format!("\"{word}\" is {other}, not {article} {what}"));
        }
    }
    let all = names.all.iter().filter(|name| name.usage.is_none());
    let all: Vec<String> = all.map(|name| format!("\"{}\"", name.name)).collect();
    message.help(format!("there are {}", all.join(", ")))
}
