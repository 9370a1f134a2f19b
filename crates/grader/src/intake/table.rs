//! Tables that an instructor's tools have written: a roster, a list of receipts.
//!
//! Finds out what separates the cells, and knows a column by its heading however that is
//! spelt. What the columns mean is left to those who ask.

use std::path::Path;

use crate::intake::IntakeError;

/// A table with headings.
pub(crate) struct Table {
    /// As they are written.
    pub headings: Vec<String>,
    /// Each with its line in the file. Cells are trimmed, and there are as many as headings.
    pub rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    /// Reads what `path` holds; the path is for messages.
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Table, IntakeError> {
        let wrong = |why: String, hint| IntakeError::Table {
            path: path.to_owned(),
            why,
            hint,
        };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|_| {
            wrong(
                "is no UTF-8 text".into(),
                "save it as `CSV UTF-8` and run it again",
            )
        })?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(text))
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let broken = |e: csv::Error| {
            wrong(
                format!("is no table: {e}"),
                "write one line of headings and one line for each row",
            )
        };
        let headings: Vec<String> = cells(reader.headers().map_err(broken)?);
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(broken)?;
            let mut row = cells(&record);
            if row.iter().all(String::is_empty) {
                continue;
            }
            row.resize(headings.len(), String::new());
            rows.push((record.position().map_or(0, csv::Position::line), row));
        }
        Ok(Table { headings, rows })
    }

    /// The first column whose heading is one of these, which are written as [`plain`] gives
    /// them.
    pub fn column(&self, called: &[&str]) -> Option<usize> {
        let headings: Vec<String> = self.headings.iter().map(|h| plain(h)).collect();
        let mut wanted = called.iter();
        wanted.find_map(|name| headings.iter().position(|h| h == name))
    }
}

fn cells(record: &csv::StringRecord) -> Vec<String> {
    record.iter().map(str::to_owned).collect()
}

/// A heading without what people spell in different ways: `E-mail address` is `emailaddress`.
pub(crate) fn plain(heading: &str) -> String {
    let letters = heading.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A spreadsheet separates cells as its country writes numbers.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |c: u8| first.bytes().filter(|b| *b == c).count();
    // Of equals, the last is taken.
    let by_count = [b'\t', b';', b','].into_iter().max_by_key(|c| count(*c));
    by_count.unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Table {
        Table::parse(Path::new("t.csv"), text.as_bytes()).unwrap()
    }

    #[test]
    fn what_separates_the_cells_is_found_out() {
        for text in ["a,b\n1,\"x;y\"", "a;b\n1;x;y", "\u{feff}a\tb\r\n1\tx;y\r\n"] {
            let table = parse(text);
            assert_eq!(table.headings, ["a", "b"], "{text}");
            assert_eq!(table.rows[0].1[0], "1", "{text}");
        }
    }

    #[test]
    fn rows_are_as_long_as_the_headings_and_know_their_line() {
        let table = parse("a,b\n1\n\n,\n1,2,3\n");
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        assert_eq!(table.rows, [(2, row(["1", ""])), (5, row(["1", "2"]))]);
    }

    #[test]
    fn a_table_in_another_encoding_says_how_to_save_it() {
        let e = Table::parse(Path::new("t.csv"), b"name\nJos\xe9\n")
            .err()
            .unwrap();
        assert_eq!(e.to_string(), "`t.csv` is no UTF-8 text");
    }
}
