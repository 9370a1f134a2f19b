//! A verdict in words: each check's claim, whether it holds, and what is known where it does
//! not. `check` prints it, and the screen of `watch` shows the same lines.
//!
//! What went wrong is the judge's to say (crate `oracle`); here it is only laid out.

mod compiler;
mod difference;
mod failure;
pub mod fold;
pub mod links;
mod values;

use std::path::PathBuf;

use console::{StyledObject, Term, style};
use course::Exercise;

use crate::judging::{Checked, Judged, Status};
use crate::screen::{here, me};
use crate::workshop::Workshop;
use fold::fold;
use links::Links;

/// What an exercise came to, in lines no wider than `width`, and the last of them not empty.
/// What to do next is left to whoever shows them.
pub fn lines(exercise: &Exercise, judged: &Judged, width: usize) -> Vec<String> {
    rendered(exercise, judged, &Look::of_terminal(exercise, width))
}

/// The same in sentences, for a screen reader: nothing is said by columns or by colour.
pub fn plain_lines(exercise: &Exercise, judged: &Judged, width: usize) -> Vec<String> {
    let look = Look {
        plain: true,
        colour: false,
        links: Links::None,
        ..Look::of_terminal(exercise, width)
    };
    rendered(exercise, judged, &look)
}

/// The signature of the hint that is keyed to what went wrong, where the exercise has one.
pub fn keyed_hint(exercise: &Exercise, judged: &Judged) -> Option<String> {
    let hints = exercise.hints().ok()?;
    let keyed = |text: &str| hints.keyed(text).map(|hint| hint.title.clone());
    let checks = match judged {
        Judged::DoesNotBuild(messages) => return keyed(messages),
        Judged::Ran { checks, .. } => checks,
    };
    let failed = || checks.iter().filter(|c| c.status == Status::Failed);
    let details = |check: &Checked| {
        let notes = check.notes.iter().map(|(_, text)| keyed(text));
        let got = check.got.as_deref().map(keyed);
        got.into_iter().chain(notes).flatten().next()
    };
    let by_message = failed().find_map(|check| keyed(&check.message));
    by_message.or_else(|| failed().find_map(details))
}

/// Prints what an exercise came to, and the next command.
pub fn print(workshop: &Workshop, exercise: &Exercise, judged: &Judged) {
    let term = Term::stdout();
    // In a pipe each thing stays on its line, where other programs find it.
    let width = match term.is_term() {
        true => usize::from(term.size().1),
        false => usize::MAX,
    };
    let title = style(format!("{}: {}", exercise.slug, exercise.manifest.title)).bold();
    let title = format!("{title}  {}", style(here(&exercise.dir)).dim());
    for line in fold(&title, width, "", "") {
        println!("{line}");
    }
    println!();
    for line in lines(exercise, judged, width) {
        println!("{line}");
    }
    if let Judged::Ran { said, .. } = judged
        && !said.trim().is_empty()
        && !compiler::warns(said)
    {
        eprintln!("{}", said.trim_end());
    }
    println!();
    match judged.code() {
        0 => print_what_is_next(workshop, exercise),
        _ => print_where_help_is(exercise, judged),
    }
}

fn print_what_is_next(workshop: &Workshop, exercise: &Exercise) {
    if let Ok(Some(_)) = exercise.solution(&workshop.root) {
        println!(
            "compare: `{} diff {}` shows how the solution differs from yours",
            me(),
            exercise.slug
        );
    }
    match workshop.next() {
        Some(next) => println!(
            "next: {}, in {}: `{} check {}`",
            next.slug,
            here(&next.dir),
            me(),
            next.slug
        ),
        None => println!(
            "That was the last one: all {} exercises are done.",
            workshop.exercises().len()
        ),
    }
}

fn print_where_help_is(exercise: &Exercise, judged: &Judged) {
    let slug = &exercise.slug;
    let hint = style("hint:").cyan().bold();
    match keyed_hint(exercise, judged) {
        Some(signature) => println!(
            "{hint} there is one for this: `{} hint {slug} --for {}`",
            me(),
            quoted(&signature)
        ),
        None => println!("{hint} `{} hint {slug}`", me()),
    }
}

