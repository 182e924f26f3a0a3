//! The score as a table.

use super::case::Case;
use super::judge::Score;

const HEAD: &str = "# What the compiler says\n
The mistakes of [`tests/ui`](../tests/ui), each file with what the compiler prints, judged by
`keras-macros/src/tests/corpus`. This table is written by `MESSAGES=overwrite cargo test -p keras-macros corpus`;
the test fails where it is out of date, and where a column has got worse.\n
- **one each**: as many errors as there are mistakes in the file.
- **first line**: it names the layer and both shapes; where the mistake is none of shapes, the word that is wrong.
- **caret**: every one is on what a person wrote, none on the whole macro call.
- **clean**: no internal name, no projection (`<A as B>::C`), no number of the type system in the first error.
- **help**: each error says what to do, how it is written, or what there is.
- **replaced**: of the helps that say \"write `X`\", how many were applied to the source by a program, after which
  the mistake was gone. What only the compiler sees (named consts, own layers) is not tried. The files
  that can be mended so as a whole are in `tests/mended.rs`, which must compile.\n\n";

type Total = (&'static str, (usize, usize));

/// The right ones of each column, and of how many.
pub fn totals(scores: &[(Case, Score)]) -> Vec<Total> {
    let count =
        |right: fn(&Score) -> bool| (scores.iter().filter(|(_, score)| right(score)).count(), scores.len());
    let applied =
        scores.iter().fold((0, 0), |(of, right), (_, score)| (of + score.applied.0, right + score.applied.1));
    vec![
        ("one each", count(|score| score.one_each)),
        ("first line", count(|score| score.headline)),
        ("caret", count(|score| score.caret)),
        ("clean", count(|score| score.clean)),
        ("help", count(|score| score.help)),
        ("replaced", (applied.1, applied.0)),
    ]
}

pub fn table(scores: &[(Case, Score)]) -> String {
    let mut text = HEAD.to_owned();
    let mistakes: usize = scores.iter().map(|(case, _)| case.mistakes).sum();
    text +=
        &format!("{} files, {mistakes} mistakes.\n\n| column | right | of |\n|---|--:|--:|\n", scores.len());
    for (column, (right, of)) in totals(scores) {
        text += &format!("| {column} | {right} | {of} |\n");
    }
    text += "\n| case | mistakes | one each | first line | caret | clean | help | replaced |\n|---|--:|---|---|---|---|---|---|\n";
    for (case, score) in scores {
        let yes = |right: bool| if right { "yes" } else { "**no**" };
        let replaced = match score.applied {
            (0, _) => String::new(),
            (tried, right) => format!("{right} of {tried}"),
        };
        text += &format!(
            "| {} | {} | {} | {} | {} | {} | {} | {replaced} |\n",
            case.name,
            case.mistakes,
            yes(score.one_each),
            yes(score.headline),
            yes(score.caret),
            yes(score.clean),
            yes(score.help)
        );
    }
    text
}

/// What a committed table says of a column.
pub fn committed(text: &str, column: &str) -> Option<(usize, usize)> {
    let row = text.lines().find_map(|line| line.strip_prefix(&format!("| {column} |")))?;
    let mut numbers = row.split('|').filter_map(|cell| cell.trim().parse().ok());
    numbers.next().zip(numbers.next())
}
