use std::fmt;

/// A message: one sentence, then perhaps the walk of shapes, then how to set it right.
#[derive(Clone, Debug)]
pub struct Message {
    headline: String,
    walk: Option<String>,
    help: Option<String>,
    usage: Option<String>,
}

impl Message {
    pub fn new(headline: impl Into<String>) -> Self {
        Self { headline: headline.into(), walk: None, help: None, usage: None }
    }

    /// The shapes on the way to the mistake.
    pub fn walk(mut self, walk: String) -> Self {
        self.walk = Some(walk);
        self
    }

    /// What to write instead.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// How the layer is written.
    pub fn usage(mut self, usage: &str) -> Self {
        self.usage = Some(usage.into());
        self
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline)?;
        if let Some(walk) = &self.walk {
            write!(f, "\n\n{walk}\n")?;
        }
        if let Some(help) = &self.help {
            write!(f, "\nhelp: {help}")?;
        }
        if let Some(usage) = &self.usage {
            write!(f, "\nusage: {usage}")?;
        }
        Ok(())
    }
}

/// `a, b and c`, each in backticks.
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_in_order() {
        let message = Message::new("wrong").usage("Dense<..>").help("write `_`").walk("1 (2)".into());
        assert_eq!(message.to_string(), "wrong\n\n1 (2)\n\nhelp: write `_`\nusage: Dense<..>");
    }

    #[test]
    fn lists_read_as_a_sentence() {
        assert_eq!(list(["a"]), "`a`");
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
