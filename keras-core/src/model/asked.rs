//! What the macro asks of const evaluation where sizes are named consts, whose values it does not
//! know. Each passes a number on, or stops the compilation with the sentence that the macro would have
//! said, pointing where the macro says: at the const.

use keras_shapes::{
    DenseFit, Dims, Text, dense_fit, dense_text, hole_text, infer_text, rate_fault, reshape_text,
};

/// A line of the walk of shapes to a mistake: a layer as the macro writes it, and the shapes that it
/// takes and gives. The last line is the layer at fault.
pub type Line<'a> = (&'a str, &'a [Dims]);

/// A size that is at least 1.
#[track_caller]
pub const fn nonzero(who: &str, what: &str, have: usize) -> usize {
    if have == 0 {
        let text = Text::new(who).str(": ").str(keras_shapes::zero_text(what).as_str());
        stop(text.str("\nhelp: make it 1 or more"));
    }
    have
}

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

/// What `_` stands for in a reshape whose other sizes multiply to `others`.
#[track_caller]
pub const fn hole(
    who: &str,
    before: &str,
    from: Dims,
    walk: &[Line<'_>],
    others: usize,
    shown: &str,
) -> usize {
    if let Some(text) = hole_text(who, before, from, others) {
        let text = walked(text, walk, Text::new(shown), from);
        stop(text.str("\nhelp: write sizes that multiply to ").num(from.numel()))
    }
    fill(from, others)
}

/// The same, or 0: for the shape after it, when the mistake has been reported.
pub const fn fill(from: Dims, others: usize) -> usize {
    match keras_shapes::hole(from, others) {
        Some(size) => size,
        None => 0,
    }
}

/// A reshape must keep the number of elements.
#[track_caller]
pub const fn reshape(who: &str, before: &str, from: Dims, walk: &[Line<'_>], to: Dims) {
    if let Some(text) = reshape_text(who, before, from, to) {
        let text = walked(text, walk, Text::new("").dims(to), from);
        stop(text.str("\nhelp: write sizes that multiply to ").num(from.numel()))
    }
}

/// The rate of a dropout.
#[track_caller]
pub const fn rate(who: &str, rate: f64) -> f64 {
    if let Some(text) = rate_fault(who, rate) {
        stop(text.str("\nhelp: make it 0.5, say"))
    }
    rate
}

/// The walk of shapes behind a sentence; the last layer `wants` another shape than it gets.
const fn walked(text: Text, walk: &[Line<'_>], wants: Text, from: Dims) -> Text {
    let mut text = text.str("\n");
    let mut i = 0;
    while i < walk.len() {
        let (layer, shapes) = walk[i];
        text = text.str("\n").str(layer);
        match shapes {
            [] if i + 1 == walk.len() => text = text.str(wants.as_str()).str(" ✗ gets ").dims(from),
            [] => {}
            [one] => text = text.dims(*one),
            [before, after, ..] => text = text.dims(*before).str(" → ").dims(*after),
        }
        i += 1;
    }
    text.str("\n")
}

#[track_caller]
const fn stop(text: Text) -> ! {
    panic!("{}", text.as_str())
}
