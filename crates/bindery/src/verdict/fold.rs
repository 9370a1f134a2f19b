//! Lines that fit: text with colours and links in it, broken at words.

use console::AnsiCodeIterator;
use textwrap::{Options, WordSplitter};

const ESCAPE: char = '\u{1b}';

/// Breaks a text to `width`. Its first line begins with `first`, every other with `rest`.
pub fn fold(text: &str, width: usize, first: &str, rest: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let lead = if lines.is_empty() { first } else { rest };
        let options = Options::new(width)
            .initial_indent(lead)
            .subsequent_indent(rest)
            .word_splitter(WordSplitter::NoHyphenation);
        let folded = textwrap::wrap(line, options);
        lines.extend(folded.iter().map(|line| line.trim_end().to_owned()));
    }
    sealed(lines)
}

/// The same for a line of code or of a compiler's drawing: what does not fit goes on below,
/// further in.
pub fn fold_code(line: &str, width: usize, lead: &str) -> Vec<String> {
    let plain = console::strip_ansi_codes(line);
    let inner = plain.len() - plain.trim_start().len();
    let rest = format!("{lead}{}", " ".repeat((inner + 2).min(width / 3)));
    fold(line, width, lead, &rest)
}

/// Ends colours and links at the end of each line and takes them up again on the next, so
/// that a line means the same wherever it is printed.
fn sealed(lines: Vec<String>) -> Vec<String> {
    let (mut colours, mut link) = (String::new(), String::new());
    let mut seal = |line: String| {
        if !line.contains(ESCAPE) && colours.is_empty() && link.is_empty() {
            return line;
        }
        let lead = line.len() - line.trim_start_matches(' ').len();
        let mut whole = format!("{}{colours}{link}{}", &line[..lead], &line[lead..]);
        for (code, _) in AnsiCodeIterator::new(&line).filter(|(_, is_code)| *is_code) {
            match code {
                "\u{1b}[0m" | "\u{1b}[m" => colours.clear(),
                code if code.starts_with("\u{1b}]8;;\u{1b}") => link.clear(),
                code if code.starts_with("\u{1b}]8;") => code.clone_into(&mut link),
                code if code.ends_with('m') => colours += code,
                _ => {}
            }
        }
        if !link.is_empty() {
            whole += super::links::END;
        }
        if !colours.is_empty() {
            whole += "\u{1b}[0m";
        }
        whole
    };
    lines.into_iter().map(&mut seal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_does_not_run_over_the_end_of_a_line() {
        let folded = fold("\u{1b}[1mone two\u{1b}[0m three", 7, "  ", "    ");
        assert_eq!(
            folded,
            [
                "  \u{1b}[1mone\u{1b}[0m",
                "    \u{1b}[1mtwo\u{1b}[0m",
                "    thr",
                "    ee"
            ]
        );
    }

    #[test]
    fn a_link_goes_on_in_the_next_line() {
        let text = format!(
            "\u{1b}]8;;file:///a\u{1b}\\abcdef{}",
            super::super::links::END
        );
        for line in fold(&text, 3, "", "") {
            assert!(line.starts_with("\u{1b}]8;;file:///a"), "{line:?}");
            assert!(line.ends_with(super::super::links::END), "{line:?}");
        }
    }
}
