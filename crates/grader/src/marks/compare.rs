//! What a regrade changed: a row for each mark that is not what it was, and why.

use std::collections::BTreeMap;

use super::{hundredths, in_points, shown};
use crate::model::{Mark, Results, Status, StudentId};
use crate::text::one_line;

/// A mark that is not what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Whose.
    pub student: StudentId,
    /// The name, for humans.
    pub name: String,
    /// For what.
    pub exercise: String,
    /// What it was, as it is shown; `-` where there was none.
    pub before: String,
    /// What it is.
    pub after: String,
    /// By how many points it rose.
    pub by: f64,
    /// Checks that came out another way, each with what it was and is.
    pub checks: Vec<(String, String)>,
}

/// What is not as it was. Sorted by student, then as the class sorts its exercises.
pub fn compare(before: &Results, after: &Results) -> Vec<Change> {
    let mut marks: BTreeMap<&StudentId, Vec<Pair<'_>>> = BTreeMap::new();
    for graded in &after.students {
        let pairs = marks.entry(&graded.id).or_default();
        pairs.extend(graded.exercises.iter().map(|mark| Pair {
            name: &graded.student.name,
            before: None,
            after: Some(mark),
        }));
    }
    for graded in &before.students {
        let pairs = marks.entry(&graded.id).or_default();
        for mark in &graded.exercises {
            let same = |pair: &&mut Pair<'_>| pair.exercise() == mark.exercise;
            match pairs.iter_mut().find(same) {
                Some(pair) => pair.before = Some(mark),
                None => pairs.push(Pair {
                    name: &graded.student.name,
                    before: Some(mark),
                    after: None,
                }),
            }
        }
    }
    let changes = marks
        .iter()
        .flat_map(|(id, pairs)| pairs.iter().filter_map(|pair| pair.change(id)));
    changes.collect()
}

/// The changes as a table for a terminal.
pub fn table(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "No mark has changed.\n".into();
    }
    let rows: Vec<[String; 5]> = changes.iter().map(row).collect();
    let widths: [usize; 5] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| console_width(&row[column]));
        cells.max().unwrap_or(0)
    });
    let mut out = headline(changes);
    for (row, change) in rows.iter().zip(changes) {
        out.push_str("\n ");
        for (column, cell) in row.iter().enumerate() {
            let gap = " ".repeat(widths[column] - console_width(cell));
            // Numbers stand under each other's ends.
            match column {
                0 | 1 => out.push_str(&format!(" {cell}{gap}")),
                _ => out.push_str(&format!(" {gap}{cell}")),
            }
            if column == 2 {
                out.push_str(" ->");
            }
        }
        for (check, how) in &change.checks {
            out.push_str(&format!("\n      {}: {how}", one_line(check)));
        }
    }
    out.push('\n');
    out
}

fn headline(changes: &[Change]) -> String {
    let up = changes.iter().filter(|change| change.by > 0.0).count();
    let down = changes.iter().filter(|change| change.by < 0.0).count();
    let marks = match changes.len() {
        1 => "1 mark has changed".into(),
        n => format!("{n} marks have changed"),
    };
    format!("{marks}: {up} up, {down} down\n")
}

fn row(change: &Change) -> [String; 5] {
    let by = match change.by {
        0.0 => String::new(),
        by => format!("{by:+.2}"),
    };
    let who = format!("{} {}", change.student.0, one_line(&change.name));
    [
        who.trim_end().to_owned(),
        change.exercise.clone(),
        change.before.clone(),
        change.after.clone(),
        by,
    ]
}

/// How many columns of a terminal a cell takes.
fn console_width(cell: &str) -> usize {
    textwrap::core::display_width(cell)
}

struct Pair<'a> {
    name: &'a str,
    before: Option<&'a Mark>,
    after: Option<&'a Mark>,
}

impl Pair<'_> {
    fn exercise(&self) -> &str {
        let mark = self.after.or(self.before);
        mark.map_or("", |mark| mark.exercise.as_str())
    }

    fn change(&self, student: &StudentId) -> Option<Change> {
        let said = |mark: Option<&Mark>| mark.map_or("-".to_owned(), shown);
        let (before, after) = (said(self.before), said(self.after));
        if before == after {
            return None;
        }
        let points = |mark: Option<&Mark>| mark.map_or(0.0, |mark| mark.points);
        Some(Change {
            student: student.clone(),
            name: self.name.to_owned(),
            exercise: self.exercise().to_owned(),
            before,
            after,
            by: in_points(hundredths(points(self.after)) - hundredths(points(self.before))),
            checks: turned(self.before, self.after),
        })
    }
}

/// Checks of which one run said another thing than the other.
fn turned(before: Option<&Mark>, after: Option<&Mark>) -> Vec<(String, String)> {
    let was = statuses(before);
    let is = statuses(after);
    let names: Vec<&str> = is.iter().chain(&was).map(|(name, _)| *name).collect();
    let mut turned = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let find = |all: &[(&str, Status)]| all.iter().find(|(n, _)| n == name).map(|(_, s)| *s);
        let (was, is) = (find(&was), find(&is));
        if was != is && !names[..index].contains(name) {
            turned.push(((*name).to_owned(), format!("{} -> {}", word(was), word(is))));
        }
    }
    turned
}

fn statuses(mark: Option<&Mark>) -> Vec<(&str, Status)> {
    let checks = mark
        .and_then(|mark| mark.judgement.as_ref())
        .map_or(&[][..], |judgement| &judgement.checks);
    checks.iter().map(|c| (c.name.as_str(), c.status)).collect()
}

fn word(status: Option<Status>) -> &'static str {
    match status {
        None => "not run",
        Some(Status::Passed) => "passed",
        Some(Status::Failed) => "failed",
        Some(Status::TimedOut) => "timed out",
        Some(Status::Error) => "error",
    }
}
