use keras_shapes::{Dims, Text};

/// Why a model cannot be a layer where it is given these shapes.
#[must_use]
pub const fn misfit(takes: &[Dims], given: &[Dims], outputs: usize) -> Option<Text> {
    let mut i = 0;
    let mut same = takes.len() == given.len();
    while same && i < takes.len() {
        same = takes[i].same(given[i]);
        i += 1;
    }
    if !same {
        let text = list(list(Text::new("takes "), takes).str(", but is given "), given);
        return Some(list(text.str("\nhelp: let the layers before it give "), takes));
    }
    if outputs != 1 {
        let text = Text::new("gives ").num(outputs).str(" values, but a layer gives one");
        return Some(text.str("\nhelp: declare a model that gives one of them"));
    }
    None
}

const fn list(mut text: Text, all: &[Dims]) -> Text {
    let mut i = 0;
    while i < all.len() {
        text = if i == 0 { text } else { text.str(" and ") };
        text = text.dims(all[i]);
        i += 1;
    }
    text
}
