//! `grade --gradescope`: what Gradescope starts in a container, once for each submission.
//!
//! It finds there what the student handed in (`submission/`) and who and when that was
//! (`submission_metadata.json`), and leaves `results/results.json`. That file is there from the
//! first moment: whatever ends this program, a student has something to read and no score that
//! nobody has given. Gradescope takes a file without a score for a failure of the autograder,
//! which it then is. Why it failed is for the instructor's eyes, and goes to standard error.
//!
//! What was handed in before, and what it came to, is in the metadata too and is not looked at.

use std::path::Path;
use std::process::ExitCode;

use course::Exercise;
use grader::intake;
use grader::marks::Manuals;
use grader::model::{Intake, Student, StudentId};
use grader::{Records, outputs};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::class;
use super::judging;
use super::plan;
use crate::screen::me;
use crate::trouble::Trouble;

/// Where everything lies in a container of Gradescope.
pub const HOME: &str = "/autograder";

/// What a student reads where there is no score.
const NO_SCORE: &str = "This submission could not be graded, for a reason that does not lie in \
    it. It has no score yet. Your instructor can see what went wrong, and grade it again.";

/// Grades the one submission that is in `home`.
pub fn run(home: &Path, class: &class::Options) -> Result<ExitCode, Trouble> {
    let results = home.join("results/results.json");
    write(&results, &without_a_score())?;
    let json = graded(home, class)?;
    write(&results, &json)?;
    println!("wrote `{}`", results.display());
    Ok(ExitCode::SUCCESS)
}

fn graded(home: &Path, class: &class::Options) -> Result<String, Trouble> {
    if class.exercises.is_empty() {
        return Err(Trouble::new(
            "which exercises this assignment asks for is not said",
            format!("name them: `{} grade --gradescope --exercises NAMES`", me()),
        ));
    }
    let metadata = Metadata::read(&home.join("submission_metadata.json"))?;
    let wanted = plan::wanted(&class.exercises)?;
    let reading = intake::Options {
        whose: Some(metadata.student.clone()),
        ..intake::Options::default()
    };
    let collection = home.join("submission");
    let mut taken = intake::take_in(&collection, class.roster.as_deref(), &wanted, &reading)
        .map_err(|e| Trouble::new(e.to_string(), e.hint()))?;
    let student = whose(&mut taken, &metadata);
    for submission in &mut taken.submissions {
        submission.received = Some(metadata.received);
    }
    let nothing = taken.submissions.is_empty().then(|| expected(&wanted));
    let planned = plan::of(class, &collection, &wanted, taken)?;
    let mut rules = class.marks.rules(&planned.roll)?;
    rules.due = rules.due.or(metadata.due);
    judging::judge(&planned, &class.how)?;
    let records = Records::in_folder(&class.out.join("records"));
    let manuals = Manuals::open(&class.out)?;
    let results = planned.roll.results(&records, &rules, &manuals);
    let json = outputs::gradescope(&results, &student).ok_or_else(|| {
        Trouble::new(
            "the grader itself failed at this submission",
            format!("look at the records in `{}`", class.out.display()),
        )
    })?;
    Ok(match nothing {
        Some(words) => in_front(&json, &words),
        None => json,
    })
}

/// Whose all of it is. Somebody who handed in no answer is put among the students, for a mark of
/// nothing.
fn whose(taken: &mut Intake, metadata: &Metadata) -> StudentId {
    if let Some(submission) = taken.submissions.first() {
        return submission.student.clone();
    }
    let student = StudentId("student".to_owned());
    taken.students.clear();
    let somebody = Student {
        name: metadata.student.clone(),
        on_roster: true,
        ..Student::default()
    };
    taken.students.insert(student.clone(), somebody);
    student
}

/// What a student is told whose files hold no answer.
fn expected(wanted: &[Exercise]) -> String {
    let files = wanted.iter().flat_map(|exercise| {
        let files = exercise.manifest.editable.iter();
        files.map(|file| format!("{}/{}", exercise.slug, file.display()))
    });
    let files: Vec<String> = files.collect();
    format!(
        "None of your files is an answer that was asked for: {}",
        files.join(", ")
    )
}

