//! Brackets in a source.

/// Whether a place is between parentheses that are the innermost.
pub fn in_pair(source: &str, at: usize) -> bool {
    let mut depth = 0_usize;
    for c in source[..at].chars().rev() {
        match c {
            '>' | ')' | ']' | '}' => depth += 1,
            '<' | '(' | '[' | '{' if depth == 0 => return c == '(',
            '<' | '(' | '[' | '{' => depth -= 1,
            _ => {}
        }
    }
    false
}

/// The bracket that is open at a place.
pub fn opening(source: &str, at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, c) in source[..at].char_indices().rev() {
        match c {
            '>' | ')' | ']' | '}' => depth += 1,
            '<' | '(' | '[' | '{' if depth == 0 => {
                // A pair inside a list of arguments.
                return if c == '(' { opening(source, i) } else { Some(i) };
            }
            '<' | '(' | '[' | '{' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The bracket that closes the one here.
pub fn closing(source: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, c) in source[open..].char_indices() {
        match c {
            '<' | '(' | '[' | '{' => depth += 1,
            '>' | ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open + i);
        }
    }
    None
}
