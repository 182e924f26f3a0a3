//! Sizes, alone and in pairs.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::bind::Bound;
use super::kind::Checked;
use super::kinds::fits;
use super::site::Site;
use super::spec::{Slot, Takes};
use crate::diagnostics::{Errors, Message};
use crate::parse::{List, Value};

/// A size in the list of arguments.
#[derive(Clone, Debug)]
pub enum Size {
    Number(usize, Span),
    /// A const or a const expression, and how it was written.
    Expression(TokenStream, Span, String),
    /// `_` that the macro cannot resolve.
    Infer(Span),
}

impl Size {
    pub fn number(&self) -> Option<usize> {
        if let Self::Number(number, _) = self { Some(*number) } else { None }
    }

    pub fn span(&self) -> Span {
        match self {
            Self::Number(_, span) | Self::Expression(_, span, _) | Self::Infer(span) => *span,
        }
    }

    /// As an expression.
    pub fn value(&self) -> TokenStream {
        match self {
            Self::Number(number, _) => quote!(#number),
            Self::Expression(tokens, ..) => tokens.clone(),
            Self::Infer(_) => quote!(0),
        }
    }

    /// With a look at whether it is 0, where the macro does not know it.
    pub fn nonzero(&self, site: &Site<'_>, what: &str) -> Checked {
        let Self::Expression(have, span, shown) = self else { return Checked::plain(self.clone()) };
        let (who, span) = (site.who_in_full(), *span);
        let call = quote_spanned!(span=> { ::keras_core::__private::nonzero(#who, #what, #have) });
        Checked { size: Self::Expression(call, span, shown.clone()), plain: self.clone() }
    }

    pub fn show(&self) -> String {
        match self {
            Self::Number(number, _) => number.to_string(),
            Self::Expression(_, _, text) => text.clone(),
            Self::Infer(_) => "_".into(),
        }
    }
}

/// A size that [`bind`](super::bind::bind) has let through.
pub fn size(value: &Value) -> Size {
    match value {
        Value::Number(number) => match number.size() {
            Some(size) => Size::Number(size, value.span()),
            None => Size::Infer(value.span()),
        },
        Value::Infer(token) => Size::Infer(token.span),
        Value::Block(block) => Size::Expression(block.to_token_stream(), value.span(), value.show()),
        Value::Literal(_) | Value::Word(_) | Value::List(_) => {
            let span = value.span();
            Size::Expression(quote_spanned!(span=> { #value }), span, value.show())
        }
    }
}

/// Reports the first of these sizes that is 0.
pub fn zero<'a>(
    site: &Site<'_>,
    what: &str,
    sizes: impl IntoIterator<Item = &'a Size>,
    errors: &mut Errors,
) -> bool {
    let Some(size) = sizes.into_iter().find(|size| size.number() == Some(0)) else { return false };
    let text = format!("{}: {}", site.who_in_full(), keras_shapes::zero_text(what).as_str());
    errors.at(size.span(), Message::new(text).help("write `1` or more"));
    true
}

/// A height and a width: of one size for both, or of a pair.
pub fn pair(
    site: &Site<'_>,
    bound: &Bound<'_>,
    what: &'static str,
    errors: &mut Errors,
) -> Option<[Size; 2]> {
    sizes(site, bound, what, bound.get(what)?, errors)
}

/// What is added to an image: `1` all around, `(1, 2)` above and below and at the sides, or
/// `((1, 2), (3, 4))`.
pub fn sides(
    site: &Site<'_>,
    bound: &Bound<'_>,
    what: &'static str,
    errors: &mut Errors,
) -> Option<[[Size; 2]; 2]> {
    let [rows, columns] = both(site, bound, what, bound.get(what)?, errors)?;
    Some([sizes(site, bound, what, rows, errors)?, sizes(site, bound, what, columns, errors)?])
}

fn sizes(
    site: &Site<'_>,
    bound: &Bound<'_>,
    what: &'static str,
    value: &Value,
    errors: &mut Errors,
) -> Option<[Size; 2]> {
    let slot = Slot { name: what, takes: Takes::Size };
    let values = both(site, bound, what, value, errors)?;
    // One alone was looked at when it was bound. Of two, both are.
    let fit = !matches!(value, Value::List(_))
        || values.map(|value| fits(site, bound.spec, &slot, value, errors)) == [true; 2];
    fit.then(|| values.map(size))
}

/// The two values of a pair, or one value twice.
fn both<'v>(
    site: &Site<'_>,
    bound: &Bound<'_>,
    what: &str,
    value: &'v Value,
    errors: &mut Errors,
) -> Option<[&'v Value; 2]> {
    let Value::List(list) = value else { return Some([value, value]) };
    let [first, second] = list.values.as_slice() else {
        wrong_length(site, bound, what, list, errors);
        return None;
    };
    if list.is_tuple() {
        return Some([first, second]);
    }
    let text = format!("{}: a pair stands in parentheses", site.who());
    let help = format!("write `({}, {})`", first.show(), second.show());
    errors.at(list.span(), Message::new(text).help(help).usage(bound.spec.usage));
    None
}

fn wrong_length(site: &Site<'_>, bound: &Bound<'_>, what: &str, list: &List, errors: &mut Errors) {
    let count = match list.values.len() {
        1 => "a list of 1".into(),
        count => format!("{count} numbers"),
    };
    let expected = Takes::Pair.describe();
    let message =
        Message::new(format!("{}: expected {expected} for the {what}, but found {count}", site.who()));
    let message = match list.values.as_slice() {
        [] => message,
        [one] => message.help(format!("write `{}`", one.show())),
        [top, bottom, left, right] if bound.spec.layer == "ZeroPadding2D" => message.help(format!(
            "write `(({}, {}), ({}, {}))`",
            top.show(),
            bottom.show(),
            left.show(),
            right.show()
        )),
        // Python's strides of a whole batch, (1, 2, 2, 1).
        [_, h, w, _] => message.help(format!("write `({}, {})`", h.show(), w.show())),
        [h, w, ..] => message.help(format!("write `({}, {})`", h.show(), w.show())),
    };
    errors.at(list.span(), message.usage(bound.spec.usage));
}
