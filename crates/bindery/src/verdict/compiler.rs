//! What a compiler said, as it said it: rustc's drawings and the C compiler's lines, with
//! places that terminals open. Of very many errors the first few.

use console::strip_ansi_codes;

use super::Look;
use super::fold::{fold, fold_code};
use super::links::Links;

/// Of more errors than this the first ones are shown.
const SHOWN: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Error,
    Warning,
}

/// One message, with all that is drawn below it.
#[derive(Debug)]
struct Message<'a> {
    level: Level,
    /// The line that says what is wrong.
    headline: &'a str,
    lines: Vec<&'a str>,
}

/// The errors in full, each with an empty line behind it.
pub fn errors(said: &str, look: &Look, lead: &str) -> Vec<String> {
    let draw = |line: &&str| fold_code(&look.marked(line), look.width, lead);
    let messages = messages(said);
    let of = |level: Level| messages.iter().filter(move |m| m.level == level);
    let (errors, warnings) = (of(Level::Error).count(), of(Level::Warning).count());
    let mut lines = Vec::new();
    if errors == 0 {
        // A linker, or a compiler that we do not know.
        lines.extend(said.trim_end().lines().flat_map(|line| draw(&line)));
        lines.push(String::new());
    }
    for message in of(Level::Error).take(SHOWN) {
        lines.extend(message.lines.iter().flat_map(draw));
        lines.push(String::new());
    }
    // With links, the code itself leads to its page.
    if look.links == Links::None
        && let Some(code) = of(Level::Error).find_map(|error| error_code(error.headline))
    {
        let text = format!("`rustc --explain {code}` tells more of this error");
        lines.extend(fold(&text, look.width, lead, lead));
    }
    let left_out = [
        counted(errors.saturating_sub(SHOWN), "more error"),
        counted(if errors > 0 { warnings } else { 0 }, "warning"),
    ];
    let left_out: Vec<String> = left_out.into_iter().flatten().collect();
    if !left_out.is_empty() {
        let text = format!(
            "not shown: {}; `{}` shows all",
            left_out.join(" and "),
            look.again
        );
        lines.extend(fold(&text, look.width, lead, lead));
    }
    if lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
    lines
}

/// Each warning in a line: what, and where.
pub fn warnings(said: &str, look: &Look) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for message in messages(said) {
        let headline = strip_ansi_codes(message.headline).into_owned();
        let place = message.lines.iter().find_map(|line| {
            let line = strip_ansi_codes(line);
            let place = line.trim_start().strip_prefix("--> ")?;
            Some(place.trim().to_owned())
        });
        let text = match place {
            Some(place) => format!("{headline}, at {place}"),
            None => headline,
        };
        if !told.contains(&text) {
            told.push(text);
        }
    }
    let folded = told.iter();
    folded
        .flat_map(|text| fold(&look.marked(text), look.width, "", "  "))
        .collect()
}

/// Whether a compiler warned of anything in it.
pub fn warns(said: &str) -> bool {
    !messages(said).is_empty()
}

/// The code that rustc gives to most of its errors, as in `error[E0308]`.
fn error_code(headline: &str) -> Option<String> {
    let plain = strip_ansi_codes(headline);
    let code = plain.strip_prefix("error[")?.split(']').next()?;
    Some(code.to_owned())
}

fn counted(n: usize, what: &str) -> Option<String> {
    match n {
        0 => None,
        1 => Some(format!("1 {what}")),
        n => Some(format!("{n} {what}s")),
    }
}

/// Splits what a compiler said into its messages.
fn messages(said: &str) -> Vec<Message<'_>> {
    let mut messages: Vec<Message<'_>> = Vec::new();
    // What gcc says before a message, of the function that it is in.
    let mut before = Vec::new();
    for line in said.lines() {
        let plain = strip_ansi_codes(line);
        if is_epilogue(&plain) {
            before.clear();
        } else if is_preamble(&plain) {
            before.push(line);
        } else if let Some(level) = level(&plain) {
            let mut lines = std::mem::take(&mut before);
            lines.push(line);
            messages.push(Message {
                level,
                headline: line,
                lines,
            });
        } else if let Some(message) = messages.last_mut() {
            message.lines.push(line);
        }
    }
    for message in &mut messages {
        while message
            .lines
            .last()
            .is_some_and(|line| line.trim().is_empty())
        {
            message.lines.pop();
        }
    }
    messages
}

