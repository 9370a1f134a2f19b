//! `grade explain`: how a mark came about, and the same answer judged once more.

use std::path::Path;
use std::process::ExitCode;

use course::Course;
use grader::model::{Checked, Judgement, Results, Status};
use grader::{Roll, read_answer};

use super::judging;
use super::plan::Bench;
use crate::screen::{here, indent, me};
use crate::trouble::Trouble;
use crate::workshop;

pub fn run(out: &Path, student: &str, exercise: &str) -> Result<ExitCode, Trouble> {
    let roll = Roll::read(out)?;
    let file = out.join("results.json");
    let results: Results = std::fs::read(&file)
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok())
        .ok_or_else(|| {
            Trouble::new(
                format!("`{}` holds no results", here(&file)),
                format!("run `{} grade merge {}`", me(), here(out)),
            )
        })?;
    let unknown = |what: &str| {
        Trouble::new(
            format!("{what} in `{}`", here(&file)),
            format!("look into `{}`", here(&out.join("grades.csv"))),
        )
    };
    // A name may be two students', and may be another's id: it is taken where it is clear.
    let mut students = results.students.iter();
    let mut named = results
        .students
        .iter()
        .filter(|s| s.student.name == student);
    let graded = match students.find(|s| s.id.0 == student) {
        Some(graded) => graded,
        None => match (named.next(), named.next()) {
            (Some(graded), None) => graded,
            (None, _) => return Err(unknown(&format!("there is no student `{student}`"))),
            _ => {
                return Err(unknown(&format!(
                    "more than one student is called `{student}`"
                )));
            }
        },
    };
    let mark = graded
        .exercises
        .iter()
        .find(|mark| mark.exercise == exercise);
    let mark = mark.ok_or_else(|| unknown(&format!("there is no exercise `{exercise}`")))?;
    let judgement = mark
        .judgement
        .as_ref()
        .filter(|judgement| !judgement.key.is_empty());
    let judgement = judgement
        .ok_or_else(|| unknown(&format!("`{student}` has no judgement for `{exercise}`")))?;
    println!(
        "{} has {} of {} for {exercise}, by attempt {} of {}.",
        grader::text::one_line(&graded.student.name),
        grader::text::points(mark.points),
        grader::text::points(mark.max_points),
        mark.attempt,
        mark.attempts
    );
    let made_by = &judgement.made_by;
    println!(
        "Made by bindery {} with {} and {}, on {}, in the jail `{}`, with the seed {}.",
        made_by.bindery, made_by.rustc, made_by.python, made_by.machine, made_by.tier, made_by.seed
    );
    println!("The exercise with its checks: {}\n", made_by.checks);
    let root = workshop::root()?;
    let Some(original) = Course::exactly(&root, exercise) else {
        return Err(unknown(&format!("this workbook has no `{exercise}`")));
    };
    let running = judging::until_interrupted()?;
    let bench = Bench::of(
        &[&original],
        roll.hidden.as_deref(),
        roll.seed,
        roll.tier,
        running,
    )?;
    let answer = read_answer(out, &judgement.key)?;
    let again = bench
        .court()
        .judge(&bench.exercises[exercise], &answer, &judgement.key, None)?;
    show(&again);
    match again.says_the_same_as(judgement) {
        true => println!("\nIt came to the same as in the record."),
        false => println!("\nIt did not come to the same as in the record: look at it yourself."),
    }
    Ok(ExitCode::SUCCESS)
}

fn show(judgement: &Judgement) {
    if !judgement.compiler.is_empty() {
        println!(
            "The compiler said:\n{}\n",
            indent(&grader::text::visible(&judgement.compiler), 2)
        );
    }
    for check in &judgement.checks {
        println!("{}", told(check));
    }
}

fn told(check: &Checked) -> String {
    let status = match check.status {
        Status::Passed => "passed",
        Status::Failed => "FAILED",
        Status::TimedOut => "TIMED OUT",
        Status::Error => "ERROR",
    };
    let mut text = format!(
        "{status:9} {} ({} points): {}",
        check.name, check.points, check.claim
    );
    let parts = [
        (
            "what happened",
            Some(&check.message).filter(|text| !text.is_empty()),
        ),
        ("expected", check.expected.as_ref()),
        ("got", check.got.as_ref()),
    ];
    let notes = check
        .notes
        .iter()
        .map(|(title, text)| (title.as_str(), Some(text)));
    for (title, words) in parts.into_iter().chain(notes) {
        if let Some(words) = words {
            let words = grader::text::visible(words);
            text += &format!("\n  {title}:\n{}", indent(words.trim_end(), 4));
        }
    }
    text
}
