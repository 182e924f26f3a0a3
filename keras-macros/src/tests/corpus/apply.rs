//! What happens when a person does what a message says.
//!
//! The reading is mechanical. "write `X`" replaces: the argument that the caret is in, where `X` is
//! `name = value`; the layer that the caret is in, where `X` is a layer; else what is under the caret.
//! "write `X` before it" and "put `X` before it" insert, "at the end" inserts there.

use std::ops::Range;

use super::brackets::{closing, in_pair, opening};
use super::case::Printed;
use super::said::headlines;

/// A replacement that was made.
pub struct Applied {
    /// Whether the macro has one mistake less to report, and this one is gone.
    pub is_right: bool,
}

/// Applies what the message says, if it is a replacement of one of the macro's own messages.
pub fn one(source: &str, error: &Printed) -> Option<Applied> {
    let (range, text) = edit(source, error)?;
    let mut new = source.to_owned();
    new.replace_range(range, &text);
    let (before, after) = (headlines(source)?, headlines(&new));
    let count = |all: &[String]| all.iter().filter(|line| **line == error.headline).count();
    let is_right = after.is_some_and(|after| after.len() < before.len() && count(&after) < count(&before));
    Some(Applied { is_right })
}

/// What is to be replaced, by what.
pub fn edit(source: &str, error: &Printed) -> Option<(Range<usize>, String)> {
    if !error.is_ours {
        return None;
    }
    let (text, behind) = replacement(error.help()?)?;
    let caret = error.span(source)?;
    if behind.starts_with(" before it") {
        let layer = layer(source, &caret).unwrap_or(caret);
        let gap = if text.starts_with(char::is_alphanumeric) { ", " } else { " " };
        return Some((layer.start..layer.start, format!("{text}{gap}")));
    }
    if behind.starts_with(" behind it") {
        let end = layer(source, &caret).unwrap_or(caret).end;
        return Some((end..end, format!(", {text}")));
    }
    if &source[caret.clone()] == "<" {
        return Some((caret.end..caret.end, text.to_owned()));
    }
    if behind.starts_with(" at its beginning") {
        let open = caret.end + source[caret.end..].find('{')?;
        return Some((open + 1..open + 1, format!(" {text}")));
    }
    if behind.starts_with(" at the end") {
        let open = caret.end + source[caret.end..].find('{')?;
        let close = closing(source, open)?;
        return Some((close..close, format!("{text} ")));
    }
    let word: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let rest = text[word.len()..].trim_start();
    if !word.is_empty() && rest.starts_with('=') {
        return Some((argument(source, &caret), text.to_owned()));
    }
    let mut written = layer(source, &caret);
    // The layer may stand for several, of which the caret is on one.
    while let Some(range) = written.clone().filter(|range| name(&source[range.clone()]) != word) {
        let Some(outer) = around(source, range.start) else { break };
        if outer == range {
            break;
        }
        if name(&source[outer.clone()]) == word {
            written = Some(outer);
            break;
        }
        written = Some(outer);
    }
    let written =
        written.filter(|range| name(&source[range.clone()]) == word).or_else(|| layer(source, &caret));
    let name = written.as_ref().map(|range| name(&source[range.clone()]));
    let is_layer = text.starts_with("Flatten, ") || name == Some(word.as_str()) && rest.starts_with('<');
    let mut range = if is_layer { written? } else { caret };
    if is_layer && text.ends_with(')') && source[range.end..].starts_with('(') {
        range.end = closing(source, range.end)? + 1;
    }
    Some((range, text.to_owned()))
}

/// The text to write, and what follows it.
fn replacement(help: &str) -> Option<(&str, &str)> {
    if let Some((text, behind)) = help.strip_prefix("did you mean ").and_then(|text| text.split_once('?')) {
        return Some((text, behind));
    }
    let behind = help.split_once("write `").map(|(_, behind)| behind);
    let put = || help.strip_prefix("put `").or_else(|| help.strip_prefix("put a `"));
    let (text, rest) = behind.or_else(put)?.split_once('`')?;
    // Dots stand for something that only the writer knows; another layer is not under the caret.
    let is_open = text.contains("..") || rest.starts_with(" for layer") || text.contains("HEIGHT");
    let put = behind.is_none() && !rest.starts_with(" before it") && !rest.starts_with(" behind it");
    (!is_open && !put).then_some((text, rest))
}

/// The word that a layer begins with.
fn name(layer: &str) -> &str {
    layer.split(['<', '(']).next().unwrap_or_default().trim()
}

/// The layer around a place: a word with a capital letter, and its list.
fn layer(source: &str, caret: &Range<usize>) -> Option<Range<usize>> {
    let own = &source[caret.start..];
    let word = own.find(|c: char| !c.is_alphanumeric()).unwrap_or(own.len());
    let is_list = own[word..].starts_with('<') || own[word..].starts_with('(');
    if is_list && own.starts_with(char::is_uppercase) {
        let close = closing(source, caret.start + word)?;
        return Some(caret.start..close + 1);
    }
    around(source, caret.start).or_else(|| Some(caret.clone()))
}

/// The layer whose list a place is in; the list of all layers is none.
fn around(source: &str, at: usize) -> Option<Range<usize>> {
    let open = opening(source, at).filter(|at| source[*at..].starts_with('<'))?;
    let start = source[..open].rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
    let is_layer = start < open && !source[..start].trim_end().ends_with("struct");
    is_layer.then_some(start..closing(source, open)? + 1)
}

/// The argument around a place.
fn argument(source: &str, caret: &Range<usize>) -> Range<usize> {
    let (mut depth, mut start) = (0_usize, caret.start);
    for (at, c) in source[..caret.start].char_indices().rev() {
        match c {
            '>' | ')' | ']' => depth += 1,
            // A pair is inside of an argument.
            '(' if depth == 0 => {}
            ',' if depth == 0 && !in_pair(source, at) => break,
            '<' | '[' if depth == 0 => break,
            '<' | '(' | '[' => depth -= 1,
            _ => {}
        }
        start = at;
    }
    let (mut depth, mut end) = (0_usize, caret.start);
    for (at, c) in source[caret.start..].char_indices() {
        end = caret.start + at;
        match c {
            '<' | '(' | '[' => depth += 1,
            ',' if depth == 0 && in_pair(source, caret.start + at) => {}
            ')' if depth == 0 => {}
            '>' | ']' | ',' if depth == 0 => break,
            '>' | ')' | ']' => depth -= 1,
            _ => {}
        }
    }
    let text = &source[start..end];
    start += text.len() - text.trim_start().len();
    start..end
}
