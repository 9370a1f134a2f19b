//! What holds for a class, from the instructor's own file (`--rules class.toml`).
//!
//! All of it may be left out. Without a file every exercise that was asked for counts what the
//! course says, nothing is due, and the last attempt is taken.
//!
//! ```toml
//! due = 2026-03-02T23:59:00+01:00   # with the distance from UTC
//! attempts = "best"                 # or "last", which is what holds otherwise
//!
//! [late]
//! grace_minutes = 15
//! percent_per_day = 10              # of what was earned, for each day that has begun
//! at_most_percent = 50
//! closed_after_days = 7             # what comes later counts nothing
//!
//! # Only these count, in this order. Without any, all that were asked for.
//! [[exercise]]
//! name = "detach"
//! points = 10
//! due = 2026-03-09T23:59:00+01:00   # its own
//! canvas = "HW3 (98765)"            # its column in Canvas
//!
//! [[excused]]
//! student = "s017"
//! exercise = "detach"               # without it, from all
//!
//! [[extra_time]]
//! student = "s023"
//! hours = 48
//! exercise = "detach"               # without it, for all
//!
//! # What a Moodle worksheet calls its columns, where it does not speak English.
//! [moodle]
//! exercise = "detach"               # without it, the sum
//! identifier = "ID"
//! grade = "Bewertung"
//! ```
//!
//! An error names the line. A student whom nobody knows is none: the roster may be renewed
//! after the rules, so that becomes a problem in the results.

use std::ops::Range;
use std::path::Path;

use course::{CourseError, Problem, TomlFile};
use jiff::Timestamp;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::late::Late;
use crate::model::{Asked, StudentId};

/// The rules of a class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// When everything is due that has no time of its own.
    pub due: Option<Timestamp>,
    /// Which of several attempts counts.
    pub attempts: Attempts,
    /// What lateness costs; nothing, where this is not there.
    pub late: Option<Late>,
    /// What counts, in this order; all that was asked for, where this is empty.
    pub exercises: Vec<InClass>,
    /// What does not count for whom.
    pub excused: Vec<Excused>,
    /// Who has longer.
    pub extra_time: Vec<ExtraTime>,
    /// What a Moodle worksheet calls its columns.
    pub moodle: MoodleColumns,
}

/// Which of several attempts counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attempts {
    /// The one with the most points after lateness; of equals the first.
    Best,
    /// The one that was received last.
    #[default]
    Last,
}

/// An exercise in this class.
#[derive(Clone, Debug, PartialEq)]
pub struct InClass {
    /// Its slug.
    pub name: String,
    /// What it is worth here; what the course says, where this is not there.
    pub points: Option<f64>,
    /// When it is due; with all others, where this is not there.
    pub due: Option<Timestamp>,
    /// Its column in Canvas; its title, where this is not there.
    pub canvas: Option<String>,
}

/// What does not count for a student.
#[derive(Clone, Debug, PartialEq)]
pub struct Excused {
    /// Who.
    pub student: StudentId,
    /// What; everything, where this is not there.
    pub exercise: Option<String>,
    /// Where the file says so.
    pub line: usize,
}

/// Who has longer.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtraTime {
    /// Who.
    pub student: StudentId,
    /// By how many hours.
    pub hours: u32,
    /// For what; for everything, where this is not there.
    pub exercise: Option<String>,
    /// Where the file says so.
    pub line: usize,
}

/// What a Moodle worksheet calls its columns: they are in the language of whoever downloads it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MoodleColumns {
    /// The exercise whose points go in; the sum, where this is not there.
    pub exercise: Option<Spanned<String>>,
    /// `Participant 77`.
    pub identifier: String,
    /// The full name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The points.
    pub grade: String,
    /// What the points may come to.
    pub maximum: String,
    /// When Moodle's own grade was changed.
    pub modified: String,
    /// What the student reads.
    pub comments: String,
}

