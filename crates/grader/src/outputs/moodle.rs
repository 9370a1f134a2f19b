//! `moodle.csv`: the downloaded grading worksheet with the marks put in, or a table for the
//! gradebook where there is none.
//!
//! Moodle compares a worksheet with what it has, so all that is not ours goes back as it came:
//! `Identifier`, `Last modified (grade)`, and the rows of people whom we do not know. Comments
//! are shown as HTML there. A gradebook import that brings comments and no points deletes the
//! points, so the table for the gradebook has no comments at all.

use std::collections::BTreeMap;
use std::path::Path;

use super::cells::{self, Table};
use super::seen::total;
use super::spreadsheet::cell;
use super::{Options, OutputError, STAMP, overview};
use crate::marks::{MoodleColumns, shown};
use crate::model::{Graded, Mark, Problem, Results, Standing};
use crate::text::{points, visible};

/// The file, and what Moodle will not take as it is.
pub(super) fn encode(
    results: &Results,
    options: &Options<'_>,
) -> Result<(Vec<u8>, Vec<Problem>), OutputError> {
    match options.moodle_worksheet {
        None => Ok((gradebook(results), Vec::new())),
        Some(path) => Worksheet::read(path, &options.rules.moodle)?.filled(results),
    }
}

fn gradebook(results: &Results) -> Vec<u8> {
    let mut table = Table::new();
    let who = ["ID number", "Username", "Email address", "Full name"].map(String::from);
    let titles = results.exercises.iter().map(|a| cells::text(&a.title));
    table.row(who.into_iter().chain(titles).chain(["Points".into()]));
    for graded in &results.students {
        let also = |key: &str| graded.student.also.get(key).map_or("", String::as_str);
        let who = [
            also("moodle_id"),
            also("login"),
            also("email"),
            &graded.student.name,
        ];
        // Nothing is what Moodle takes for no mark; `EX` it does not know.
        let marks = graded.exercises.iter().map(|mark| match mark.standing {
            Standing::Excused => String::new(),
            _ => cell(mark),
        });
        let sum = total(graded).map_or(String::new(), points);
        table.row(who.map(cells::text).into_iter().chain(marks).chain([sum]));
    }
    table.done()
}

struct Worksheet<'a> {
    path: &'a Path,
    columns: &'a MoodleColumns,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Where each of the columns is that we read or write.
    identifier: usize,
    grade: usize,
    name: Option<usize>,
    email: Option<usize>,
    maximum: Option<usize>,
    comments: Option<usize>,
}

impl<'a> Worksheet<'a> {
    fn read(path: &'a Path, columns: &'a MoodleColumns) -> Result<Worksheet<'a>, OutputError> {
        let text = std::fs::read(path).map_err(OutputError::io("read", path))?;
        let wrong = |what: String| OutputError::Worksheet {
            path: path.to_owned(),
            what,
        };
        // The reader takes a mark of the byte order for what it is.
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_slice());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| wrong(e.to_string()))?;
            rows.push(record.iter().map(String::from).collect::<Vec<String>>());
        }
        if rows.is_empty() {
            return Err(wrong("it is empty".into()));
        }
        let head = rows.remove(0);
        let find = |name: &str| head.iter().position(|cell| cell.trim() == name);
        let need = |name: &str| find(name).ok_or_else(|| wrong(format!("no column `{name}`")));
        need(&columns.modified)?;
        Ok(Worksheet {
            path,
            columns,
            identifier: need(&columns.identifier)?,
            grade: need(&columns.grade)?,
            name: find(&columns.name),
            email: find(&columns.email),
            maximum: find(&columns.maximum),
            comments: find(&columns.comments),
            head,
            rows,
        })
    }

    fn filled(mut self, results: &Results) -> Result<(Vec<u8>, Vec<Problem>), OutputError> {
        let mut people = People::of(results);
        let mut problems = Vec::new();
        let mut rows = std::mem::take(&mut self.rows);
        for row in &mut rows {
            let Some(graded) = people.find(&self, row) else {
                problems.push(self.problem(row, "is nobody in this class, and keeps what it has"));
                continue;
            };
            self.fill(row, results, graded, &mut problems);
        }
        problems.extend(people.left().map(|graded| Problem {
            place: self.path.display().to_string(),
            what: format!("`{}` has no row", graded.id.0),
        }));
        let mut table = Table::new();
        table.row(
            self.head
                .iter()
                .map(|cell| cells::theirs(cell).into_owned()),
        );
        for row in &rows {
            table.row(row);
        }
        Ok((table.done(), problems))
    }

    fn fill(
        &self,
        row: &mut Vec<String>,
        results: &Results,
        graded: &Graded,
        problems: &mut Vec<Problem>,
    ) {
        let last = self.grade.max(self.comments.unwrap_or(0));
        row.resize(row.len().max(last + 1), String::new());
        for (column, cell) in row.iter_mut().enumerate() {
            if column != self.identifier {
                *cell = cells::theirs(cell).into_owned();
            }
        }
        let exercise = self.columns.exercise.as_ref().map(|e| e.get_ref().as_str());
        let marks: Vec<&Mark> = graded
            .exercises
            .iter()
            .filter(|mark| exercise.is_none_or(|exercise| mark.exercise == exercise))
            .collect();
        let Some(worth) = worth(&marks) else {
            return;
        };
        let maximum = self.maximum.and_then(|column| row.get(column));
        if let Some(maximum) = maximum.and_then(|cell| decimal(cell))
            && worth > maximum
        {
            let what = format!(
                "has {worth:.2} points, which is more than {maximum:.2} there: Moodle skips it, \
                 so give the assignment as many points as the class's rules"
            );
            problems.push(self.problem(row, &what));
        }
        row[self.grade] = points(worth);
        if let Some(column) = self.comments {
            row[column] = comment(results, &marks);
        }
    }

    fn problem(&self, row: &[String], what: &str) -> Problem {
        let who = row.get(self.identifier).map_or("a row", String::as_str);
        Problem {
            place: self.path.display().to_string(),
            what: format!("`{}` {what}", visible(who)),
        }
    }
}

