//! What the macro asks of const evaluation where sizes are named consts, whose values it does not
//! know. Each passes a number on, or stops the compilation with the sentence that the macro would have
//! said, pointing where the macro says: at the const.

use keras_shapes::{
    DenseFit, Dims, Text, dense_fit, dense_text, hole_text, infer_text, rate_fault, reshape_text,
};

/// A size that is at least 1.
#[track_caller]
pub const fn nonzero(who: &str, what: &str, have: usize) -> usize {
    if have == 0 {
        let text = Text::new(who).str(": ").str(keras_shapes::zero_text(what).as_str());
        stop(text.str("\nhelp: make it 1 or more"));
    }
    have
}

/// A dense layer's inputs, which must be what comes in. `shown` is how they were written.
#[track_caller]
pub const fn expect(who: &str, before: &str, from: Dims, have: usize, shown: &str) -> usize {
    if have == 0 {
        return nonzero(who, "inputs", have);
    }
    if let Some(text) = dense_text(who, before, have, from) {
        let text = match dense_fit(have, from) {
            DenseFit::Flat => text.str("\nhelp: put a `Flatten` before it"),
            _ => {
                let text = text.str("\nhelp: make `").str(shown).str("` ").num(from.last());
                if from.rank == 1 { text.str(", or write `_` to have it inferred") } else { text }
            }
        };
        stop(text)
    }
    have
}

/// What `_` stands for in a dense layer.
#[track_caller]
pub const fn infer(who: &str, before: &str, from: Dims) -> usize {
    if let Some(text) = infer_text(who, before, from) {
        let text = text.str("\nhelp: put a `Flatten` before it");
        stop(match from.rank {
            2 | 3 => text.str(", or write `").num(from.last()).str("` to apply the layer at every position"),
            _ => text,
        })
    }
    from.last()
}

/// What `_` stands for in a reshape whose other sizes multiply to `others`.
#[track_caller]
pub const fn hole(who: &str, before: &str, from: Dims, others: usize) -> usize {
    if let Some(text) = hole_text(who, before, from, others) {
        stop(text.str("\nhelp: write sizes that multiply to ").num(from.numel()))
    }
    match keras_shapes::hole(from, others) {
        Some(size) => size,
        None => 0,
    }
}

/// A reshape must keep the number of elements.
#[track_caller]
pub const fn reshape(who: &str, before: &str, from: Dims, to: Dims) {
    if let Some(text) = reshape_text(who, before, from, to) {
        stop(text.str("\nhelp: write sizes that multiply to ").num(from.numel()))
    }
}

/// The rate of a dropout.
#[track_caller]
pub const fn rate(who: &str, rate: f64) -> f64 {
    if let Some(text) = rate_fault(who, rate) {
        stop(text)
    }
    rate
}

#[track_caller]
const fn stop(text: Text) -> ! {
    panic!("{}", text.as_str())
}
