/// The known word that was probably meant by `word`, if any.
///
/// A person's own type may well be named like a built-in one (`Relu6`, `Celu`), so this is careful:
/// the same letters whatever the case, or one slip (two in a long word) after the same first letter,
/// digits being no slip.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mine = folded(word);
    let allowed = if mine.len() >= 8 { 2 } else { 1 };
    known
        .into_iter()
        .map(|candidate| (distance(&mine, &folded(candidate)), candidate))
        .filter(|(d, candidate)| {
            let theirs = folded(candidate);
            *d == 0
                || *d <= allowed
                    && mine.len() >= 4
                    && mine.first() == theirs.first()
                    && digits(&mine) == digits(&theirs)
        })
        .min_by_key(|(d, _)| *d)
        .map(|(_, candidate)| candidate)
}

/// Whether two words are the same but for case and underscores: `leaky_relu`, `LeakyReLU`.
pub fn same_word(a: &str, b: &str) -> bool {
    folded(a) == folded(b)
}

fn folded(word: &str) -> Vec<char> {
    word.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

fn digits(word: &[char]) -> Vec<char> {
    word.iter().copied().filter(char::is_ascii_digit).collect()
}

/// How many slips turn one word into the other: a letter more, less, other, or two swapped.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if swapped { best.min(rows[i - 2][j - 2] + 1) } else { best }
            };
        }
    }
    rows[a.len()][b.len()]
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
