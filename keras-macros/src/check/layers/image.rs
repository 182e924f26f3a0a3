//! What all layers on images have in common: that they take one.

use keras_shapes::{Dims, image_text, image_words};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::super::chain::Shape;
use super::super::kind::{Checked, TypeArgument};
use super::super::site::Site;
use super::super::size::Size;
use crate::diagnostics::{Errors, Message};

/// Whether what comes in is an image, as far as the macro knows; if not, it says so. `channels` are
/// those that the layer takes.
pub fn check(site: &Site<'_>, channels: Option<usize>, errors: &mut Errors) -> bool {
    if matches!(site.from().rank(), None | Some(3)) {
        return true;
    }
    let (who, before) = (site.who(), site.before());
    let text = match site.known() {
        Some(from) => image_text(&who, &before, from).map(|text| text.as_str().to_owned()),
        None => Some(format!("{}{}", image_words(&who, &before).as_str(), site.from().show())),
    };
    let message = Message::new(text.unwrap_or_default()).walk(site.walk("(height, width, channels)"));
    errors.at(site.span(), message.help(help(site, channels)));
    false
}

/// A size of the layer, with a look at what comes in where only const evaluation can.
pub fn asked(site: &Site<'_>, checked: Checked) -> Checked {
    if site.from().rank().is_some() {
        return checked;
    }
    let (span, shown, have) = (checked.size.span(), checked.size.show(), checked.size.value());
    let call = site.ask(span, "image", &site.dims(), &have);
    Checked { size: Size::Expression(quote_spanned!(span=> { #call }), span, shown), plain: checked.plain }
}

fn help(site: &Site<'_>, channels: Option<usize>) -> String {
    let last = site.chain.maker(site.input());
    if let Some(last) = last {
        let who = &last.who;
        for layer in ["GlobalAveragePooling2D", "GlobalMaxPooling2D"] {
            if last.made.kind.is(layer) {
                return format!("write `{layer}<keepdims = true>` for {who}");
            }
        }
        if last.made.kind.is("Flatten") {
            return format!("leave out {who}, `Flatten`");
        }
    }
    match site.known().and_then(|from| image(from, channels)) {
        Some([h, w, c]) if last.is_none() => {
            format!(
                "start the model with `Input<{h}, {w}, {c}>`, or put a `Reshape<{h}, {w}, {c}>` before the layer"
            )
        }
        Some([h, w, c]) => format!("put a `Reshape<{h}, {w}, {c}>` before it"),
        None => "put a `Reshape<HEIGHT, WIDTH, CHANNELS>` before it".into(),
    }
}

/// The image that a shape probably is: a square one of grey or coloured pixels.
fn image(from: Dims, channels: Option<usize>) -> Option<[usize; 3]> {
    if from.rank == 2 && channels.is_none_or(|channels| channels == 1) {
        return Some([from.d[0], from.d[1], 1]);
    }
    let square = |channels: usize| {
        let pixels =
            (channels > 0 && from.last().is_multiple_of(channels)).then(|| from.last() / channels)?;
        let side = pixels.isqrt();
        (side > 1 && side * side == pixels).then_some([side, side, channels])
    };
    if from.rank != 1 {
        return None;
    }
    channels.map_or_else(|| square(1).or_else(|| square(3)), square)
}

/// The sizes of a layer's type, with that look at the first.
pub fn asked_sizes(site: &Site<'_>, sizes: impl Iterator<Item = Checked>) -> Vec<TypeArgument> {
    let look = |(i, size)| TypeArgument::Size(if i == 0 { asked(site, size) } else { size });
    sizes.enumerate().map(look).collect()
}

/// The same for a layer that has a flag alone, which is `false` if it is not written.
pub fn asked_flag(site: &Site<'_>, flag: bool) -> Vec<TypeArgument> {
    if site.from().rank().is_some() {
        return if flag { vec![TypeArgument::Flag(quote!(true))] } else { Vec::new() };
    }
    let flag = Size::Expression(quote!(#flag), site.span(), flag.to_string());
    vec![TypeArgument::Size(asked(site, Checked::plain(flag)))]
}

/// What a layer makes of an image: `known` if it knows its numbers, else by a rule of the core, of which
/// the rank, the name and the arguments are given.
pub fn shape(
    site: &Site<'_>,
    sound: bool,
    known: impl FnOnce(Dims) -> Option<Dims>,
    rule: (usize, &str, TokenStream),
    shown: String,
) -> Shape {
    if !sound || matches!(site.from(), Shape::Lost) {
        return Shape::Lost;
    }
    if let Some(dims) = site.known().and_then(known) {
        return Shape::Known(dims);
    }
    let (rank, function, arguments) = rule;
    Shape::Ruled { rank: Some(rank), rule: self::rule(site, function, &arguments), shown }
}

/// A call of a shape rule on what comes in.
pub fn rule(site: &Site<'_>, function: &str, arguments: &TokenStream) -> TokenStream {
    let (local, function) = (site.local(), format_ident!("{function}"));
    quote!(::keras_core::__private::#function(#local, #arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_features_are_guessed_to_be_square() {
        assert_eq!(image(Dims::new([784]), None), Some([28, 28, 1]));
        assert_eq!(image(Dims::new([3072]), None), Some([32, 32, 3]));
        assert_eq!(image(Dims::new([3072]), Some(3)), Some([32, 32, 3]));
        assert_eq!(image(Dims::new([3072]), Some(1)), None);
        assert_eq!(image(Dims::new([28, 28]), None), Some([28, 28, 1]));
        assert_eq!(image(Dims::new([28, 28]), Some(3)), None);
        assert_eq!(image(Dims::new([100, 4, 4, 4]), None), None);
        assert_eq!(image(Dims::new([1]), None), None);
    }
}
