use keras_shapes::{DenseFit, Dims, Text, dense_fit, dense_text, infer_text};

use super::{Line, nonzero, stop, walked};

/// A dense layer's inputs, which must be what comes in. `shown` is the const's name, if it is one;
/// `title` is the layer as it is written.
#[track_caller]
pub const fn expect(
    who: &str,
    before: &str,
    from: Dims,
    walk: &[Line<'_>],
    have: usize,
    shown: &str,
    title: &str,
) -> usize {
    if have == 0 {
        return nonzero(who, "inputs", have);
    }
    if from.numel() == 0 {
        return from.last();
    }
    if let Some(text) = dense_text(who, before, have, from) {
        match dense_fit(have, from) {
            DenseFit::Flat => {
                let text = walked(text, walk, Text::new("flat features"), from);
                let right = have == from.numel();
                stop(flatten_help(text, if right { title } else { "" }))
            }
            DenseFit::Width | DenseFit::Fits => {
                let text = walked(text, walk, Text::new("").dims(from.with_last(have)), from);
                stop(width_help(text, shown, from))
            }
        }
    }
    have
}

const fn width_help(text: Text, shown: &str, from: Dims) -> Text {
    let text = if shown.is_empty() {
        text.str("\nhelp: write `").num(from.last()).str("`")
    } else {
        text.str("\nhelp: make `").str(shown).str("` equal to ").num(from.last())
    };
    match from.rank {
        1 if shown.is_empty() => text.str(", or `_` to have it inferred"),
        1 => text.str(", or write `_` to have it inferred"),
        _ => text,
    }
}

/// With the layer as it is to be written, if that is known.
const fn flatten_help(text: Text, title: &str) -> Text {
    let text = text.str("\nhelp: put a `Flatten` before it");
    if title.is_empty() { text } else { text.str(": write `Flatten, ").str(title).str("`") }
}

/// What `_` stands for in a dense layer, which is written as `title`.
#[track_caller]
pub const fn infer(who: &str, before: &str, from: Dims, walk: &[Line<'_>], title: &str) -> usize {
    if from.numel() == 0 {
        return from.last();
    }
    if let Some(text) = infer_text(who, before, from) {
        let text = walked(text, walk, Text::new("flat features"), from);
        let text = flatten_help(text, title);
        stop(match from.rank {
            2 | 3 => text.str(", or write `").num(from.last()).str("` to apply the layer at every position"),
            _ => text,
        })
    }
    from.last()
}
