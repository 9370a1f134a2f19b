//! The checks of an exercise, one after the other, and what went wrong in those that fail.

use std::path::PathBuf;

use super::fold::{fold, fold_code};
use super::links::mark;
use super::values::side_by_side;
use super::{LEAD, Look, compiler};
use crate::judging::{Checked, Status};

/// The title that the judge gives to what a compiler said.
const COMPILER: &str = "the compiler says";

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
pub fn checks(checks: &[Checked], folders: &[PathBuf], look: &Look) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, check) in checks.iter().enumerate() {
        let points = match check.points {
            1 => "1 point".to_owned(),
            n => format!("{n} points"),
        };
        let claim = format!("{}  {} ({points})", look.word(check.status), check.claim);
        lines.extend(fold(&claim, look.width, "", LEAD));
        if check.status == Status::Passed {
            continue;
        }
        lines.push(String::new());
        lines.extend(match checks[..index].iter().find(|c| same(c, check)) {
            Some(_) => fold(
                &format!("the same again: {}", check.message),
                look.width,
                LEAD,
                LEAD,
            ),
            None => failure(check, folders, look),
        });
        lines.push(String::new());
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// Whether one thing went wrong in both.
fn same(a: &Checked, b: &Checked) -> bool {
    (&a.message, &a.expected, &a.got) == (&b.message, &b.expected, &b.got)
}

fn failure(check: &Checked, folders: &[PathBuf], look: &Look) -> Vec<String> {
    let mut lines = fold(
        &mark(&check.message, folders, look.links),
        look.width,
        LEAD,
        LEAD,
    );
    if let (Some(expected), Some(got)) = (&check.expected, &check.got) {
        lines.extend(side_by_side(expected, got, look, LEAD));
    }
    for (title, text) in &check.notes {
        lines.extend(note(title, text, folders, look));
    }
    if check.status == Status::Error {
        let text = "The judge could not do its work. That is no fault of your answer.";
        lines.extend(fold(text, look.width, LEAD, LEAD));
    }
    lines
}

fn note(title: &str, text: &str, folders: &[PathBuf], look: &Look) -> Vec<String> {
    let inner = format!("{LEAD}  ");
    let mut lines = fold(&format!("{title}:"), look.width, LEAD, LEAD);
    if title == COMPILER {
        let again = "cargo test";
        lines.extend(compiler::errors(text, folders, look, again, &inner));
        return lines;
    }
    let text = match is_prose(title) {
        true => text.lines().collect::<Vec<_>>().join(" "),
        false => text.to_owned(),
    };
    let text = mark(&text, folders, look.links);
    if !text.contains('\n') {
        return fold(&format!("{title}: {text}"), look.width, LEAD, &inner);
    }
    lines.extend(
        text.lines()
            .flat_map(|line| fold_code(line, look.width, &inner)),
    );
    lines
}

/// What the judge says in sentences may be broken anywhere; stacks and output may not.
fn is_prose(title: &str) -> bool {
    let begins = ["what ", "how "].iter().any(|word| title.starts_with(word));
    begins && title != "what its threads do"
}
