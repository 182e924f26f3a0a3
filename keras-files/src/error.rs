use std::fmt;

/// `Ok`, or an [`Error`].
pub type Result<T> = core::result::Result<T, Error>;

/// All that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// One line each.
    pub problems: Vec<String>,
}

impl Error {
    /// One problem.
    #[must_use]
    pub fn new(problem: impl Into<String>) -> Self {
        Self { problems: vec![problem.into()] }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problems.join("\n"))
    }
}

impl std::error::Error for Error {}
