//! Layers that work along some axes of what they are given.

use crate::{Dims, Text, axis};

/// The most axes that one layer works along: as many as the batch has behind it but one.
pub const MOST_AXES: usize = 3;

/// What is said of axes, counted from the batch, of which a sample lacks one, or has one twice. Zeros behind the
/// first are none.
#[must_use]
pub const fn axes_text(who: &str, axes: [isize; MOST_AXES], dims: Dims) -> Option<Text> {
    let mut i = 0;
    while i < MOST_AXES {
        if i > 0 && axes[i] == 0 {
            i += 1;
            continue;
        }
        let Some(at) = axis(axes[i], dims.rank) else {
            return Some(lack(Text::new(who), axes[i], dims));
        };
        let mut j = 0;
        while j < i {
            if let Some(other) = axis(axes[j], dims.rank)
                && axes[j] != 0
                && other == at
            {
                let text = Text::new(who).str(" works along an axis twice: ").int(axes[j]);
                return Some(text.str(" and ").int(axes[i]));
            }
            j += 1;
        }
        i += 1;
    }
    None
}

/// The sentence for an axis that is not there.
const fn lack(text: Text, axis: isize, dims: Dims) -> Text {
    if axis == 0 {
        return text.str(" works along axis 0, which is the batch");
    }
    text.str(" works along axis ").int(axis).str(", but ").dims(dims).str(" has none")
}

/// The shape with half of the size of an axis; the shape itself where that does not fit.
#[must_use]
pub const fn halved(at: isize, dims: Dims) -> Dims {
    let mut out = dims;
    if let Some(at) = axis(at, dims.rank) {
        out.d[at] /= 2;
    }
    out
}

/// What is said of an axis that cannot be halved.
#[must_use]
pub const fn halved_text(who: &str, at: isize, dims: Dims) -> Option<Text> {
    let Some(place) = axis(at, dims.rank) else { return Some(lack(Text::new(who), at, dims)) };
    if dims.d[place].is_multiple_of(2) {
        return None;
    }
    let text = Text::new(who).str(" halves a size of ").num(dims.d[place]);
    Some(text.str(" of ").dims(dims).str(", which is odd"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Dims = Dims::new([4, 6, 3]);

    fn said(text: Option<Text>) -> String {
        text.map_or_else(String::new, |text| text.as_str().to_owned())
    }

    #[test]
    fn axes_are_there_once() {
        for axes in [[-1, 0, 0], [1, 2, 0], [1, 2, 3], [-3, -1, 2]] {
            assert_eq!(said(axes_text("it", axes, A)), "", "{axes:?}");
        }
        assert_eq!(said(axes_text("it", [4, 0, 0], A)), "it works along axis 4, but (4, 6, 3) has none");
        assert_eq!(said(axes_text("it", [0, 0, 0], A)), "it works along axis 0, which is the batch");
        assert_eq!(said(axes_text("it", [1, -5, 0], A)), "it works along axis -5, but (4, 6, 3) has none");
        assert_eq!(said(axes_text("it", [3, 1, -1], A)), "it works along an axis twice: 3 and -1");
    }

    #[test]
    fn even_sizes_have_halves() {
        assert!(halved(1, A).same(Dims::new([2, 6, 3])));
        assert!(halved(-2, A).same(Dims::new([4, 3, 3])));
        assert_eq!(said(halved_text("it", 2, A)), "");
        assert_eq!(said(halved_text("it", -1, A)), "it halves a size of 3 of (4, 6, 3), which is odd");
        assert_eq!(said(halved_text("it", 4, A)), "it works along axis 4, but (4, 6, 3) has none");
    }
}
