//! `gradescope/<id>.json`: what an autograder leaves in `results.json` for Gradescope.
//!
//! The score at the top is the mark; Gradescope would else add up the tests, which know nothing
//! of lateness. All output is declared to be plain text. A hidden check is a visible test that
//! has a title and no output: a test that is hidden from students hides their total, too.

use serde_json::{Value, json};

use super::STAMP;
use super::seen::{Seen, SeenCheck, SeenExercise, SeenStatus};
use crate::marks;
use crate::model::Standing;
use crate::text::{one_line, visible};

/// Nothing while a mark is pending.
pub(super) fn encode(seen: &Seen<'_>) -> Option<String> {
    let total = seen.total?;
    let mut tests = Vec::new();
    for (index, exercise) in seen.exercises.iter().enumerate() {
        if exercise.standing == Standing::Excused {
            continue;
        }
        for (at, check) in exercise.checks.iter().enumerate() {
            let number = format!("{}.{}", index + 1, at + 1);
            tests.push(test(exercise, check, &number));
        }
    }
    let results = json!({
        "score": total,
        "output": output(seen),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
    });
    Some(format!("{results:#}\n"))
}

fn test(exercise: &SeenExercise<'_>, check: &SeenCheck<'_>, number: &str) -> Value {
    let passed = check.status == SeenStatus::Passed;
    json!({
        "name": format!("{}: {}", exercise.slug, one_line(check.title)),
        "number": number,
        "score": if passed { round(check.max_points) } else { 0.0 },
        "max_score": round(check.max_points),
        "status": if passed { "passed" } else { "failed" },
        "output": said(check),
        "output_format": "text",
        "visibility": "visible",
    })
}

/// What went wrong, in plain text; nothing for a hidden check.
pub(super) fn said(check: &SeenCheck<'_>) -> String {
    if check.status == SeenStatus::NotRun {
        return "not run".into();
    }
    let Some(failure) = &check.failure else {
        return String::new();
    };
    let mut said = vec![visible(failure.message)];
    let mut add = |what: &str, text: Option<&str>| {
        said.extend(text.map(|text| format!("{what}: {}", visible(text))));
    };
    add("expected", failure.expected);
    add("got", failure.got);
    for (title, note) in failure.notes {
        said.push(format!("{}:\n{}", visible(title), visible(note)));
    }
    said.join("\n")
}

fn output(seen: &Seen<'_>) -> String {
    let mut lines = Vec::new();
    if seen.unsandboxed {
        lines.push(STAMP.to_owned());
    }
    for exercise in &seen.exercises {
        let word = match exercise.standing {
            Standing::Graded => format!("{:.2} of {:.2}", exercise.points, exercise.max_points),
            standing => marks::word(standing).to_owned(),
        };
        lines.push(format!("{}: {word}", exercise.slug));
        lines.extend(exercise.lateness());
        if let Some(manual) = exercise.manual.filter(|m| !m.comment.is_empty()) {
            lines.push(visible(&manual.comment));
        }
        if let Some(stopped) = &exercise.stopped {
            lines.push(stopped.sentence().to_owned());
            lines.push(visible(stopped.said));
        }
    }
    lines.join("\n")
}

fn round(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}