/// Puts a sentence before what a result says.
fn in_front(json: &str, words: &str) -> String {
    let Ok(mut results) = serde_json::from_str::<Value>(json) else {
        return json.to_owned();
    };
    let said = results["output"].as_str().unwrap_or_default();
    results["output"] = json!(format!("{words}\n\n{said}"));
    format!("{results:#}\n")
}

fn without_a_score() -> String {
    let results = json!({
        "output": NO_SCORE,
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
    });
    format!("{results:#}\n")
}

/// Gradescope reads it when this program is over, and never a part of it.
fn write(path: &Path, json: &str) -> Result<(), Trouble> {
    let whole = || {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let unfinished = path.with_extension("unfinished");
        std::fs::write(&unfinished, json)?;
        std::fs::rename(&unfinished, path)
    };
    whole().map_err(|e| {
        Trouble::new(
            format!("`{}` cannot be written: {e}", path.display()),
            format!(
                "name the folder that has `submission` in it, if it is not `{HOME}`: \
                 `--gradescope=FOLDER`"
            ),
        )
    })
}

/// What Gradescope says of a submission.
struct Metadata {
    /// The address of whoever handed it in; of a group, the first.
    student: String,
    /// When it was received.
    received: Timestamp,
    /// When it was due, the student's own extension included.
    due: Option<Timestamp>,
}

impl Metadata {
    fn read(path: &Path) -> Result<Metadata, Trouble> {
        let wrong = |why: String| {
            Trouble::new(
                format!("`{}`: {why}", path.display()),
                "see whether Gradescope writes it in another form now",
            )
        };
        let text = std::fs::read(path).map_err(|e| wrong(e.to_string()))?;
        let json: Value = serde_json::from_slice(&text).map_err(|e| wrong(e.to_string()))?;
        Metadata::of(&json).map_err(wrong)
    }

    fn of(json: &Value) -> Result<Metadata, String> {
        let time = |value: &Value| value.as_str().and_then(|text| text.parse().ok());
        let user = &json["users"][0];
        let student = user["email"].as_str().filter(|email| !email.is_empty());
        let student = student.or(user["name"].as_str());
        Ok(Metadata {
            student: student
                .ok_or("it does not say who handed this in (`users`)")?
                .to_owned(),
            received: time(&json["created_at"])
                .ok_or("it does not say when this was handed in (`created_at`)")?,
            due: time(&user["assignment"]["due_date"])
                .or_else(|| time(&json["assignment"]["due_date"])),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(json: Value) -> Result<(String, String, Option<String>), String> {
        let read = Metadata::of(&json)?;
        let due = read.due.map(|due| due.to_string());
        Ok((read.student, read.received.to_string(), due))
    }

    #[test]
    fn who_when_and_until_when_are_gradescopes_words() {
        let json = json!({
            "created_at": "2026-03-02T14:22:32.365935-07:00",
            "assignment": { "due_date": "2026-03-01T23:00:00.000000-07:00" },
            "users": [{ "email": "ada@example.edu", "name": "Ada", "id": 1 }],
            "previous_submissions": [{ "score": 100.0 }],
        });
        let (student, received, due) = metadata(json.clone()).unwrap();
        assert_eq!(student, "ada@example.edu");
        assert_eq!(received, "2026-03-02T21:22:32.365935Z");
        assert_eq!(due.as_deref(), Some("2026-03-02T06:00:00Z"));

        let mut extended = json;
        extended["users"][0]["assignment"] = json!({ "due_date": "2026-03-09T23:00:00-07:00" });
        let due = metadata(extended).unwrap().2;
        assert_eq!(due.as_deref(), Some("2026-03-10T06:00:00Z"));
    }

    #[test]
    fn what_cannot_be_guessed_is_not_guessed() {
        let when = json!({ "created_at": "2026-03-02T14:22:32Z", "users": [] });
        assert!(metadata(when).unwrap_err().contains("who"));
        let who = json!({ "created_at": "yesterday", "users": [{ "name": "Ada" }] });
        assert!(metadata(who).unwrap_err().contains("when"));
    }

    #[test]
    fn what_is_written_first_has_words_and_no_score() {
        let json: Value = serde_json::from_str(&without_a_score()).unwrap();
        assert!(json["output"].as_str().unwrap().contains("no score"));
        assert!(json.get("score").is_none() && json.get("tests").is_none());
    }
}
