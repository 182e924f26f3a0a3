//! The cases of `tests/ui`, and what was printed for each.

use std::fs;
use std::path::PathBuf;

/// One file of mistakes.
pub struct Case {
    pub name: String,
    pub source: String,
    /// How many mistakes its writer says are in it: `// mistakes: 3`, or 1.
    pub mistakes: usize,
    /// What they are about: `// kind: shape`, or words.
    pub is_shape: bool,
    pub errors: Vec<Printed>,
}

/// An error as the compiler printed it.
pub struct Printed {
    pub headline: String,
    /// All of it.
    pub block: String,
    /// Whether it is the macro's own; others have a code.
    pub is_ours: bool,
    /// Where the caret is: the file, the line and column from 1, and how many signs it covers.
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub length: usize,
}

/// The workspace.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All of them, by name.
pub fn cases() -> Vec<Case> {
    let mut names: Vec<String> = fs::read_dir(root().join("tests/ui"))
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".rs")?.to_owned()))
        .collect();
    names.sort();
    names.into_iter().map(read).collect()
}

fn read(name: String) -> Case {
    let file = |ending: &str| {
        let path = root().join(format!("tests/ui/{name}.{ending}"));
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let (source, printed) = (file("rs"), file("stderr"));
    let said = |key: &str| source.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
    let mistakes = said("// mistakes:").map_or(1, |text| text.parse().unwrap());
    let is_shape = said("// kind:").is_some_and(|kind| kind == "shape");
    Case { mistakes, is_shape, errors: errors(&printed), source, name }
}

fn errors(printed: &str) -> Vec<Printed> {
    let mut blocks: Vec<String> = Vec::new();
    for line in printed.lines() {
        if line.starts_with("error") || blocks.is_empty() {
            blocks.push(String::new());
        }
        let block = blocks.last_mut().unwrap();
        block.push_str(line);
        block.push('\n');
    }
    blocks.into_iter().filter(|block| block.starts_with("error")).map(error).collect()
}

fn error(block: String) -> Printed {
    let headline = block.lines().next().unwrap_or_default().split_once(": ").unwrap().1.to_owned();
    let is_ours = block.starts_with("error: ") && !block.contains("implied by");
    let place = block.lines().find_map(|line| line.trim_start().strip_prefix("--> ")).unwrap_or("?:0:0");
    let mut parts = place.rsplitn(3, ':');
    let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    let (column, line) = (number(), number());
    let file = parts.next().unwrap_or_default().to_owned();
    let behind = block.split_once("--> ").map_or("", |(_, behind)| behind);
    let caret = behind.lines().find(|line| line.contains('|') && line.contains('^')).unwrap_or_default();
    let length = caret.chars().skip_while(|c| *c != '^').take_while(|c| *c == '^').count();
    Printed { headline, is_ours, file, line, column, length, block }
}

impl Printed {
    /// What the help says, if there is one of ours.
    pub fn help(&self) -> Option<&str> {
        self.block.lines().find_map(|line| line.strip_prefix("       ")?.trim_start().strip_prefix("help: "))
    }

    /// The place of the caret in the source, in bytes.
    pub fn span(&self, source: &str) -> Option<std::ops::Range<usize>> {
        let line = self.line.checked_sub(1)?;
        let before: usize = source.split_inclusive('\n').take(line).map(str::len).sum();
        let text = source[before..].lines().next()?;
        let byte = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
        let from = self.column.checked_sub(1)?;
        Some(before + byte(from)..before + byte(from + self.length))
    }
}
