//! What the macro asks of const evaluation where sizes are named consts, whose values it does not
//! know. Each passes a number on, or stops the compilation with the sentence that the macro would have
//! said, pointing where the macro says: at the const.
//!
//! A shape without numbers in it comes from a mistake that has been reported: nothing is said of it.

mod axes;
mod dense;
mod image;
mod merge;
mod real;
mod reshape;

pub use axes::{along, half};
pub use dense::{expect, infer};
pub use image::{channels, cropped, dilation, groups, image, side, strict, window};
pub use merge::{joined, merged};
pub use real::{epsilon, factor, momentum, rate};
pub use reshape::{fill, hole, reshape};

use keras_shapes::{Dims, Text};

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
