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
    both(site, bound, what, bound.get(what)?, errors, size)
}

/// What is added to an image: `1` all around, `(1, 2)` above and below and at the sides, or
/// `((1, 2), (3, 4))`.
pub fn sides(
    site: &Site<'_>,
    bound: &Bound<'_>,
    what: &'static str,
    errors: &mut Errors,
) -> Option<[[Size; 2]; 2]> {
    let value = bound.get(what)?;
    let pairs = both(site, bound, what, value, errors, |value| value)?;
    let [rows, columns] = pairs.map(|value| both(site, bound, what, value, errors, size));
    Some([rows?, columns?])
}

/// The two values of a pair, or one value twice. Those of a list are looked at here, as one alone was
/// when it was bound.
fn both<'v, T: Clone>(
    site: &Site<'_>,
    bound: &Bound<'_>,
    what: &'static str,
    value: &'v Value,
    errors: &mut Errors,
    read: impl Fn(&'v Value) -> T,
) -> Option<[T; 2]> {
    let Value::List(list) = value else {
        let one = read(value);
        return Some([one.clone(), one]);
    };
    let [first, second] = list.values.as_slice() else {
        wrong_length(site, bound, what, list, errors);
        return None;
    };
    if !list.is_tuple() {
        let text = format!("{}: a pair stands in parentheses", site.who());
        let help = format!("write `({}, {})`", first.show(), second.show());
        errors.at(list.span(), Message::new(text).help(help).usage(bound.spec.usage));
        return None;
    }
    let slot = Slot { name: what, takes: Takes::Size };
    let nested = |value: &Value| matches!(value, Value::List(_));
    let right = [first, second].map(|value| nested(value) || fits(site, bound.spec, &slot, value, errors));
    (right == [true; 2]).then(|| [read(first), read(second)])
}

fn wrong_length(site: &Site<'_>, bound: &Bound<'_>, what: &str, list: &List, errors: &mut Errors) {
    let count = list.values.len();
    let text = format!(
        "{}: the {what} is one number or a pair `(height, width)`, but `{}` has {count}",
        site.who(),
        list.show()
    );
    let message = Message::new(text);
    let message = match list.values.as_slice() {
        [] => message,
        [one] => message.help(format!("write `{}`", one.show())),
        // Python's strides of a whole batch, (1, 2, 2, 1).
        [_, h, w, _] => message.help(format!("write `({}, {})`", h.show(), w.show())),
        [h, w, ..] => message.help(format!("write `({}, {})`", h.show(), w.show())),
    };
    errors.at(list.span(), message.usage(bound.spec.usage));
}