impl Default for MoodleColumns {
    fn default() -> MoodleColumns {
        MoodleColumns {
            exercise: None,
            identifier: "Identifier".into(),
            name: "Full name".into(),
            email: "Email address".into(),
            grade: "Grade".into(),
            maximum: "Maximum Grade".into(),
            modified: "Last modified (grade)".into(),
            comments: "Feedback comments".into(),
        }
    }
}

impl Rules {
    /// Reads them; `course` is every exercise that a rule may name.
    pub fn read(path: &Path, course: &[Asked]) -> Result<Rules, CourseError> {
        Reader {
            file: TomlFile::read(path, "the file with the class's rules")?,
            course,
        }
        .rules()
    }

    /// The same from a text.
    pub fn of(path: &Path, text: &str, course: &[Asked]) -> Result<Rules, CourseError> {
        let file = TomlFile::of(path, text);
        Reader { file, course }.rules()
    }

    /// Of the exercises that were asked for, those that count in this class, in its order and
    /// with its points.
    pub fn asked(&self, exercises: &[Asked]) -> Vec<Asked> {
        if self.exercises.is_empty() {
            return exercises.to_vec();
        }
        let in_class = |rule: &InClass| {
            let mut asked = exercises
                .iter()
                .find(|asked| asked.exercise == rule.name)?
                .clone();
            asked.max_points = rule.points.unwrap_or(asked.max_points);
            Some(asked)
        };
        self.exercises.iter().filter_map(in_class).collect()
    }

    /// What is said of one exercise.
    pub fn of_exercise(&self, exercise: &str) -> Option<&InClass> {
        self.exercises.iter().find(|rule| rule.name == exercise)
    }

    /// When an exercise is due for a student.
    pub fn due(&self, student: &StudentId, exercise: &str) -> Option<Timestamp> {
        let own = self.of_exercise(exercise).and_then(|rule| rule.due);
        let extra: i64 = self
            .extra_time
            .iter()
            .filter(|extra| is_for(&extra.student, &extra.exercise, student, exercise))
            .map(|extra| i64::from(extra.hours) * 60 * 60)
            .sum();
        let due = own.or(self.due)?;
        // Later than the last time there is cannot be late.
        let shifted = Timestamp::from_second(due.as_second().saturating_add(extra));
        Some(shifted.unwrap_or(Timestamp::MAX))
    }

    /// Whether an exercise does not count for a student.
    pub fn is_excused(&self, student: &StudentId, exercise: &str) -> bool {
        let excused = |rule: &Excused| is_for(&rule.student, &rule.exercise, student, exercise);
        self.excused.iter().any(excused)
    }
}

