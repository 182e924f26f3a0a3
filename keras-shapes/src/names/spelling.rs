//! How far one word is from another.

/// A word in lower case, without underscores: two spellings of one name are the same then.
#[must_use]
pub fn folded(word: &str) -> String {
    word.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

/// How many slips turn one word into the other: a letter more, less, other, or two swapped.
#[must_use]
pub fn slips(a: &str, b: &str) -> usize {
    let [a, b] = [a, b].map(|word| word.chars().collect::<Vec<_>>());
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

/// The word that is the fewest slips away, of those that are fewer than half of its letters, or one of two.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = folded(word);
    let ranked = known.into_iter().map(|known| (slips(&word, &folded(known)), known));
    let near = |(slips, known): &(usize, &str)| slips * 2 <= folded(known).len();
    ranked.filter(near).min_by_key(|(slips, _)| *slips).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slip_counts_once() {
        for (a, b, count) in
            [("adam", "adam", 0), ("adma", "adam", 1), ("adm", "adam", 1), ("sgd", "adam", 4), ("", "l1", 2)]
        {
            assert_eq!(slips(a, b), count, "{a} {b}");
            assert_eq!(slips(b, a), count, "{b} {a}");
        }
    }

    #[test]
    fn what_is_far_off_is_not_near() {
        assert_eq!(nearest("Mean_Sqare", ["mean_square", "mse"]), Some("mean_square"));
        assert_eq!(nearest("wonderful", ["mean_square", "mse"]), None);
    }
}
