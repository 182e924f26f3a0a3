//! The text of a CSV file as rows of cells, each row with its line.
//!
//! The lines are counted here: what the reader says of them is off by one after a `\r\n` and after
//! empty lines.

use ::csv::{ByteRecord, ReaderBuilder, Trim};

/// A row, and the line of the file that it begins on.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

/// The header's names and the rows below it, or what is wrong.
pub(super) fn parse(bytes: &[u8], delimiter: u8) -> Result<(Vec<String>, Vec<Row>), String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).trim(Trim::All).has_headers(false).flexible(true);
    let mut rows = Vec::new();
    let mut lines = Lines { bytes, at: 0, line: 1 };
    for record in builder.from_reader(bytes).into_byte_records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = lines.of(record.position().map_or(0, |position| position.byte() as usize));
        rows.push(Row { line, cells: cells(&record, line)? });
    }
    let mut rows = rows.into_iter();
    let Some(header) = rows.next() else {
        return Err("expected a line with the names of the columns, but the file is empty".into());
    };
    check_names(&header)?;
    let names = header.cells;
    let rows: Vec<_> = rows.collect();
    if let Some(Row { line, cells }) = rows.iter().find(|row| row.cells.len() != names.len()) {
        let (expected, found) = (names.len(), cells.len());
        return Err(format!("line {line}: expected {expected} cells, as in the header, but found {found}"));
    }
    Ok((names, rows))
}

fn cells(record: &ByteRecord, line: usize) -> Result<Vec<String>, String> {
    let cell = |(i, bytes): (usize, &[u8])| {
        String::from_utf8(bytes.into()).map_err(|_| format!("line {line}: cell {} is not UTF-8 text", i + 1))
    };
    record.iter().enumerate().map(cell).collect()
}

fn check_names(header: &Row) -> Result<(), String> {
    let Row { line, cells } = header;
    for (i, name) in cells.iter().enumerate() {
        if name.is_empty() {
            return Err(format!("line {line}: column {} has no name", i + 1));
        }
        if cells[..i].contains(name) {
            return Err(format!("line {line}: two columns are called `{name}`"));
        }
    }
    Ok(())
}

/// Counts lines up to a place that only moves on.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the first cell from byte `start` on.
    fn of(&mut self, start: usize) -> usize {
        while let Some(&byte) = self.bytes.get(self.at)
            && (self.at < start || matches!(byte, b'\r' | b'\n'))
        {
            self.at += 1;
            if byte == b'\n' || (byte == b'\r' && self.bytes.get(self.at) != Some(&b'\n')) {
                self.line += 1;
            }
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn rows(csv: &str) -> Vec<(usize, String)> {
        let (_, rows) = parse(csv.as_bytes(), b',').unwrap();
        rows.iter().map(|row| (row.line, row.cells.join("|"))).collect()
    }

    fn wrong(csv: &[u8]) -> String {
        parse(csv, b',').err().unwrap()
    }

    #[test]
    fn quotes_spaces_and_a_byte_order_mark() {
        let csv = "\u{feff}a, b\n\"x, y\", 2 \n\"say \"\"z\"\"\",3";
        assert_eq!(parse(csv.as_bytes(), b',').unwrap().0, ["a", "b"]);
        assert_eq!(rows(csv), [(2, "x, y|2".into()), (3, "say \"z\"|3".into())]);
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        for end in ["\n", "\r\n", "\r"] {
            let csv = "\na,b\n1,2\n\n\n3,\"x\ny\"\n5,6\n".replace('\n', end);
            let lines: Vec<_> = rows(&csv).into_iter().map(|(line, _)| line).collect();
            assert_eq!(lines, [3, 6, 8], "{end:?}");
        }
    }

    #[test]
    fn malformed_files() {
        assert_eq!(wrong(b""), "expected a line with the names of the columns, but the file is empty");
        assert_eq!(wrong(b"a,,c\n"), "line 1: column 2 has no name");
        assert_eq!(wrong(b"\r\na,b,a\n"), "line 2: two columns are called `a`");
        assert_eq!(wrong(b"a,b\n1,2\n1,2,3\n"), "line 3: expected 2 cells, as in the header, but found 3");
        assert_eq!(wrong(b"a,b\r\n1\r\n"), "line 2: expected 2 cells, as in the header, but found 1");
        assert_eq!(wrong(b"a,b\n1,\xff\n"), "line 2: cell 2 is not UTF-8 text");
        assert_eq!(wrong(b"PK\x03\x04\xfe\xfe"), "line 1: cell 1 is not UTF-8 text");
        assert_eq!(rows("a,b\n"), []);
    }

    proptest! {
        #[test]
        fn whatever_was_written_is_read(
            cells in vec(vec("[a,\"\n\r; ]{0,6}", 2), 0..6),
            end in prop_oneof![Just("\n"), Just("\r\n")],
        ) {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let mut csv = format!("x,y{end}");
            let mut expected = Vec::new();
            for row in &cells {
                let line = 1 + csv.replace("\r\n", "\n").replace('\r', "\n").matches('\n').count();
                expected.push((line, row.iter().map(|cell| cell.trim().to_string()).collect::<Vec<_>>()));
                csv += &format!("{}{end}", row.iter().map(quoted).collect::<Vec<_>>().join(","));
            }
            let (_, rows) = parse(csv.as_bytes(), b',').unwrap();
            let found: Vec<_> = rows.into_iter().map(|row| (row.line, row.cells)).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes, b',');
        }
    }
}