/// Whether a rule for somebody, and for one exercise or all, holds here.
fn is_for(who: &StudentId, what: &Option<String>, student: &StudentId, exercise: &str) -> bool {
    who == student && what.as_deref().is_none_or(|what| what == exercise)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    due: Option<Spanned<Datetime>>,
    #[serde(default)]
    attempts: Attempts,
    late: Option<RawLate>,
    #[serde(default)]
    exercise: Vec<RawExercise>,
    #[serde(default)]
    excused: Vec<RawExcused>,
    #[serde(default)]
    extra_time: Vec<RawExtra>,
    #[serde(default)]
    moodle: MoodleColumns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLate {
    #[serde(default)]
    grace_minutes: u32,
    percent_per_day: Option<Spanned<f64>>,
    at_most_percent: Option<Spanned<f64>>,
    closed_after_days: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExercise {
    name: Spanned<String>,
    points: Option<Spanned<f64>>,
    due: Option<Spanned<Datetime>>,
    canvas: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExcused {
    student: Spanned<String>,
    exercise: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExtra {
    student: Spanned<String>,
    hours: u32,
    exercise: Option<Spanned<String>>,
}

struct Reader<'a> {
    file: TomlFile,
    course: &'a [Asked],
}

impl Reader<'_> {
    fn rules(&self) -> Result<Rules, CourseError> {
        let raw: Raw = self.file.parse()?;
        let mut exercises: Vec<InClass> = Vec::new();
        for rule in &raw.exercise {
            let name = self.exercise("name", &rule.name)?;
            if exercises.iter().any(|other| other.name == name) {
                let problem = Problem::Repeated {
                    key: "exercise".into(),
                    value: name,
                };
                return Err(self.file.fail(rule.name.span(), problem));
            }
            exercises.push(InClass {
                name,
                points: self.number("points", &rule.points, 100_000.0)?,
                due: self.time(&rule.due)?,
                canvas: rule.canvas.clone(),
            });
        }
        if let Some(exercise) = &raw.moodle.exercise {
            self.exercise("exercise", exercise)?;
        }
        let mut excused = Vec::new();
        for rule in &raw.excused {
            excused.push(Excused {
                student: StudentId(rule.student.get_ref().clone()),
                exercise: self.one_or_all(&rule.exercise)?,
                line: self.line(rule.student.span()),
            });
        }
        let mut extra_time = Vec::new();
        for rule in &raw.extra_time {
            extra_time.push(ExtraTime {
                student: StudentId(rule.student.get_ref().clone()),
                hours: rule.hours,
                exercise: self.one_or_all(&rule.exercise)?,
                line: self.line(rule.student.span()),
            });
        }
        Ok(Rules {
            due: self.time(&raw.due)?,
            attempts: raw.attempts,
            late: raw.late.map(|late| self.late(&late)).transpose()?,
            exercises,
            excused,
            extra_time,
            moodle: raw.moodle,
        })
    }

    fn late(&self, raw: &RawLate) -> Result<Late, CourseError> {
        let percent = |key, value| self.number(key, value, 100.0);
        Ok(Late {
            grace_minutes: raw.grace_minutes,
            percent_per_day: percent("percent_per_day", &raw.percent_per_day)?.unwrap_or(0.0),
            at_most_percent: percent("at_most_percent", &raw.at_most_percent)?.unwrap_or(100.0),
            closed_after_days: raw.closed_after_days,
        })
    }

    fn one_or_all(&self, name: &Option<Spanned<String>>) -> Result<Option<String>, CourseError> {
        let name = name.as_ref().map(|name| self.exercise("exercise", name));
        name.transpose()
    }

    /// An exercise of the course.
    fn exercise(&self, key: &str, name: &Spanned<String>) -> Result<String, CourseError> {
        let known = || self.course.iter().map(|asked| asked.exercise.as_str());
        if known().any(|slug| slug == name.get_ref()) {
            return Ok(name.get_ref().clone());
        }
        let near = course::nearest_all(name.get_ref(), known());
        let allowed = match near.first() {
            Some(near) => format!("an exercise of the course, as `{near}` is"),
            None => "the slug of an exercise, as `bindery list` shows them".into(),
        };
        Err(self.wrong(key, format!("`{}`", name.get_ref()), &allowed, name.span()))
    }

    fn number(
        &self,
        key: &str,
        number: &Option<Spanned<f64>>,
        most: f64,
    ) -> Result<Option<f64>, CourseError> {
        let Some(number) = number else {
            return Ok(None);
        };
        let value = *number.get_ref();
        // Not a number is in no range.
        if (0.0..=most).contains(&value) {
            return Ok(Some(value));
        }
        let allowed = format!("a number from 0 to {most}");
        Err(self.wrong(key, value.to_string(), &allowed, number.span()))
    }

    /// A time that means the same to everybody.
    fn time(&self, time: &Option<Spanned<Datetime>>) -> Result<Option<Timestamp>, CourseError> {
        let Some(time) = time else {
            return Ok(None);
        };
        let written = time.get_ref().to_string();
        match written.parse() {
            Ok(time) => Ok(Some(time)),
            Err(_) => Err(self.wrong(
                "due",
                format!("`{written}`"),
                "a time with its distance from UTC, as `2026-03-02T23:59:00+01:00`",
                time.span(),
            )),
        }
    }

    fn wrong(&self, key: &str, value: String, allowed: &str, at: Range<usize>) -> CourseError {
        let problem = Problem::Value {
            key: key.into(),
            value,
            allowed: allowed.into(),
        };
        self.file.fail(at, problem)
    }

    fn line(&self, at: Range<usize>) -> usize {
        self.file.place(at.start).line
    }
}