/// rustc's last words, which count what stands above them.
fn is_epilogue(line: &str) -> bool {
    line.starts_with("error: aborting due to")
        || line.starts_with("error: could not compile")
        || (line.starts_with("warning: ") && line.ends_with(" emitted"))
        || (line.starts_with("warning: `") && line.contains(" generated "))
        || line.starts_with("For more information about ")
        || line.starts_with("Some errors have detailed explanations")
}

/// `module.c: In function 'put':`, and where a header was included from.
fn is_preamble(line: &str) -> bool {
    line.starts_with("In file included from ")
        || line.contains(": In function ")
        || line.ends_with(": At top level:")
}

fn level(line: &str) -> Option<Level> {
    let word = |line: &str| match line {
        line if line.starts_with("error") => Some((Level::Error, "error".len())),
        line if line.starts_with("fatal error") => Some((Level::Error, "fatal error".len())),
        line if line.starts_with("warning") => Some((Level::Warning, "warning".len())),
        _ => None,
    };
    let begins = |line: &str| {
        let (level, end) = word(line)?;
        line[end..].starts_with([':', '[']).then_some(level)
    };
    // rustc begins with the word, a C compiler with the place.
    begins(line).or_else(|| {
        let (place, said) = line.split_once(": ")?;
        let ends_in_number = place.ends_with(|c: char| c.is_ascii_digit());
        (ends_in_number && place.contains(':')).then(|| begins(said))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSTC: &str = "error[E0308]: mismatched types\n --> src/lib.rs:12:5\n  |\n12 |     \"two\"\n  |     ^^^^^ expected `i64`, found `&str`\n\nwarning: unused variable: `x`\n --> src/lib.rs:3:9\n  |\n3 |     let x = 1;\n  |         ^\n\nerror: aborting due to 1 previous error; 1 warning emitted\n\nFor more information about this error, try `rustc --explain E0308`.\n";
    const GCC: &str = "module.c: In function 'put':\nmodule.c:12:5: error: 'x' undeclared (first use in this function)\n   12 |     x = 1;\n      |     ^\nmodule.c:12:5: note: each undeclared identifier is reported only once\nmodule.c:14:9: warning: unused variable 'y' [-Wunused-variable]\n";

    #[test]
    fn an_error_is_shown_as_it_was_said() {
        let lines = errors(RUSTC, &Look::colourless(80), "");
        assert_eq!(
            lines.join("\n"),
            "error[E0308]: mismatched types\n --> src/lib.rs:12:5\n  |\n12 |     \"two\"\n  |     ^^^^^ expected `i64`, found `&str`\n\n`rustc --explain E0308` tells more of this error\nnot shown: 1 warning; `cargo test -p answer` shows all\n"
        );
    }

    #[test]
    fn a_c_compilers_error_keeps_the_function_that_it_is_in() {
        let lines = errors(GCC, &Look::colourless(80), "  ");
        assert_eq!(lines[0], "  module.c: In function 'put':");
        assert!(lines.iter().any(|line| line.contains("each undeclared")));
        assert!(!lines.iter().any(|line| line.contains("'y'")), "{lines:#?}");
    }

    #[test]
    fn of_many_errors_the_first_are_shown_and_the_others_counted() {
        let many: String = (0..9).map(|n| format!("error: number {n}\n\n")).collect();
        let lines = errors(&many, &Look::colourless(80), "");
        let text = lines.join("\n");
        assert!(
            text.contains("number 2") && !text.contains("number 3"),
            "{text}"
        );
        assert!(
            text.contains("not shown: 6 more errors; `cargo test -p answer` shows all"),
            "{text}"
        );
    }

    #[test]
    fn what_a_linker_says_is_shown_whole() {
        let said = "ld: symbol `add` not found\nld: again";
        let lines = errors(said, &Look::colourless(80), "");
        assert_eq!(lines.join("\n"), format!("{said}\n"));
    }

    #[test]
    fn a_warning_takes_one_line_and_is_said_once() {
        let twice = format!("{GCC}{GCC}");
        let said = warnings(&twice, &Look::colourless(200));
        assert_eq!(said.len(), 2, "{said:?}");
        let rust = RUSTC.split("\n\n").nth(1).unwrap();
        assert_eq!(
            warnings(rust, &Look::colourless(80)),
            ["warning: unused variable: `x`, at src/lib.rs:3:9"]
        );
    }

    #[test]
    fn a_narrow_screen_gets_narrow_lines() {
        for line in errors(RUSTC, &Look::colourless(40), "  ") {
            assert!(console::measure_text_width(&line) <= 40, "{line}");
        }
    }
}
