//! Text that strangers wrote, made harmless for whoever reads it.
//!
//! A name or a message may hold anything: escapes that rewrite a terminal, marks that turn the
//! direction of reading, commands that a continuous integration service takes out of its log.
//! Here they become visible. What a format needs beyond that (quotes in CSV, entities in HTML)
//! is left to its encoder.

use std::fmt::Write;

/// The text with what cannot be seen spelt out, as `\u{1b}`. Lines and tabs stay.
pub fn visible(text: &str) -> String {
    spelt_out(text, |c| c == '\n' || c == '\t')
}

/// The same on a single line, for a cell or a heading.
pub fn one_line(text: &str) -> String {
    spelt_out(text, |_| false)
}

/// Text for a log that a continuous integration service reads for commands such as
/// `::set-output` and `##[error]`: no line of it begins or holds one.
pub fn for_a_log(text: &str) -> String {
    let lines: Vec<String> = visible(text).lines().map(without_commands).collect();
    lines.join("\n")
}

/// Points as they are shown everywhere: two decimals.
pub fn points(points: f64) -> String {
    format!("{points:.2}")
}

fn spelt_out(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if stays(c) => out.push(c),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\0' => out.push_str("\\0"),
            c if is_unseen(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// What changes how text is shown and is not seen itself, and what XML and HTML forbid.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{2028}' | '\u{2029}'
            | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
        || u32::from(c) & 0xfffe == 0xfffe
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// One line in which no service finds a command. Between two signs that begin one comes a
/// space, one at a time: replacing pairs would make a new pair out of three.
fn without_commands(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let begins = line.len() - line.trim_start().len();
    for (at, c) in line.char_indices() {
        let doubled = out.ends_with(c) && (c == '#' || (c == ':' && at == begins + 1));
        if doubled {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_spelt_out() {
        assert_eq!(visible("a\u{1b}[2Jb\rc\u{9b}d"), "a\\u{1b}[2Jb\\rc\\u{9b}d");
        assert_eq!(visible("two\nlines\tand a tab"), "two\nlines\tand a tab");
        assert_eq!(one_line("two\nlines\0"), "two\\nlines\\0");
    }

    #[test]
    fn text_that_reads_backwards_by_a_mark_shows_the_mark() {
        assert_eq!(one_line("\u{202e}gpj.exe"), "\\u{202e}gpj.exe");
    }

    #[test]
    fn letters_of_every_script_stay_as_they_are() {
        let name = "עומר 👩‍💻 Ångström 李";
        assert_eq!(one_line(name), name);
    }

    #[test]
    fn a_log_holds_no_command() {
        let holds_one = |text: &str| {
            text.lines()
                .any(|line| line.trim_start().starts_with("::") || line.contains("##"))
        };
        for hostile in [
            "::set-output name=a::b",
            "  ::error::x",
            "fine\n::add-mask::x",
            "##[error]x",
            "###[error]",
            "a ##vso[task.complete]",
            ":::warning::",
            "\r::stop-commands::t",
        ] {
            let text = for_a_log(hostile);
            assert!(!holds_one(&text), "{hostile:?} became {text:?}");
        }
        assert_eq!(for_a_log("use std::mem; # one"), "use std::mem; # one");
    }
}
