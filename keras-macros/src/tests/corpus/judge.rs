//! The columns in which a message is judged.

use super::apply::{self, Applied};
use super::case::{Case, Printed};

/// What the table has of each case.
pub struct Score {
    /// As many errors as mistakes.
    pub one_each: bool,
    /// The first line names the layer and both shapes, or the word that is wrong.
    pub headline: bool,
    /// The caret is on what a person wrote, never on the whole call.
    pub caret: bool,
    /// No name of ours, no projection, no number of the type system.
    pub clean: bool,
    /// It says what to do.
    pub help: bool,
    /// How many replacements were tried, and how many of them were right.
    pub applied: (usize, usize),
}

pub fn score(case: &Case) -> Score {
    let all = |judge: &dyn Fn(&Printed) -> bool| case.errors.iter().all(judge);
    let tried: Vec<Applied> =
        case.errors.iter().filter_map(|error| apply::one(&case.source, error)).collect();
    Score {
        one_each: case.errors.len() == case.mistakes,
        headline: all(&|error| {
            if case.is_shape { both_shapes(&error.headline) } else { named(&error.headline) }
        }),
        caret: all(&|error| on_a_token(case, error)),
        clean: case.errors.first().is_some_and(|error| is_clean(&error.block)),
        help: all(&|error| {
            error.help().is_some()
                || ["usage: ", "= note: ", "= help: ", "#[allow(keras::"]
                    .iter()
                    .any(|sign| error.block.contains(sign))
        }),
        applied: (tried.len(), tried.iter().filter(|applied| applied.is_right).count()),
    }
}

/// "layer 2", "`h`": something that a person can find in the source.
fn named(headline: &str) -> bool {
    headline.contains("layer ")
        || headline.contains("the input")
        || headline.contains(['`', '"'])
        || headline.contains("the model")
        || headline.starts_with("expected ")
        || headline.contains("a model ")
        || headline.contains("an input ")
}

/// A layer, and two numbers or shapes beside its own number.
fn both_shapes(headline: &str) -> bool {
    let mut text = headline.to_owned();
    // A shape is one thing, however many numbers it has.
    while let Some(open) = text.find('(') {
        let close = text[open..].find(')').map_or(text.len(), |at| open + at + 1);
        text.replace_range(open..close, " 0 ");
    }
    let text = text.replace("flat features", " 0 ").replace("flat shape", " 0 ").replace('×', "x");
    let first = headline.trim_start_matches("evaluation panicked: ");
    let has_layer = first.starts_with('`')
        || first.contains("layer `")
        || first.split("layer ").skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let words: Vec<&str> = text.split([' ', ',', '`', '<', '>']).collect();
    let is_size = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let sizes = words.windows(2).filter(|pair| pair[0] != "layer" && is_size(pair[1])).count();
    has_layer && sizes >= 2
}

fn on_a_token(case: &Case, error: &Printed) -> bool {
    let Some(span) = error.span(&case.source) else { return false };
    let (at, text) = (&case.source[span.start..], &case.source[span]);
    let is_call = at.starts_with("sequential!") || at.starts_with("model!") || at.starts_with("compile!");
    error.file.starts_with("tests/ui/") && error.length > 0 && !is_call && !text.contains("struct ")
}

fn is_clean(block: &str) -> bool {
    let projection = |line: &str| {
        line.split_once(" as ").is_some_and(|(before, behind)| before.contains('<') && behind.contains(">::"))
    };
    !block.contains("typenum") && !block.contains("__") && !block.lines().any(projection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes_are_looked_for() {
        assert!(both_shapes("layer 3 takes 32 features, but layer 2 gives 64"));
        assert!(both_shapes("`y` takes flat features, but `h` gives shape (26, 26, 8)"));
        assert!(both_shapes("layer 2 needs an image of 5×5 or larger, but layer 1 gives 3×3"));
        assert!(!both_shapes("layer 3 takes other features than layer 2 gives"));
        assert!(!both_shapes("layer 3 takes 32 features"));
        assert!(!both_shapes("expected 32 of 64"[..11].trim()));
    }

    #[test]
    fn names_of_ours_are_seen() {
        assert!(!is_clean("evaluation of `__keras_N2` failed"));
        assert!(!is_clean("`<Net as Model>::Input` is"));
        assert!(is_clean("known as `a`, not <b>"));
    }
}