/// What these come to; nothing while one is pending, or where all are excused.
fn worth(marks: &[&Mark]) -> Option<f64> {
    let pending = marks.iter().any(|mark| mark.standing == Standing::Pending);
    let mut counted = marks
        .iter()
        .filter(|mark| mark.standing != Standing::Excused)
        .peekable();
    counted.peek()?;
    let sum: f64 = counted.map(|mark| mark.points).sum();
    (!pending).then_some(sum)
}

/// A number as any language writes it.
fn decimal(cell: &str) -> Option<f64> {
    cell.trim().replace(',', ".").parse().ok()
}

/// What the student reads in Moodle, which shows it as HTML.
fn comment(results: &Results, marks: &[&Mark]) -> String {
    let mut lines = Vec::new();
    if results.unsandboxed {
        lines.push(STAMP.to_owned());
    }
    for mark in marks {
        let mut line = format!("{}: {}", mark.exercise, shown(mark));
        for remark in overview::remarks(mark) {
            line.push_str(&format!("; {remark}"));
        }
        if let Some(manual) = mark.manual.as_ref().filter(|m| !m.comment.is_empty()) {
            line.push_str(&format!("; {}", manual.comment));
        }
        lines.push(line);
    }
    let escaped: Vec<String> = lines.iter().map(|line| html(line)).collect();
    cells::text(&escaped.join("<br>"))
}

fn html(text: &str) -> String {
    let text = visible(text);
    maud::html! { (text) }.into_string()
}

/// Everybody who has not been found in the worksheet yet, by what Moodle may know of them.
struct People<'a> {
    students: &'a [Graded],
    by: BTreeMap<String, Vec<usize>>,
    found: Vec<bool>,
}

impl<'a> People<'a> {
    fn of(results: &'a Results) -> People<'a> {
        let mut by: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, graded) in results.students.iter().enumerate() {
            let also = |key: &str| graded.student.also.get(key).map(String::as_str);
            let keys = [
                also("moodle_id").map(number_key),
                also("email").map(|email| format!("email {}", email.to_lowercase())),
                Some(format!("name {}", graded.student.name)),
            ];
            for key in keys.into_iter().flatten() {
                by.entry(key).or_default().push(index);
            }
        }
        People {
            students: &results.students,
            by,
            found: vec![false; results.students.len()],
        }
    }

    /// Whose row this is. Of a name that two people have, nobody's.
    fn find(&mut self, sheet: &Worksheet<'_>, row: &[String]) -> Option<&'a Graded> {
        let cell = |column: Option<usize>| row.get(column?).filter(|cell| !cell.is_empty());
        let keys = [
            cell(Some(sheet.identifier)).map(|cell| number_key(cell)),
            cell(sheet.email).map(|email| format!("email {}", email.to_lowercase())),
            cell(sheet.name).map(|name| format!("name {name}")),
        ];
        let only = |key: String| match self.by.get(&key).map(Vec::as_slice) {
            Some([index]) => Some(*index),
            _ => None,
        };
        let index = keys.into_iter().flatten().find_map(only)?;
        self.found[index] = true;
        Some(&self.students[index])
    }

    fn left(&self) -> impl Iterator<Item = &'a Graded> {
        let pairs = self.students.iter().zip(&self.found);
        pairs
            .filter(|(_, found)| !**found)
            .map(|(graded, _)| graded)
    }
}

/// The number at the end of `Participant 77`, in whatever language it is said.
fn number_key(identifier: &str) -> String {
    let digits = identifier
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .len();
    format!("number {}", &identifier[digits..])
}
