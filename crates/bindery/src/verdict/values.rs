//! What should have come beside what came, so that the difference is seen.

use console::measure_text_width;

use super::Look;
use super::difference::{Difference, difference, is_value};
use super::fold::fold;

/// Of a long value at most so many lines are shown.
const ROWS: usize = 8;

/// Both values and the place where they differ, each line behind `lead`.
pub fn side_by_side(expected: &str, got: &str, look: &Look, lead: &str) -> Vec<String> {
    let difference = difference(expected, got);
    if look.plain {
        return in_sentences(expected, got, difference.as_ref(), look, lead);
    }
    let room = look.width.saturating_sub(lead.len() + LABEL).max(16);
    let mut lines = Vec::new();
    show(
        "expected",
        &rows(expected, room),
        None,
        lead,
        look,
        &mut lines,
    );
    let pointed = difference.as_ref().map(|difference| difference.at);
    show("got", &rows(got, room), pointed, lead, look, &mut lines);
    if let Some(difference) = difference {
        let column = format!("{lead}{:LABEL$}", "");
        lines.extend(fold(&difference.words, look.width, &column, &column));
    }
    lines
}

/// As wide as `expected` and the space behind it.
const LABEL: usize = 10;

fn in_sentences(
    expected: &str,
    got: &str,
    difference: Option<&Difference>,
    look: &Look,
    lead: &str,
) -> Vec<String> {
    let mut said = vec![format!("expected: {expected}"), format!("got: {got}")];
    said.extend(difference.map(|d| format!("difference: {}", d.words)));
    let folded = said.iter();
    folded
        .flat_map(|text| fold(text, look.width, lead, lead))
        .collect()
}

/// One line of a value: where it begins in it, in bytes, and its text.
struct Row<'a> {
    at: usize,
    text: &'a str,
}

impl Row<'_> {
    fn holds(&self, at: usize) -> bool {
        (self.at..self.at + self.text.len()).contains(&at)
    }
}

/// Breaks a value that is too long for one line, or has lines of its own: behind each
/// escaped end of line, else behind a comma, else where the room ends. A sentence is broken
/// between its words.
fn rows(value: &str, room: usize) -> Vec<Row<'_>> {
    let is_value = is_value(value);
    let mut rows = Vec::new();
    for own in own_lines(value) {
        let mut rest = own;
        while !rest.text.is_empty() {
            let end = fitting(rest.text, room, is_value);
            let (text, after) = rest.text.split_at(end);
            rows.push(Row { at: rest.at, text });
            rest = Row {
                at: rest.at + end,
                text: after,
            };
        }
    }
    rows
}

/// Splits behind each `\n` within a text, and at real ends of lines.
fn own_lines(value: &str) -> Vec<Row<'_>> {
    let (mut lines, mut begin, mut escaped) = (Vec::new(), 0, false);
    for (at, c) in value.char_indices() {
        let end = at + c.len_utf8();
        let ends_here = c == '\n' || (escaped && c == 'n' && value[end..].len() > 1);
        escaped = c == '\\' && !escaped;
        if ends_here {
            lines.push(Row {
                at: begin,
                text: value[begin..end].trim_end_matches('\n'),
            });
            begin = end;
        }
    }
    lines.push(Row {
        at: begin,
        text: &value[begin..],
    });
    lines
}

/// How many bytes of it go into the room.
fn fitting(text: &str, room: usize, is_value: bool) -> usize {
    let (mut width, mut end_of_part) = (0, 0);
    for (at, c) in text.char_indices() {
        width += measure_text_width(c.encode_utf8(&mut [0; 4]));
        if width > room {
            // A line that is half empty is no easier to read.
            return match end_of_part > at / 2 {
                true => end_of_part,
                false => at.max(c.len_utf8()),
            };
        }
        if c == ' ' && (!is_value || text[..at].ends_with(',')) {
            end_of_part = at + 1;
        }
    }
    text.len()
}

