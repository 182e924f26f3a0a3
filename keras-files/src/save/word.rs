/// A layer, or what it is given, as it is written: `Dense<_, 64, Relu, use_bias = false>`.
#[derive(Debug, PartialEq, Eq)]
pub struct Word<'a> {
    pub name: &'a str,
    pub positional: Vec<&'a str>,
    pub named: Vec<(&'a str, &'a str)>,
}

impl<'a> Word<'a> {
    /// Takes a text apart. `None` where it is no word.
    pub fn new(text: &'a str) -> Option<Self> {
        // What nobody wrote says what it belongs to: `Add of Residual<..>`.
        let text =
            text.split_once(" of ").map_or(text, |(own, _)| if own.contains('<') { text } else { own });
        let (name, inside) = match text.split_once('<') {
            Some((name, rest)) => (name.trim(), rest.trim().strip_suffix('>')?),
            None => (text.trim(), ""),
        };
        let name = match name.rsplit_once("::") {
            Some((path, name)) if path == "keras_core" || path.starts_with("keras_core::") => name,
            _ => name,
        };
        let is_word = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ':');
        if name.is_empty() || !is_word || name.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let mut word = Self { name, positional: Vec::new(), named: Vec::new() };
        for part in parts(inside) {
            match part.split_once(" = ") {
                Some((key, value)) if key.chars().all(|c| c.is_alphanumeric() || c == '_') => {
                    word.named.push((key, value.trim()));
                }
                _ => word.positional.push(part),
            }
        }
        Some(word)
    }
}

/// What stands between commas that are in no brackets.
pub fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_apart() {
        let word =
            Word::new("Conv2D<_, 8, (3, 5), LeakyRelu<0.1>, strides = 2, bias_initializer = Constant<0.5>>");
        let word = word.unwrap();
        assert_eq!(word.name, "Conv2D");
        assert_eq!(word.positional, ["_", "8", "(3, 5)", "LeakyRelu<0.1>"]);
        assert_eq!(word.named, [("strides", "2"), ("bias_initializer", "Constant<0.5>")]);
        assert_eq!(Word::new("Add of Residual<Dense<_, 3>>").unwrap().name, "Add");
        assert_eq!(Word::new("keras_core::layers::Flatten").unwrap().name, "Flatten");
        assert_eq!(Word::new("self::Dense<3>").unwrap().name, "self::Dense");
        assert_eq!(Word::new("{ 2 * UNITS }"), None);
        assert_eq!(Word::new("0.5"), None);
    }
}
