use core::fmt::{self, Debug, Formatter};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::data::csv;
use crate::error::{Error, Result};

/// A table with named columns, read from a CSV file with a header line.
///
/// Cells are text until a column is asked for: [`column`](Self::column) and
/// [`columns`](Self::columns) give numbers, [`text`](Self::text) text and
/// [`categories`](Self::categories) class numbers. An empty cell is a missing value. Whoever asks
/// for a column that has one gets an error, unless it was dealt with before:
/// [`drop_missing`](Self::drop_missing), [`fill_missing`](Self::fill_missing).
///
/// ```
/// use keras_core::data::Table;
/// use keras_core::ndarray::array;
///
/// let csv = "name,weight,height\nAda,61,1.70\nBob,,1.82\nCem,80,1.78\n";
/// let people = Table::from_reader("people.csv", csv.as_bytes())?.drop_missing(&["weight"])?;
/// assert_eq!(people.columns(&["height", "weight"])?, array![[1.70, 61.0], [1.78, 80.0]]);
/// assert_eq!(people.text("name")?, ["Ada", "Cem"]);
/// # Ok::<(), keras_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Table {
    path: PathBuf,
    names: Vec<String>,
    pub(super) rows: Vec<csv::Row>,
}

impl Table {
    /// Reads a file with commas between the cells. Cells may be quoted; spaces around them, and
    /// empty lines, do not count.
    ///
    /// # Errors
    /// [`Error::Io`] if the file cannot be read; [`Error::File`] if it is empty, is not UTF-8, names
    /// a column twice or not at all, or has a line with more or fewer cells than the header.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::read_with(path, b',')
    }

    /// Reads a file with another delimiter: `b';'`, `b'\t'`.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_with(path: impl AsRef<Path>, delimiter: u8) -> Result<Self> {
        let path = path.as_ref();
        Self::parse(path, File::open(path).map_err(Error::io(path))?, delimiter)
    }

    /// Reads from anything, with commas; `name` stands for it in messages.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn from_reader(name: impl AsRef<Path>, reader: impl Read) -> Result<Self> {
        Self::parse(name.as_ref(), reader, b',')
    }

    fn parse(path: &Path, mut reader: impl Read, delimiter: u8) -> Result<Self> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(Error::io(path))?;
        let (names, rows) = csv::parse(&bytes, delimiter).map_err(|problem| Error::file(path, problem))?;
        Ok(Self { path: path.into(), names, rows })
    }

    /// How many rows there are, the header not counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing below the header.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The names of the columns, in the file's order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Takes cells that say `marker` (`?`, `NA`, ..) as missing, in all columns.
    #[must_use]
    pub fn missing_marker(mut self, marker: &str) -> Self {
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if cell == marker {
                cell.clear();
            }
        }
        self
    }

    /// Drops the rows with a missing cell in one of these columns; in any column at all, if none is named.
    ///
    /// # Errors
    /// [`Error::File`] if there is no such column.
    pub fn drop_missing(mut self, columns: &[&str]) -> Result<Self> {
        let indices = if columns.is_empty() {
            (0..self.names.len()).collect()
        } else {
            columns.iter().map(|name| self.index(name)).collect::<Result<Vec<_>>>()?
        };
        self.rows.retain(|row| indices.iter().all(|&i| !row.cells[i].is_empty()));
        Ok(self)
    }

    /// Writes `value` into the missing cells of a column.
    ///
    /// # Errors
    /// [`Error::File`] if there is no such column.
    pub fn fill_missing(mut self, column: &str, value: impl ToString) -> Result<Self> {
        let (index, value) = (self.index(column)?, value.to_string());
        for row in &mut self.rows {
            if row.cells[index].is_empty() {
                row.cells[index].clone_from(&value);
            }
        }
        Ok(self)
    }

    pub(super) fn index(&self, column: &str) -> Result<usize> {
        self.names.iter().position(|name| name == column).ok_or_else(|| {
            let names: Vec<_> = self.names.iter().map(|name| format!("`{name}`")).collect();
            self.problem(format!("there is no column `{column}`; there are {}", names.join(", ")))
        })
    }

    pub(super) fn problem(&self, text: String) -> Error {
        Error::file(&self.path, text)
    }
}

impl Debug for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { path, names, rows } = self;
        f.debug_struct("Table").field("path", path).field("names", names).field("rows", &rows.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(csv: &str) -> Result<Table> {
        Table::from_reader("t.csv", csv.as_bytes())
    }

    #[test]
    fn other_delimiters() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "a;b\n1,5;2\n").unwrap();
        assert_eq!(Table::read_with(file.path(), b';').unwrap().text("a").unwrap(), ["1,5"]);
        assert_eq!(Table::read(file.path()).unwrap_err().to_string().split(": ").nth(1), Some("line 2"));
        assert!(matches!(Table::read("no/such.csv"), Err(Error::Io { .. })));
    }

    #[test]
    fn missing_cells_are_dropped_or_filled() {
        let t = table("a,b,c\n1,?,x\n,2,y\n3,4,\n5,6,z\n").unwrap().missing_marker("?");
        let c = |t: &Table| t.rows.iter().map(|row| row.cells.join(" ")).collect::<Vec<_>>();
        assert_eq!(c(&t.clone().drop_missing(&["a"]).unwrap()), ["1  x", "3 4 ", "5 6 z"]);
        assert_eq!(c(&t.clone().drop_missing(&["a", "c"]).unwrap()), ["1  x", "5 6 z"]);
        assert_eq!(c(&t.clone().drop_missing(&[]).unwrap()), ["5 6 z"]);
        assert_eq!(c(&t.clone().fill_missing("b", 0.5).unwrap()), ["1 0.5 x", " 2 y", "3 4 ", "5 6 z"]);
        let no_column = "t.csv: there is no column `d`; there are `a`, `b`, `c`";
        assert_eq!(t.clone().drop_missing(&["a", "d"]).unwrap_err().to_string(), no_column);
        assert_eq!(t.fill_missing("d", 1).unwrap_err().to_string(), no_column);
    }
}
