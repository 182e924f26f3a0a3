//! What the columns of a [`Table`] can be turned into.

use ndarray::{Array1, Array2};

use crate::data::{Categories, Table};
use crate::error::{Error, Result};

impl Table {
    /// A column of numbers.
    ///
    /// # Errors
    /// [`Error::File`], naming line and column, if a cell is missing or is not a finite number, or
    /// if there is no such column.
    pub fn column(&self, name: &str) -> Result<Array1<f32>> {
        let index = self.index(name)?;
        (0..self.len()).map(|row| self.number(row, index)).collect()
    }

    /// Several columns of numbers, side by side in the order of `names`.
    ///
    /// # Errors
    /// As [`column`](Self::column).
    pub fn columns(&self, names: &[&str]) -> Result<Array2<f32>> {
        let indices = names.iter().map(|name| self.index(name)).collect::<Result<Vec<_>>>()?;
        let mut numbers = Array2::zeros((self.len(), indices.len()));
        for ((row, column), number) in numbers.indexed_iter_mut() {
            *number = self.number(row, indices[column])?;
        }
        Ok(numbers)
    }

    /// A column of text.
    ///
    /// # Errors
    /// [`Error::File`], naming line and column, if a cell is missing or if there is no such column.
    pub fn text(&self, name: &str) -> Result<Vec<&str>> {
        let index = self.index(name)?;
        (0..self.len()).map(|row| self.cell(row, index)).collect()
    }

    /// The classes that a column of text names.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    pub fn categories(&self, name: &str) -> Result<Categories> {
        Ok(Categories::new(self.text(name)?))
    }

    /// A column of text as class numbers. The classes can be those of another table, so that data to
    /// test with are numbered as those to train with.
    ///
    /// # Errors
    /// As [`text`](Self::text), and if a cell names a class that is not among the categories.
    ///
    /// ```
    /// use keras_core::data::Table;
    /// use keras_core::ndarray::array;
    ///
    /// let table = Table::from_reader("pets.csv", "pet\ndog\ncat\ndog\n".as_bytes())?;
    /// let pets = table.categories("pet")?;
    /// assert_eq!(table.class_numbers("pet", &pets)?, array![1, 0, 1]);
    /// assert_eq!(pets.names(), ["cat", "dog"]);
    /// # Ok::<(), keras_core::Error>(())
    /// ```
    pub fn class_numbers(&self, name: &str, categories: &Categories) -> Result<Array1<usize>> {
        let index = self.index(name)?;
        let number = |row| {
            let text = self.cell(row, index)?;
            categories.number(text).ok_or_else(|| {
                let expected = format!("one of the {} classes", categories.len());
                self.wrong_cell(row, index, &expected, &format!("`{text}`"))
            })
        };
        (0..self.len()).map(number).collect()
    }

    fn cell(&self, row: usize, column: usize) -> Result<&str> {
        match self.rows[row].cells[column].as_str() {
            "" => Err(self.wrong_cell(row, column, "a value", "an empty cell")),
            text => Ok(text),
        }
    }

    fn number(&self, row: usize, column: usize) -> Result<f32> {
        match self.rows[row].cells[column].as_str() {
            "" => Err(self.wrong_cell(row, column, "a number", "an empty cell")),
            text => text.parse().ok().filter(|number: &f32| number.is_finite()).ok_or_else(|| {
                self.wrong_cell(row, column, "a number that fits an `f32`", &format!("`{text}`"))
            }),
        }
    }

    fn wrong_cell(&self, row: usize, column: usize, expected: &str, found: &str) -> Error {
        let (line, name) = (self.rows[row].line, &self.names()[column]);
        self.problem(format!("line {line}, column `{name}`: expected {expected}, but found {found}"))
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    const CSV: &str = "a,b,class\n1,-2.5,x\n3e2,,y\n.5,+4,\n0,what,x\n";

    fn table(csv: &str) -> Table {
        Table::from_reader("t.csv", csv.as_bytes()).unwrap()
    }

    #[test]
    fn numbers_by_name() {
        let t = table(CSV);
        assert_eq!(t.column("a").unwrap(), array![1.0, 300.0, 0.5, 0.0]);
        let t = table("a,b\n1,2\n3,4\n");
        assert_eq!(t.columns(&["b", "a"]).unwrap(), array![[2.0, 1.0], [4.0, 3.0]]);
        assert_eq!(table("a,b\n").columns(&["b", "a"]).unwrap().dim(), (0, 2));
    }

    #[test]
    fn a_wrong_cell_is_named() {
        let t = table(CSV);
        let said = |error: Error| error.to_string();
        let empty = "t.csv: line 3, column `b`: expected a number, but found an empty cell";
        assert_eq!(said(t.column("b").unwrap_err()), empty);
        assert_eq!(said(t.columns(&["a", "b"]).unwrap_err()), empty);
        let t = t.fill_missing("b", 0).unwrap();
        assert_eq!(
            said(t.column("b").unwrap_err()),
            "t.csv: line 5, column `b`: expected a number that fits an `f32`, but found `what`"
        );
        assert_eq!(
            said(t.text("class").unwrap_err()),
            "t.csv: line 4, column `class`: expected a value, but found an empty cell"
        );
        assert!(said(t.column("z").unwrap_err()).contains("there is no column `z`"));
        for number in ["nan", "inf", "-infinity", "1e39", "0x10", "1 000", "1_000"] {
            assert!(table(&format!("a\n{number}\n")).column("a").is_err(), "{number}");
        }
    }

    #[test]
    fn text_to_class_numbers() {
        let t = table(CSV).drop_missing(&["class"]).unwrap();
        let classes = t.categories("class").unwrap();
        assert_eq!(t.class_numbers("class", &classes).unwrap(), array![0, 1, 0]);
        let error = t.class_numbers("class", &Categories::new(["x"])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.csv: line 3, column `class`: expected one of the 1 classes, but found `y`"
        );
        assert!(table(CSV).class_numbers("class", &classes).is_err());
    }
}
