use keras_shapes::{Dims, Join, Text, merge, merge_text};

use super::stop;

/// What values make together; what the first is where they do not fit, which is reported elsewhere.
#[must_use]
pub const fn merged(join: Join, values: &[Dims]) -> Dims {
    match merge(join, values) {
        Ok(dims) => dims,
        Err(_) => values[0],
    }
}

/// Values that are joined must fit. They come with what messages call them.
#[track_caller]
pub const fn joined<const K: usize>(who: &str, does: &str, join: Join, values: &[(&str, Dims); K]) {
    let mut dims = [Dims::new([0]); K];
    let mut i = 0;
    while i < K {
        dims[i] = values[i].1;
        if dims[i].numel() == 0 {
            return;
        }
        i += 1;
    }
    if let Some(text) = merge_text(who, does, join, &dims) {
        let mut text: Text = text.str("\n");
        i = 0;
        while i < K {
            text = text.str("\n  ").str(values[i].0).str("  gives ").dims(dims[i]);
            i += 1;
        }
        stop(text.str("\n\nhelp: make the sizes equal"))
    }
}