/// Appends the rows behind their label; a mark stands under what is pointed at.
fn show(
    label: &str,
    rows: &[Row<'_>],
    pointed: Option<usize>,
    lead: &str,
    look: &Look,
    lines: &mut Vec<String>,
) {
    let here = pointed.and_then(|at| rows.iter().position(|row| row.holds(at)));
    let shown = window(rows.len(), here.unwrap_or(0));
    let mut label = look.style(&format!("{label:LABEL$}")).dim().to_string();
    let blank = " ".repeat(LABEL);
    let mut push = |text: &str, lines: &mut Vec<String>| {
        lines.push(format!("{lead}{label}{text}").trim_end().to_owned());
        label.clone_from(&blank);
    };
    let left_out = |n: usize| match n {
        1 => "… 1 line more".to_owned(),
        n => format!("… {n} lines more"),
    };
    if shown.start > 0 {
        push(&left_out(shown.start), lines);
    }
    for (index, row) in rows[shown.clone()].iter().enumerate() {
        push(row.text, lines);
        if let (Some(at), true) = (pointed, here == Some(shown.start + index)) {
            let before = measure_text_width(&row.text[..at - row.at]);
            push(
                &format!("{}{}", " ".repeat(before), look.style("^").red()),
                lines,
            );
        }
    }
    if shown.end < rows.len() {
        push(&left_out(rows.len() - shown.end), lines);
    }
}

/// The rows to show of so many, with this one among them.
fn window(rows: usize, at: usize) -> std::ops::Range<usize> {
    if rows <= ROWS {
        return 0..rows;
    }
    let start = at.saturating_sub(ROWS / 2).min(rows - ROWS);
    start..start + ROWS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(width: usize, plain: bool, expected: &str, got: &str, shown: &str) {
        let look = Look {
            plain,
            ..Look::colourless(width)
        };
        assert_eq!(
            side_by_side(expected, got, &look, "  ").join("\n"),
            shown.trim_start_matches('\n')
        );
    }

    #[test]
    fn two_numbers_stand_below_each_other() {
        check(80, false, "4", "5", "  expected  4\n  got       5");
    }

    #[test]
    fn a_mark_stands_under_the_first_difference() {
        check(
            80,
            false,
            "[1, 22, 3]",
            "[1, 22, 4]",
            r"
  expected  [1, 22, 3]
  got       [1, 22, 4]
                    ^
            at `[2]`, `3` was due and `4` came",
        );
    }

    #[test]
    fn a_text_of_lines_is_shown_in_lines_with_what_ends_them() {
        check(
            80,
            false,
            r#""one  \ntwo\nthree""#,
            r#""one\ntwo\nthree""#,
            r#"
  expected  "one  \n
            two\n
            three"
  got       "one\n
                ^
            two\n
            three"
            the first 3 characters are right, the next is not"#,
        );
    }

    #[test]
    fn a_long_value_is_broken_behind_commas_and_cut_around_the_difference() {
        let numbers = |wrong: usize| {
            let items = (0..200).map(|i| if i == wrong { 7777 } else { i });
            format!("{:?}", items.collect::<Vec<_>>())
        };
        let look = Look::colourless(40);
        let lines = side_by_side(&numbers(999), &numbers(150), &look, "");
        assert!(
            lines.iter().all(|line| measure_text_width(line) <= 40),
            "{lines:#?}"
        );
        assert!(lines.len() <= 2 * (ROWS + 2) + 3, "{lines:#?}");
        let mark = lines.iter().position(|line| line.trim() == "^").unwrap();
        let column = lines[mark].find('^').unwrap();
        assert!(lines[mark - 1][column..].starts_with("7777"), "{lines:#?}");
    }

    #[test]
    fn plainly_it_is_said_in_sentences() {
        check(
            80,
            true,
            "(1, 2)",
            "(1, 3)",
            r"
  expected: (1, 2)
  got: (1, 3)
  difference: at `[1]`, `2` was due and `3` came",
        );
    }
}
