//! Cells of a table that a spreadsheet opens.
//!
//! A spreadsheet takes a cell that begins with `=` for a program. Text that begins like one is
//! given an apostrophe, which a spreadsheet does not show; numbers are ours and stay numbers.

use std::borrow::Cow;

use csv::{Writer, WriterBuilder};

use crate::text::visible;

/// Text from a stranger.
pub(super) fn text(text: &str) -> String {
    match is_a_formula(text) {
        true => format!("'{}", visible(text)),
        false => visible(text),
    }
}

/// A cell of somebody else's table that goes back as it came, unless a spreadsheet would run it.
pub(super) fn theirs(cell: &str) -> Cow<'_, str> {
    match is_a_formula(cell) && cell.trim() != "-" {
        true => Cow::Owned(text(cell)),
        false => Cow::Borrowed(cell),
    }
}

/// The wide forms are what a spreadsheet for Chinese or Japanese takes for the narrow ones.
fn is_a_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text
            .trim_start()
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// A table that grows row by row.
pub(super) struct Table(Writer<Vec<u8>>);

impl Table {
    pub(super) fn new() -> Table {
        Table(WriterBuilder::new().flexible(true).from_writer(Vec::new()))
    }

    pub(super) fn row<C: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = C>) {
        // Into memory, and rows may differ in length.
        self.0.write_record(cells).expect("memory takes a row");
    }

    pub(super) fn done(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes the rest")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_a_spreadsheet_would_run_is_only_text() {
        for hostile in [
            "=cmd|' /C calc'!A0",
            "+1",
            "-rf",
            "@SUM(A1)",
            " =1",
            "\t=1",
            "＝1",
        ] {
            assert!(text(hostile).starts_with('\''), "{hostile:?}");
        }
        assert_eq!(text("\r=1"), "'\\r=1");
        assert_eq!(text("Ng, An"), "Ng, An");
    }

    #[test]
    fn what_a_gradebook_gave_comes_back_as_it_was() {
        assert_eq!(theirs("-"), "-");
        assert_eq!(theirs("8.50"), "8.50");
        assert_eq!(theirs("=1+1"), "'=1+1");
    }
}
