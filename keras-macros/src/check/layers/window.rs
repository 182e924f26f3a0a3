//! The window of a convolution or a pool: how it is written, what can be wrong with it, what it makes.

use keras_shapes::{
    Dims, Window, conv2d, depthwise2d, dilation_text, pool2d, strict_axis, strict_help, strict_lack,
    strict_text, window_axis, window_help, window_text, zero_text,
};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::super::bind::Bound;
use super::super::chain::Shape;
use super::super::flags::{switch, word};
use super::super::kind::{Checked, TypeArgument};
use super::super::site::Site;
use super::super::size::{Size, pair, zero};
use super::image::rule;
use crate::diagnostics::{Errors, Message};
use crate::parse::Value;

/// A window as it was written. Its sizes are not 0, where the macro knows them.
pub struct Sliding {
    /// What its size is called.
    what: &'static str,
    pub size: [Size; 2],
    strides: [Size; 2],
    dilation: [Size; 2],
    /// Whether the size stands there, or is the default.
    written: bool,
    /// Whether the strides are those of the size, because none were written.
    tied: bool,
    padding: (&'static str, Span),
    strict: bool,
}

/// How many channels a layer with a window makes.
#[derive(Clone, Copy)]
pub enum Filters<'a> {
    /// As many as come in.
    Channels,
    /// So many.
    Number(&'a Size),
    /// So many of each that comes in.
    OfEach(&'a Size),
}

impl Filters<'_> {
    /// The number that is written, where the macro knows it; 1 where none is.
    fn number(self) -> Option<usize> {
        match self {
            Self::Channels => Some(1),
            Self::Number(size) | Self::OfEach(size) => size.number(),
        }
    }
}

impl Sliding {
    /// Reads it. Without a size that has no default, or after a mistake, there is none.
    pub fn read(
        site: &Site<'_>,
        bound: &Bound<'_>,
        what: &'static str,
        default: Option<usize>,
        errors: &mut Errors,
    ) -> Option<Self> {
        let before = errors.len();
        let both = |number: usize| {
            let size = Size::Number(number, site.span());
            [size.clone(), size]
        };
        let mut read = |what: &'static str| {
            let pair = pair(site, bound, what, errors)?;
            match bound.get(what) {
                // Both of them are one mistake.
                Some(Value::List(list)) if pair.iter().all(|size| size.number() == Some(0)) => {
                    let text = format!("{}: {}", site.who_in_full(), zero_text(what).as_str());
                    errors.at(list.span(), Message::new(text).help("write `(1, 1)`, say"));
                }
                _ => {
                    zero(site, what, &pair, errors);
                }
            }
            Some(pair)
        };
        let (size, strides, dilation) = (read(what), read("strides"), read("dilation_rate"));
        let padding = word(bound, "padding", site.span(), errors)?;
        if errors.len() > before {
            return None;
        }
        let written = size.is_some();
        let size = size.or_else(|| default.map(both))?;
        // A pool goes as far as it is large.
        let tied = strides.is_none() && default.is_some();
        let strides = strides.unwrap_or_else(|| if tied { size.clone() } else { both(1) });
        let dilation = dilation.unwrap_or_else(|| both(1));
        Some(Self { what, written, size, strides, dilation, tied, padding, strict: switch(bound, "strict") })
    }

    /// Its numbers, where the macro knows all of them.
    pub fn numbers(&self) -> Option<Window> {
        let both = |pair: &[Size; 2]| Some([pair[0].number()?, pair[1].number()?]);
        Some(Window {
            size: both(&self.size)?,
            strides: both(&self.strides)?,
            dilation: both(&self.dilation)?,
            same: self.same(),
        })
    }

    fn same(&self) -> bool {
        self.padding.0 == "Same"
    }

