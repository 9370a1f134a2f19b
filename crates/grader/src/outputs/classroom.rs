//! `classroom/<id>.json`: the result of a step, as GitHub Classroom's reporter reads it, and
//! `<id>.output`, the same in base64 as a line for `$GITHUB_OUTPUT`.
//!
//! The reporter adds up the scores of the tests and prints their messages into the log. So what
//! lateness and the instructor's hand have changed are tests of their own, and no message holds
//! a command for the log. While a mark is pending the status is `error` and nothing is scored,
//! of which the reporter makes no points at all.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::STAMP;
use super::gradescope::said;
use super::seen::{Seen, SeenExercise, SeenStatus};
use crate::marks::{hundredths, in_points};
use crate::model::Standing;
use crate::text::{for_a_log, one_line};

pub(super) fn encode(seen: &Seen<'_>) -> String {
    let mut tests = Vec::new();
    if seen.unsandboxed {
        tests.push(test(STAMP, "pass", 0, ""));
    }
    let result = match seen.total {
        None => {
            tests.push(test("grading", "error", 0, "not graded yet"));
            json!({ "version": 1, "status": "error", "max_score": 0, "tests": tests })
        }
        Some(total) => {
            for exercise in &seen.exercises {
                add(exercise, &mut tests);
            }
            let full = hundredths(total) >= hundredths(seen.max_points);
            let status = if full { "pass" } else { "fail" };
            json!({ "version": 1, "status": status, "max_score": seen.max_points, "tests": tests })
        }
    };
    format!("{result}\n")
}

/// The line that a step appends to the file `$GITHUB_OUTPUT`.
pub(super) fn step_output(json: &str) -> String {
    format!("result={}\n", BASE64_STANDARD.encode(json.trim_end()))
}

/// An exercise's tests, whose scores add up to its points to the cent.
fn add(exercise: &SeenExercise<'_>, tests: &mut Vec<Value>) {
    let slug = exercise.slug;
    if exercise.standing == Standing::Excused {
        tests.push(test(&format!("{slug}: excused"), "pass", 0, ""));
        return;
    }
    if let Some(stopped) = &exercise.stopped {
        let message = format!("{}\n{}", stopped.sentence(), stopped.said);
        tests.push(test(&format!("{slug}: build"), "fail", 0, &message));
    }
    let (mut earned, mut given) = (0.0, 0);
    for check in &exercise.checks {
        let passed = check.status == SeenStatus::Passed;
        if passed {
            earned += check.max_points;
        }
        let score = hundredths(earned) - given;
        given += score;
        let name = format!("{slug}: {}", check.title);
        let status = if passed { "pass" } else { "fail" };
        tests.push(test(&name, status, score, &said(check)));
    }
    if let Some(late) = exercise.lateness().filter(|_| exercise.late_penalty > 0.0) {
        let taken = hundredths(earned - exercise.late_penalty) - given;
        given += taken;
        tests.push(test(&format!("{slug}: {late}"), "fail", taken, ""));
    }
    let by_hand = hundredths(exercise.points) - given;
    let comment = exercise.manual.map_or("", |manual| &manual.comment);
    if by_hand != 0 || !comment.is_empty() {
        let status = if by_hand < 0 { "fail" } else { "pass" };
        tests.push(test(&format!("{slug}: by hand"), status, by_hand, comment));
    }
}

fn test(name: &str, status: &str, score: i64, message: &str) -> Value {
    json!({
        "name": for_a_log(&one_line(name)),
        "status": status,
        "score": in_points(score),
        "message": for_a_log(message),
        "test_code": "",
    })
}
