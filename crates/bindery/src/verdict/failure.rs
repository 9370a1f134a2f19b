//! The checks of an exercise, one after the other, and what went wrong in those that fail.

use console::truncate_str;

use super::fold::{fold, fold_code};
use super::values::side_by_side;
use super::{LEAD, Look, compiler};
use crate::judging::{Checked, Status};

/// The title that the judge gives to what a compiler said.
const COMPILER: &str = "the compiler says";

/// The title of the stack of a process that crashed.
const NATIVE: &str = "native stack";

/// What the compiler said, where no check could be asked because of it: a C file, which is
/// compiled when the first check wants it.
pub fn unbuilt(checks: &[Checked]) -> Option<&str> {
    let is_build = |check: &Checked| check.record["kind"] == "build";
    let all = !checks.is_empty() && checks.iter().all(is_build);
    let notes = checks.iter().flat_map(|check| &check.notes);
    let said = notes.filter(|(title, _)| title == COMPILER);
    let said = said.map(|(_, text)| text.as_str()).next();
    said.filter(|_| all)
}

/// Every check: its claim, and what went wrong.
pub fn checks(checks: &[Checked], look: &Look) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, check) in checks.iter().enumerate() {
        let before = &checks[..index];
        let again = before.last().is_some_and(|last| same(last, check));
        let points = match check.points {
            1 => "1 point".to_owned(),
            n => format!("{n} points"),
        };
        let claim = format!(
            "{}  {} ({points}){}",
            look.word(check.status),
            check.claim,
            if again { ": the same again" } else { "" }
        );
        lines.extend(fold(&claim, look.width, "", LEAD));
        if check.status == Status::Passed || again {
            continue;
        }
        lines.push(String::new());
        lines.extend(failure(check, before, look));
        lines.push(String::new());
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// Whether one thing went wrong in both.
fn same(a: &Checked, b: &Checked) -> bool {
    let said = |c: &Checked| {
        (
            c.status,
            c.message.clone(),
            c.expected.clone(),
            c.got.clone(),
        )
    };
    b.status != Status::Passed && said(a) == said(b)
}

/// What went wrong. What was said of a check `before` is not said again.
fn failure(check: &Checked, before: &[Checked], look: &Look) -> Vec<String> {
    if before.iter().any(|other| same(other, check)) {
        let text = format!("the same again: {}", check.message);
        return fold(&look.marked(&text), look.width, LEAD, LEAD);
    }
    let mut lines = fold(&look.marked(&check.message), look.width, LEAD, LEAD);
    if let (Some(expected), Some(got)) = (&check.expected, &check.got) {
        lines.extend(side_by_side(expected, got, look, LEAD));
    }
    for note in check.notes.iter().filter(|note| !is_the_checks_own(note)) {
        let is_known = before.iter().any(|other| other.notes.contains(note));
        lines.extend(match is_known && note.1.len() > SHORT {
            true => fold(&format!("{}: as above", note.0), look.width, LEAD, LEAD),
            false => titled(&note.0, &note.1, look),
        });
    }
    if check.status == Status::Error {
        let text = "The judge could not do its work. That is no fault of your answer.";
        lines.extend(fold(text, look.width, LEAD, LEAD));
    }
    lines
}

/// A stack of the Python that a check brings along: nobody can open that file, and the call
/// that it made is named already.
fn is_the_checks_own((title, text): &(String, String)) -> bool {
    title.starts_with("Python stack") && text.lines().all(|line| line.starts_with("checks.py:"))
}

/// A note that is no longer than this may be repeated.
const SHORT: usize = 50;

/// A line of output that is longer than this is cut.
const LONG: usize = 400;

/// A note under its title: in one line, or below it.
fn titled(title: &str, text: &str, look: &Look) -> Vec<String> {
    let inner = format!("{LEAD}  ");
    let headed = || fold(&format!("{title}:"), look.width, LEAD, LEAD);
    if title == COMPILER {
        let mut lines = headed();
        lines.extend(compiler::errors(text, look, &inner));
        lines.pop();
        return lines;
    }
    let mut lines = Vec::new();
    if title == NATIVE
        && let Some(frame) = look.own_frame(text)
    {
        let text = format!("in your code: {}", look.marked(frame));
        lines.extend(fold(&text, look.width, LEAD, &inner));
    }
    let text = match is_prose(title) {
        true => text.lines().collect::<Vec<_>>().join(" "),
        false => text.trim_start_matches('\n').to_owned(),
    };
    let text = look.marked(&text);
    if !text.contains('\n') {
        let line = format!("{title}: {}", truncate_str(&text, LONG, "…"));
        lines.extend(fold(&line, look.width, LEAD, &inner));
        return lines;
    }
    lines.extend(headed());
    let cut = text.lines().map(|line| truncate_str(line, LONG, "…"));
    lines.extend(cut.flat_map(|line| fold_code(&line, look.width, &inner)));
    lines
}

/// What the judge says in sentences may be broken anywhere; stacks and output may not.
fn is_prose(title: &str) -> bool {
    let begins = ["what ", "how "].iter().any(|word| title.starts_with(word));
    begins && title != "what its threads do"
}
