use keras_shapes::names::{folded, slips};

/// The known word that was probably meant by `word`, if any.
///
/// A person's own type may well be named like a built-in one (`Relu6`, `Celu`), so this is careful:
/// the same letters whatever the case, or one slip (two in a long word) after the same first letter,
/// digits being no slip.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mine = folded(word);
    let allowed = if mine.chars().count() >= 8 { 2 } else { 1 };
    known
        .into_iter()
        .map(|candidate| (slips(&mine, &folded(candidate)), candidate))
        .filter(|(d, candidate)| {
            let theirs = folded(candidate);
            *d == 0
                || *d <= allowed
                    && mine.chars().count() >= 4
                    && mine.chars().next() == theirs.chars().next()
                    && digits(&mine) == digits(&theirs)
        })
        .min_by_key(|(d, _)| *d)
        .map(|(_, candidate)| candidate)
}

/// Whether two words are the same but for case and underscores: `leaky_relu`, `LeakyReLU`.
pub fn same_word(a: &str, b: &str) -> bool {
    folded(a) == folded(b)
}

fn digits(word: &str) -> String {
    word.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 6] = ["Relu", "Elu", "Gelu", "Softmax", "LeakyRelu", "kernel_initializer"];

    #[test]
    fn slips_and_other_spellings_are_found() {
        for (word, meant) in [
            ("Rellu", "Relu"),
            ("ReLU", "Relu"),
            ("relu", "Relu"),
            ("Softmaxx", "Softmax"),
            ("Sotfmax", "Softmax"),
            ("LeakyReLU", "LeakyRelu"),
            ("leaky_relu", "LeakyRelu"),
            ("kernel_initialiser", "kernel_initializer"),
        ] {
            assert_eq!(nearest(word, WORDS), Some(meant), "{word}");
        }
    }

    #[test]
    fn own_types_are_left_alone() {
        for word in ["Relu6", "Celu", "Swishy", "Mish", "Glu", "Softsign"] {
            assert_eq!(nearest(word, WORDS), None, "{word}");
        }
    }
}
