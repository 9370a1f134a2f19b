//! `diff`: how the solution differs from an answer that passes. Who has not passed yet, or
//! has a copy without solutions, is told so.

use std::path::Path;
use std::process::ExitCode;

use console::{Term, measure_text_width as columns, style};
use course::{Exercise, Progress};
use similar::{ChangeTag, TextDiff};

use crate::screen::{here, me};
use crate::trouble::Trouble;
use crate::workshop::Workshop;

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// An exercise, or part of its name
    pub name: String,
}

pub fn run(options: &Options) -> Result<ExitCode, Trouble> {
    let workshop = Workshop::open()?;
    let exercise = workshop.named_or_next(Some(&options.name))?;
    let term = Term::stdout();
    // In a pipe it is a patch, whose lines are as long as they are.
    let width = match term.is_term() {
        true => usize::from(term.size().1),
        false => usize::MAX,
    };
    for line in lines(&workshop, exercise, width)? {
        println!("{line}");
    }
    Ok(ExitCode::SUCCESS)
}

/// What would make the learner's answer the solution, in lines of at most `width` columns:
/// a unified diff, in which a line that is too long goes on under the same mark.
pub fn lines(
    workshop: &Workshop,
    exercise: &Exercise,
    width: usize,
) -> Result<Vec<String>, Trouble> {
    let slug = &exercise.slug;
    let Some(solution) = exercise.solution(&workshop.root)? else {
        return Err(Trouble::new(
            format!("this copy of the workbook has no solutions, so there is none of `{slug}`"),
            format!("`{} read {slug}` opens its page in the book", me()),
        ));
    };
    let progress = Progress::load(&workshop.root, exercise)?;
    if !progress.done {
        let next = match progress.checks.iter().any(|check| !check.passed) {
            true => format!("`{} hint {slug}` helps with what is left", me()),
            false => format!("run `{} check {slug}`", me()),
        };
        let message = format!("the solution of `{slug}` is shown once all its checks pass");
        return Err(Trouble::new(message, next));
    }
    let mut lines = Vec::new();
    for relative in &solution.files {
        let (yours, ours) = (exercise.dir.join(relative), solution.dir.join(relative));
        let names = [here(&yours).into_owned(), here(&ours).into_owned()];
        lines.extend(difference(&read(&yours), &read(&ours), names, width));
    }
    if lines.is_empty() {
        lines.push(format!(
            "your answer to `{slug}` is the solution, letter for letter"
        ));
    }
    Ok(lines)
}

/// A file that was deleted since is shown as an empty one.
fn read(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned()
}

fn difference(yours: &str, ours: &str, names: [String; 2], width: usize) -> Vec<String> {
    let diff = TextDiff::from_lines(yours, ours);
    let mut lines = Vec::new();
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        if lines.is_empty() {
            let [yours, ours] = &names;
            lines.push(style(format!("--- {yours}")).bold().to_string());
            lines.push(style(format!("+++ {ours}")).bold().to_string());
        }
        lines.push(style(hunk.header()).cyan().to_string());
        for change in hunk
            .ops()
            .iter()
            .flat_map(|op| diff.iter_inline_changes(op))
        {
            let mut line = Line::new(change.tag(), width);
            for (differs, text) in change.iter_strings_lossy() {
                line.add(text.trim_end_matches('\n'), differs);
            }
            lines.extend(line.end());
            if change.missing_newline() {
                lines.push("\\ No newline at end of file".to_owned());
            }
        }
    }
    lines
}

/// One line of a file, which may take several of the screen.
struct Line {
    tag: ChangeTag,
    room: usize,
    used: usize,
    lines: Vec<String>,
}

impl Line {
    fn new(tag: ChangeTag, width: usize) -> Line {
        let mut line = Line {
            tag,
            // The mark takes a column, and there is room for one letter in any case.
            room: width.saturating_sub(1).max(2),
            used: 0,
            lines: Vec::new(),
        };
        line.begin();
        line
    }