/// One word for a shell, whatever is in it.
fn quoted(text: &str) -> String {
    match text.contains('\'') {
        false => format!("'{text}'"),
        true if !text.contains(['"', '`', '$', '\\', '!']) => format!("\"{text}\""),
        true => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

/// How a verdict is to look, and what its messages are about.
#[derive(Clone, Debug)]
struct Look {
    width: usize,
    /// In sentences, for a screen reader: nothing is drawn, nothing aligned.
    plain: bool,
    colour: bool,
    links: Links,
    /// What a path in a message may be relative to: the exercise, and the workbook.
    folders: Vec<PathBuf>,
    /// The files that the learner edits, as messages name them.
    editable: Vec<String>,
    /// The command that shows everything a compiler said.
    again: String,
}

impl Look {
    fn of_terminal(exercise: &Exercise, width: usize) -> Look {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let root = exercise.dir.ancestors().nth(3);
        Look {
            width: width.max(20),
            plain: crate::screen::plain_is_wanted(),
            colour: console::colors_enabled(),
            links: Links::of(Term::stdout().is_term(), variable),
            folders: std::iter::once(exercise.dir.as_path())
                .chain(root)
                .map(PathBuf::from)
                .collect(),
            editable: exercise
                .manifest
                .editable
                .iter()
                .map(|path| path.display().to_string())
                .collect(),
            again: format!("cargo test -p {}", exercise.slug),
        }
    }

    #[cfg(test)]
    fn colourless(width: usize) -> Look {
        Look {
            width,
            plain: false,
            colour: false,
            links: Links::None,
            folders: Vec::new(),
            editable: vec!["src/lib.rs".to_owned()],
            again: "cargo test -p answer".to_owned(),
        }
    }

    /// Text with its places as they are typed from here, and linked where that is wanted.
    fn marked(&self, text: &str) -> String {
        links::mark(text, &self.folders, self.links)
    }

    /// Of a long stack the innermost frame in a file that the learner edits.
    fn own_frame<'a>(&self, stack: &'a str) -> Option<&'a str> {
        let is_own = |line: &&str| {
            let place = line.rsplit_once("  at ").map_or("", |(_, place)| place);
            let place = place.trim_start_matches("./");
            let names = |file: &String| {
                let after = place.strip_prefix(file.as_str());
                after.is_some_and(|after| after.starts_with(':'))
            };
            self.editable.iter().any(names)
        };
        let found = stack.lines().find(is_own);
        found.filter(|_| stack.lines().count() > 2)
    }

    fn style(&self, text: &str) -> StyledObject<String> {
        style(text.to_owned()).force_styling(self.colour)
    }

    fn word(&self, status: Status) -> String {
        let word = match status {
            Status::Passed => self.style("pass").green(),
            Status::Failed => self.style("FAIL").red().bold(),
            Status::Error => self.style("ERROR").magenta().bold(),
        };
        word.to_string()
    }
}

/// Where text that belongs to a check begins.
const LEAD: &str = "      ";

fn rendered(exercise: &Exercise, judged: &Judged, look: &Look) -> Vec<String> {
    let does_not_build = |messages: &str| {
        let mut lines = compiler::errors(messages, look, "");
        lines.extend(unbuilt(exercise, look));
        lines
    };
    let (checks, warned) = match judged {
        Judged::DoesNotBuild(messages) => return does_not_build(messages),
        // A C file is compiled by the check program, which hands on what was said.
        Judged::Ran {
            checks,
            warnings,
            said,
        } => (checks, format!("{warnings}{said}")),
    };
    let mut lines = match failure::unbuilt(checks) {
        Some(messages) => return does_not_build(messages),
        None => failure::checks(checks, look),
    };
    lines.push(String::new());
    lines.extend(summary(exercise, judged, checks, look));
    let warnings = compiler::warnings(&warned, look);
    if !warnings.is_empty() {
        lines.push(String::new());
        lines.extend(warnings);
    }
    lines
}

fn unbuilt(exercise: &Exercise, look: &Look) -> Vec<String> {
    let asked = match exercise.manifest.checks.len() {
        1 => "its check could not be asked".to_owned(),
        n => format!("none of its {n} checks could be asked"),
    };
    let text = format!(
        "{}  it does not compile yet: {asked}",
        look.word(Status::Failed)
    );
    fold(&text, look.width, "", LEAD)
}

fn summary(exercise: &Exercise, judged: &Judged, checks: &[Checked], look: &Look) -> Vec<String> {
    let passed = checks.iter().filter(|c| c.status == Status::Passed);
    let text = format!(
        "{} of {} checks pass, {} of {} points",
        passed.count(),
        checks.len(),
        judged.points(),
        exercise.total_points()
    );
    fold(&text, look.width, "", "")
}

#[cfg(test)]
mod tests;
