//! File names with places for an epoch's number and figures, in Python's way of writing them.

use super::Logs;

/// A file name, cut at its placeholders.
#[derive(Clone, Debug, PartialEq)]
pub struct FilePath(Vec<Piece>);

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Text(String),
    Figure { name: String, format: Format },
}

/// What stands after the colon: `02d`, `.2f`, or nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Format {
    zeros: bool,
    width: usize,
    decimals: Option<usize>,
    /// `d`, `f` or, if there is none, a blank.
    kind: char,
}

impl FilePath {
    /// Cuts a file name at its placeholders. What is wrong with one comes back as a sentence.
    pub fn parse(path: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut rest = path.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                // Doubled braces stand for themselves.
                '{' | '}' if rest.peek() == Some(&c) => {
                    rest.next();
                    text.push(c);
                }
                '{' => {
                    let mut inside = String::new();
                    loop {
                        match rest.next() {
                            Some('}') => break,
                            Some(c) => inside.push(c),
                            None => return Err(format!("the placeholder `{{{inside}` is not closed")),
                        }
                    }
                    pieces.push(Piece::Text(core::mem::take(&mut text)));
                    pieces.push(figure(&inside)?);
                }
                '}' => return Err("a `}` closes nothing; write `}}` for the character itself".into()),
                c => text.push(c),
            }
        }
        pieces.push(Piece::Text(text));
        Ok(Self(pieces))
    }

    /// The file name for an epoch, counted from 1. The name of a figure that is not there is the error.
    pub fn fill(&self, epoch: usize, logs: &Logs) -> Result<String, String> {
        let mut path = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => path.push_str(text),
                Piece::Figure { name, format } if name == "epoch" => {
                    path.push_str(&format.write(epoch as f64, true))
                }
                // Whole numbers too, though they stand among the figures.
                Piece::Figure { name, format } => {
                    let value = logs.get(name).ok_or_else(|| name.clone())?;
                    path.push_str(&format.write(value, name == "batch"));
                }
            }
        }
        Ok(path)
    }
}

fn figure(inside: &str) -> Result<Piece, String> {
    let (name, format) = inside.split_once(':').unwrap_or((inside, ""));
    if name.is_empty() {
        return Err("a placeholder `{}` has no name: write `{epoch}` or the name of a figure".into());
    }
    let wrong = || format!("the format of `{{{inside}}}` is not one of `:02d` (for the epoch) and `:.2f`");
    let format = Format::parse(format).ok_or_else(wrong)?;
    if format.kind == 'd' && !matches!(name, "epoch" | "batch") {
        return Err(format!("`{name}` is no whole number: write `{{{name}:.2f}}`"));
    }
    Ok(Piece::Figure { name: name.into(), format })
}

impl Format {
    /// `[0][width][.decimals][d|f]`
    fn parse(format: &str) -> Option<Self> {
        let kind = format.chars().last().filter(|c| "df".contains(*c)).unwrap_or(' ');
        let format = format.strip_suffix(kind).unwrap_or(format);
        let (width, decimals) = match format.split_once('.') {
            Some((width, decimals)) => (width, Some(decimals.parse().ok().filter(|&n: &usize| n <= 100)?)),
            None => (format, None),
        };
        if decimals.is_some() && kind != 'f' {
            return None;
        }
        let zeros = width.starts_with('0');
        let width = if width.is_empty() { 0 } else { width.parse().ok().filter(|&n: &usize| n <= 100)? };
        Some(Self { zeros, width, decimals, kind })
    }

    fn write(self, value: f64, whole: bool) -> String {
        let number = match (self.kind, self.decimals) {
            ('f', decimals) => format!("{value:.*}", decimals.unwrap_or(6)),
            _ if whole => format!("{value:.0}"),
            _ => format!("{value:?}"),
        };
        let missing = self.width.saturating_sub(number.len());
        if !self.zeros {
            return " ".repeat(missing) + &number;
        }
        let (sign, digits) = number.strip_prefix('-').map_or(("", number.as_str()), |digits| ("-", digits));
        format!("{sign}{}{digits}", "0".repeat(missing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(path: &str) -> Result<String, String> {
        FilePath::parse(path)?.fill(7, &Logs::from_iter([("loss", -0.25), ("val_loss", 12.3456)]))
    }

    #[test]
    fn placeholders_are_filled_as_in_python() {
        assert_eq!(fill("plain.safetensors").unwrap(), "plain.safetensors");
        assert_eq!(fill("{epoch:02d}-{val_loss:.2f}.s").unwrap(), "07-12.35.s");
        assert_eq!(fill("{epoch}/{epoch:3d}/{epoch:.1f}").unwrap(), "7/  7/7.0");
        assert_eq!(
            fill("{loss}/{loss:f}/{loss:07.2f}/{val_loss:8.1f}").unwrap(),
            "-0.25/-0.250000/-000.25/    12.3"
        );
        assert_eq!(fill("{{epoch}}").unwrap(), "{epoch}");
    }

    #[test]
    fn what_cannot_be_filled_is_said() {
        assert_eq!(fill("{accuracy:.2f}").unwrap_err(), "accuracy");
        assert_eq!(fill("{loss:02d}").unwrap_err(), "`loss` is no whole number: write `{loss:.2f}`");
        for broken in [
            "{}",
            "{:02d}",
            "{loss:x}",
            "{loss:.2}",
            "{loss:.2e}",
            "{loss:99999999999999d}",
            "a}b",
            "{loss:.f}",
            "{epoch",
        ] {
            assert!(FilePath::parse(broken).is_err(), "{broken}");
        }
    }
}
