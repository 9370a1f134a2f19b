//! `grades.csv`: a row for each student, for a spreadsheet and for scripts.
//!
//! An exercise that is missing counts 0 points, one that is excused says `EX`, and one that is
//! pending is empty, and so is the sum. What else there is to say stands in the last column.

use super::cells::{self, Table};
use super::seen::total;
use super::{STAMP, overview};
use crate::model::{Graded, Mark, Results, Standing};
use crate::text::points;

pub(super) fn encode(results: &Results) -> Vec<u8> {
    let mut table = Table::new();
    let mut head: Vec<String> = ["id", "name", "email", "login", "section"]
        .map(String::from)
        .into();
    head.extend(results.exercises.iter().map(|a| cells::text(&a.exercise)));
    head.extend(["points", "max_points", "notes"].map(String::from));
    table.row(&head);
    for graded in &results.students {
        table.row(row(results, graded));
    }
    table.done()
}

fn row(results: &Results, graded: &Graded) -> Vec<String> {
    let also = |key: &str| graded.student.also.get(key).map_or("", String::as_str);
    let who = [
        &graded.id.0,
        &graded.student.name,
        also("email"),
        also("login"),
        also("section"),
    ];
    let mut row: Vec<String> = who.iter().map(|text| cells::text(text)).collect();
    row.extend(graded.exercises.iter().map(cell));
    row.push(total(graded).map_or(String::new(), points));
    row.push(points(graded.max_points));
    row.push(cells::text(&notes(results, graded)));
    row
}

/// Points as a gradebook takes them.
pub(super) fn cell(mark: &Mark) -> String {
    match mark.standing {
        Standing::Excused => "EX".into(),
        Standing::Pending => String::new(),
        Standing::Graded | Standing::Missing => points(mark.points),
    }
}

fn notes(results: &Results, graded: &Graded) -> String {
    let mut notes = Vec::new();
    if results.unsandboxed {
        notes.push(STAMP.to_owned());
    }
    // Without any roster nobody is on it.
    let roster = results.students.iter().any(|g| g.student.on_roster);
    if roster && !graded.student.on_roster {
        notes.push("not on the roster".into());
    }
    for mark in &graded.exercises {
        for note in overview::remarks(mark) {
            notes.push(format!("{}: {note}", mark.exercise));
        }
    }
    notes.join("; ")
}
