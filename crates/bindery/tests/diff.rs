//! `diff`: the solution, for who has earned it.

mod common;

use std::path::PathBuf;
use std::process::{Command, Stdio};

use common::{Workbook, copy, err, out};

const ANSWER: &str = "exercises/06_gil/02_detach/src/lib.rs";

/// A workbook with solutions; `None` in a copy that has none to give.
fn with_solutions() -> Option<Workbook> {
    let solutions = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../solutions");
    if !solutions.is_dir() {
        println!("skipped: this copy has no solutions");
        return None;
    }
    let workbook = Workbook::new()?;
    copy(&solutions, &workbook.path().join("solutions"));
    Some(workbook)
}

#[test]
fn the_solution_is_not_shown_before_the_checks_pass() {
    let Some(workbook) = with_solutions() else {
        return;
    };
    let output = workbook.run(&["diff", "detach"]);
    assert_eq!(output.status.code(), Some(2));
    let expect = "error: the solution of `detach` is shown once all its checks pass\n\n\
                  hint: run `bindery check detach`\n";
    assert_eq!(err(&output), expect);
    assert!(out(&output).is_empty());
}

#[test]
fn a_copy_without_solutions_says_so() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    workbook.solve("detach");
    let output = workbook.run(&["diff", "detach"]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    assert!(
        said.contains("has no solutions") && said.contains("`bindery read detach`"),
        "{said}"
    );
}

#[test]
fn in_a_pipe_it_is_a_patch_that_makes_the_answer_the_solution() {
    let Some(workbook) = with_solutions() else {
        return;
    };
    workbook.solve("detach");
    let output = workbook.run(&["diff", "detach"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let patch = out(&output);
    assert!(
        patch.starts_with(&format!("--- {ANSWER}\n+++ solutions/")),
        "{patch}"
    );
    let applied = Command::new("patch")
        .args(["-p0", "--quiet", ANSWER])
        .current_dir(workbook.path())
        .stdin(Stdio::piped())
        .spawn();
    let Ok(mut applied) = applied else {
        println!("skipped: there is no `patch` here");
        return;
    };
    std::io::Write::write_all(applied.stdin.as_mut().unwrap(), patch.as_bytes()).unwrap();
    assert!(applied.wait().unwrap().success());
    let solution = ANSWER.replace("exercises", "solutions");
    let read = |path| std::fs::read_to_string(workbook.path().join(path)).unwrap();
    assert_eq!(read(ANSWER.to_owned()), read(solution));
    let same = out(&workbook.run(&["diff", "detach"]));
    assert_eq!(
        same,
        "your answer to `detach` is the solution, letter for letter\n"
    );
}