    fn begin(&mut self) {
        self.lines.push(self.styled(&self.tag.to_string(), false));
        self.used = 0;
    }

    /// Adds text, some words of which may be what differs.
    fn add(&mut self, text: &str, differs: bool) {
        let tabs = match self.room < usize::MAX / 2 {
            // A tab is as wide as the terminal says; four columns can be counted.
            true => text.replace('\t', "    "),
            false => text.to_owned(),
        };
        let mut piece = String::new();
        for word in tabs.split_inclusive(' ') {
            // A word that fits on a line is not parted; its first letter asks for it all.
            let mut asks = match columns(word.trim_end()) {
                wide if wide <= self.room => wide,
                _ => 0,
            };
            for letter in word.chars() {
                let wide = columns(letter.encode_utf8(&mut [0; 4]));
                if self.used + asks.max(wide) > self.room {
                    // The space between two lines is where they part.
                    if letter == ' ' {
                        continue;
                    }
                    self.write(&std::mem::take(&mut piece), differs);
                    self.begin();
                }
                asks = 0;
                self.used += wide;
                piece.push(letter);
            }
        }
        self.write(&piece, differs);
    }

    fn write(&mut self, piece: &str, differs: bool) {
        let styled = self.styled(piece, differs);
        if let Some(line) = self.lines.last_mut() {
            line.push_str(&styled);
        }
    }

    fn styled(&self, text: &str, differs: bool) -> String {
        if text.is_empty() {
            return String::new();
        }
        let coloured = match self.tag {
            ChangeTag::Equal => return text.to_owned(),
            ChangeTag::Delete => style(text).red(),
            ChangeTag::Insert => style(text).green(),
        };
        match differs {
            true => coloured.bold().underlined().to_string(),
            false => coloured.to_string(),
        }
    }

    fn end(self) -> Vec<String> {
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(yours: &str, ours: &str, width: usize, expect: &[&str]) {
        console::set_colors_enabled(false);
        let names = ["yours".to_owned(), "ours".to_owned()];
        assert_eq!(difference(yours, ours, names, width), expect);
    }

    #[test]
    fn a_difference_has_marks_and_context() {
        check(
            "a\nb\nc\nd\ne\n",
            "a\nb\nc\nd\nE\n",
            80,
            &[
                "--- yours",
                "+++ ours",
                "@@ -2,4 +2,4 @@",
                " b",
                " c",
                " d",
                "-e",
                "+E",
            ],
        );
    }

    #[test]
    fn what_is_the_same_is_not_shown() {
        check("a\n", "a\n", 80, &[]);
    }

    #[test]
    fn a_long_line_goes_on_under_the_same_mark() {
        check(
            "",
            "abcdefgh\n",
            5,
            &["--- yours", "+++ ours", "@@ -0,0 +1 @@", "+abcd", "+efgh"],
        );
    }

    #[test]
    fn a_long_line_is_broken_between_words_where_it_can_be() {
        check(
            "",
            "abc def gh\n",
            8,
            &["--- yours", "+++ ours", "@@ -0,0 +1 @@", "+abc def", "+gh"],
        );
    }

    #[test]
    fn a_tab_has_a_width_on_a_screen_and_stays_a_tab_in_a_pipe() {
        let head = ["--- yours", "+++ ours", "@@ -0,0 +1 @@"];
        check("", "\tx\n", 80, &[&head[..], &["+    x"]].concat());
        check("", "\tx\n", usize::MAX, &[&head[..], &["+\tx"]].concat());
    }

    #[test]
    fn a_last_line_without_an_end_is_said_to_be_that() {
        check(
            "a",
            "",
            80,
            &[
                "--- yours",
                "+++ ours",
                "@@ -1 +0,0 @@",
                "-a",
                "\\ No newline at end of file",
            ],
        );
    }
}