    /// The same for const evaluation.
    fn tokens(&self) -> TokenStream {
        let [size, strides, dilation] = [&self.size, &self.strides, &self.dilation].map(|[h, w]| {
            let (h, w) = (h.value(), w.value());
            quote!([#h, #w])
        });
        let same = self.same();
        quote! {
            ::keras_core::__private::Window { size: #size, strides: #strides, dilation: #dilation, same: #same }
        }
    }

    /// What can be said of numbers.
    pub fn check(&self, site: &Site<'_>, errors: &mut Errors) {
        let Some(window) = self.numbers() else { return };
        let (who, before) = (site.who(), site.before());
        if let Some(text) = dilation_text(&who, window) {
            let help = "write `dilation_rate = 1` or `strides = 1`";
            return errors.at(self.dilation[0].span(), Message::new(text.as_str()).help(help));
        }
        let Some(from) = site.known().filter(|from| from.rank == 3) else { return };
        if let (Some(axis), Some(text)) =
            (window_axis(window, from), window_text(&who, &before, window, from))
        {
            let [h, w] = window.span();
            let wants = format!("{} or larger", Dims::new([h, w, from.last()]));
            let mut help =
                window_help(window, from, "").map_or_else(String::new, |help| help.as_str().to_owned());
            if !self.written {
                help = unwritten(site, self.what, &help);
            }
            let message = Message::new(text.as_str()).walk(site.walk(&wants)).help(help);
            errors.at(self.size[axis].span(), message);
        } else if self.strict
            && let Some(axis) = strict_axis(window, from)
            && let Some(text) = strict_text(&who, &before, window, from)
        {
            let [rows, columns] = strict_lack(window, from);
            let whole =
                Dims::new([from.d[0].saturating_add(rows), from.d[1].saturating_add(columns), from.last()]);
            let message = Message::new(text.as_str()).walk(site.walk(&whole.to_string()));
            errors.at(self.strides[axis].span(), message.help(strict_help(window, from).as_str()));
        }
    }

    /// What it makes.
    pub fn shape(&self, site: &Site<'_>, filters: Filters<'_>) -> Shape {
        let shape = match (site.known(), self.numbers(), filters.number()) {
            (Some(from), Some(window), Some(number)) => match filters {
                Filters::Channels => pool2d(from, window),
                Filters::Number(_) => conv2d(from, window, number),
                Filters::OfEach(_) => depthwise2d(from, window, number),
            },
            _ if matches!(site.from(), Shape::Lost) => return Shape::Lost,
            _ => {
                let (window, channels) = (self.tokens(), site.from().show_last());
                let (function, argument, last) = match filters {
                    Filters::Channels => ("pool2d", None, channels),
                    Filters::Number(size) => ("conv2d", Some(size.value()), size.show()),
                    Filters::OfEach(size) if size.number() == Some(1) => {
                        ("depthwise2d", Some(size.value()), channels)
                    }
                    Filters::OfEach(size) => {
                        ("depthwise2d", Some(size.value()), format!("{channels} * {}", size.show()))
                    }
                };
                let argument = argument.into_iter();
                let rule = rule(site, function, &quote!(#window #(, #argument)*));
                return Shape::Ruled { rank: Some(3), rule, shown: format!("(.., .., {last})") };
            }
        };
        // Where it does not fit it makes nothing that a later layer could be compared with.
        if shape.numel() == 0 { Shape::Lost } else { Shape::Known(shape) }
    }

    /// The arguments of the layer's type: the window, and how it is padded.
    pub fn arguments(&self, site: &Site<'_>) -> [TypeArgument; 2] {
        let known = self.numbers().is_some() && site.known().is_some();
        let sides = |pair: &[Size; 2], look: fn(&Self, &Site<'_>, usize) -> Checked| {
            [0, 1].map(|axis| if known { Checked::plain(pair[axis].clone()) } else { look(self, site, axis) })
        };
        let size = sides(&self.size, Self::side);
        let strides = sides(&self.strides, Self::stride);
        let dilation = sides(&self.dilation, Self::rate);
        let mut window: Vec<Checked> = size.into_iter().chain(strides).chain(dilation).collect();
        // Ones at the end are its defaults.
        while window.len() > 2 && window.last().is_some_and(|checked| checked.size.number() == Some(1)) {
            window.pop();
        }
        let (name, span) = self.padding;
        [TypeArgument::Window(window), TypeArgument::Word(self.strict.then_some("Strict"), name, span)]
    }

    fn side(&self, site: &Site<'_>, axis: usize) -> Checked {
        let (size, window) = (&self.size[axis], self.tokens());
        let shown = if size.number().is_some() { String::new() } else { size.show() };
        let zero = nonzero(site, self.what, &self.size, axis);
        let window = site.ask(size.span(), "window", &site.dims(), &quote!(#window, #axis, #shown));
        asked(size, &quote!(#zero; #window))
    }

    fn stride(&self, site: &Site<'_>, axis: usize) -> Checked {
        let (size, window) = (&self.strides[axis], self.tokens());
        let zero = (!self.tied).then(|| nonzero(site, "strides", &self.strides, axis));
        let strict =
            self.strict.then(|| site.ask(size.span(), "strict", &site.dims(), &quote!(#window, #axis)));
        match (zero, strict) {
            (None, None) => Checked::plain(size.clone()),
            (Some(_), None) if size.number().is_some() => Checked::plain(size.clone()),
            (Some(zero), None) => asked(size, &zero),
            (zero, Some(strict)) => asked(size, &quote!(#zero; #strict)),
        }
    }

    fn rate(&self, site: &Site<'_>, axis: usize) -> Checked {
        let (size, span) = (&self.dilation[axis], self.dilation[axis].span());
        if self.numbers().is_some() || size.number() == Some(1) {
            return Checked::plain(size.clone());
        }
        let zero = nonzero(site, "dilation_rate", &self.dilation, axis);
        let (who, window) = (site.who(), self.tokens());
        let rate = quote_spanned!(span=> ::keras_core::__private::dilation(#who, #window, #axis));
        asked(size, &quote!(#zero; #rate))
    }
}

/// What to write where the size is a default: "write `1`" has no place there.
fn unwritten(site: &Site<'_>, what: &str, help: &str) -> String {
    let word = &site.layer.word;
    let Some((size, rest)) = help.strip_prefix("write `").and_then(|help| help.split_once('`')) else {
        return help.to_owned();
    };
    if word.arguments.is_empty() {
        format!("write `{}<{size}>`{rest}", word.name())
    } else {
        format!("add `{what} = {size}`{rest}")
    }
}

/// A look at whether one of two sizes is 0.
pub fn nonzero(site: &Site<'_>, what: &str, sizes: &[Size; 2], axis: usize) -> TokenStream {
    let (who, span) = (site.who_in_full(), sizes[axis].span());
    let [h, w] = sizes.each_ref().map(Size::value);
    quote_spanned!(span=> ::keras_core::__private::side(#who, #what, [#h, #w], #axis))
}

/// A size with a call in its place.
pub fn asked(size: &Size, call: &TokenStream) -> Checked {
    let span = size.span();
    let checked = Size::Expression(quote_spanned!(span=> { #call }), span, size.show());
    Checked { size: checked, plain: size.clone() }
}
