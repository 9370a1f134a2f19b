//! How things look in a terminal, in a pipe and without colour.

use std::borrow::Cow;
use std::path::Path;

use console::{Term, style};

/// What to type to start this program: through cargo's alias, or itself.
pub fn me() -> &'static str {
    if std::env::var_os("CARGO").is_some() {
        "cargo bindery"
    } else {
        "bindery"
    }
}

/// Whether a line on standard error can be taken back: not in a pipe, and not on a dumb
/// terminal.
pub fn lines_move() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !dumb && Term::stderr().is_term()
}

/// `BINDERY_PLAIN=1` is `--plain` for somebody who always wants it.
pub fn plain_is_wanted() -> bool {
    std::env::var_os("BINDERY_PLAIN").is_some_and(|wanted| wanted == "1")
}

/// A line that says what is going on, and is gone when it is over. In a pipe
/// it is not there at all.
pub struct Status {
    term: Term,
    shown: bool,
}

impl Status {
    pub fn new() -> Status {
        Status {
            term: Term::stderr(),
            shown: false,
        }
    }

    pub fn say(&mut self, text: &str) {
        if !self.term.is_term() {
            return;
        }
        let width = self.term.size().1 as usize;
        let text = console::truncate_str(text, width.saturating_sub(1), "…");
        let _ = self.term.clear_line();
        let _ = self
            .term
            .write_str(&style(text).for_stderr().dim().to_string());
        self.shown = true;
    }
}

impl Drop for Status {
    fn drop(&mut self) {
        if self.shown {
            let _ = self.term.clear_line();
        }
    }
}

/// A bar of so many parts, in characters that every terminal has.
pub fn bar(done: usize, all: usize, width: usize) -> String {
    let full = (done * width).checked_div(all).unwrap_or(0);
    format!("[{}{}]", "#".repeat(full), "-".repeat(width - full))
}

/// A path as the user would type it from here.
pub fn here(path: &Path) -> Cow<'_, str> {
    let current = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(current).unwrap_or(path).to_string_lossy()
}

/// Indents every line.
pub fn indent(text: &str, by: usize) -> String {
    let pad = " ".repeat(by);
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!("{pad}{line}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Markdown paragraphs and lists, filled to the terminal's width; code and tables stay as they
/// are.
pub fn prose(text: &str, by: usize) -> String {
    let width = Term::stdout().size().1 as usize;
    fill(text, by, width.clamp(40, 90))
}

/// The same for a width that is known, line by line.
pub fn prose_to(text: &str, by: usize, width: usize) -> Vec<String> {
    let filled = fill(text, by, width.clamp(20, 90));
    filled.lines().map(str::to_owned).collect()
}

fn fill(text: &str, by: usize, width: usize) -> String {
    let pad = " ".repeat(by);
    let (mut lines, mut paragraph, mut code) = (Vec::new(), String::new(), false);
    let end = |paragraph: &mut String, lines: &mut Vec<String>| {
        let hanging = format!("{pad}{}", if is_item(paragraph) { "  " } else { "" });
        let options = textwrap::Options::new(width)
            .initial_indent(&pad)
            .subsequent_indent(&hanging);
        if !paragraph.is_empty() {
            let filled = textwrap::wrap(paragraph, &options);
            lines.extend(filled.into_iter().map(Cow::into_owned));
            paragraph.clear();
        }
    };
    for line in text.lines() {
        let fence = line.trim_start().starts_with("```");
        let as_it_is = fence || code || line.starts_with("    ") || line.starts_with('|');
        if as_it_is || line.trim().is_empty() {
            end(&mut paragraph, &mut lines);
            code ^= fence;
            let blank = line.trim().is_empty();
            lines.push(if blank {
                String::new()
            } else {
                format!("{pad}{line}")
            });
        } else {
            if is_item(line) {
                end(&mut paragraph, &mut lines);
            }
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line.trim());
        }
    }
    end(&mut paragraph, &mut lines);
    lines.join("\n")
}

/// Whether a line begins an item of a list.
fn is_item(line: &str) -> bool {
    line.starts_with("- ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_full_as_the_work_is_done() {
        assert_eq!(bar(0, 11, 10), "[----------]");
        assert_eq!(bar(5, 10, 10), "[#####-----]");
        assert_eq!(bar(11, 11, 10), "[##########]");
        assert_eq!(bar(0, 0, 4), "[----]");
    }

    #[test]
    fn a_paragraph_is_filled_and_code_is_left_alone() {
        let text = "one two\nthree four five\n\n```rust\nlet a_long_line = of_code;\n```\nsix";
        let filled =
            "  one two three\n  four five\n\n  ```rust\n  let a_long_line = of_code;\n  ```\n  six";
        assert_eq!(fill(text, 2, 16), filled);
    }

    #[test]
    fn each_item_of_a_list_begins_a_line_and_a_table_keeps_its_rows() {
        let text = "These:\n- the first of\n  all items\n- another\n\n| a | b |\n|---|---|\n";
        let filled = " These:\n - the first of\n   all items\n - another\n\n | a | b |\n |---|---|";
        assert_eq!(fill(text, 1, 18), filled);
    }

    #[test]
    fn an_indented_text_has_no_spaces_on_its_empty_lines() {
        assert_eq!(indent("a\n\nb", 2), "  a\n\n  b");
    }
}
