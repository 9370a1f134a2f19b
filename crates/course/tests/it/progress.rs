//! What is on record of a learner.

use course::{CheckResult, Progress};

use crate::book::{Book, EXERCISE};

pub fn result(name: &str, points: u32, passed: bool) -> CheckResult {
    let message = (!passed).then(|| "held the GIL".to_owned());
    CheckResult {
        name: name.into(),
        points,
        passed,
        message,
        ..CheckResult::default()
    }
}

pub fn both(first: bool, second: bool) -> Vec<CheckResult> {
    vec![
        result("smooths_a_row", 1, first),
        result("releases_the_gil", 3, second),
    ]
}

pub fn record(book: &Book, checks: Vec<CheckResult>) -> Progress {
    let exercise = book.exercise();
    let digest = exercise.digest().unwrap();
    Progress::record(book.root(), &exercise, &digest, checks).unwrap()
}

pub fn load(book: &Book) -> Progress {
    Progress::load(book.root(), &book.exercise()).unwrap()
}

pub fn names(progress: &Progress) -> Vec<&str> {
    progress.checks.iter().map(|c| c.name.as_str()).collect()
}

#[test]
fn nothing_is_on_record_at_first() {
    let book = Book::new();
    let progress = load(&book);
    assert!(!progress.done && progress.checks.is_empty() && progress.set_aside.is_none());
    assert!(!progress.stale(&book.exercise()).unwrap());
    // Looking leaves nothing behind.
    assert!(!book.path(".bindery").exists());
}

#[test]
fn reads_back_what_was_recorded() {
    let book = Book::new();
    let recorded = record(&book, both(true, false));
    assert_eq!(load(&book), recorded);
    assert_eq!(recorded.points(), 1);
    assert!(!recorded.done);
    assert_eq!(recorded.checks[1].message.as_deref(), Some("held the GIL"));
    assert_eq!(recorded.digest, book.exercise().digest().unwrap());
}

#[test]
fn stays_done_once_it_was() {
    let book = Book::new();
    assert!(record(&book, both(true, true)).done);
    book.edit(&format!("{EXERCISE}/src/lib.rs"), "TODO", "todo");
    let progress = record(&book, both(true, false));
    assert!(progress.done);
    assert_eq!(progress.points(), 1);
}

#[test]
fn is_stale_when_the_files_changed() {
    let book = Book::new();
    record(&book, both(true, false));
    assert!(!load(&book).stale(&book.exercise()).unwrap());
    book.edit(&format!("{EXERCISE}/src/lib.rs"), "TODO", "todo");
    assert!(load(&book).stale(&book.exercise()).unwrap());
    book.edit(&format!("{EXERCISE}/src/lib.rs"), "todo", "TODO");
    assert!(!load(&book).stale(&book.exercise()).unwrap());
}

#[test]
fn one_check_alone_is_not_all() {
    let book = Book::new();
    assert!(!record(&book, vec![result("releases_the_gil", 3, true)]).done);
    let progress = record(&book, vec![result("smooths_a_row", 1, true)]);
    assert!(progress.done);
    assert_eq!(names(&progress), ["smooths_a_row", "releases_the_gil"]);
}

#[test]
fn forgets_what_was_said_of_other_files() {
    let book = Book::new();
    record(&book, vec![result("releases_the_gil", 3, true)]);
    book.edit(&format!("{EXERCISE}/src/lib.rs"), "TODO", "todo");
    let progress = record(&book, vec![result("smooths_a_row", 1, true)]);
    assert_eq!(names(&progress), ["smooths_a_row"]);
    assert!(!progress.done);
}

#[test]
fn a_check_beyond_the_manifest_must_pass_too() {
    let book = Book::new();
    let mut checks = both(true, true);
    checks.push(result("smooths_an_empty_row", 1, false));
    assert!(!record(&book, checks).done);
}

#[test]
fn an_empty_run_passes_nothing() {
    let book = Book::new();
    assert!(!record(&book, Vec::new()).done);
}

#[test]
fn a_late_run_of_older_files_does_not_hide_what_is_known_of_the_new_ones() {
    let book = Book::new();
    let exercise = book.exercise();
    let older = exercise.digest().unwrap();
    book.edit(&format!("{EXERCISE}/src/lib.rs"), "TODO", "todo");
    record(&book, both(true, false));
    let late = Progress::record(book.root(), &exercise, &older, both(true, true)).unwrap();
    assert!(late.done, "the older files were right");
    assert_eq!(late.points(), 1, "the new ones are not");
    assert!(!late.stale(&exercise).unwrap());
}

/// What another machine has on record of the exercise.
fn elsewhere(checks: Vec<CheckResult>, change: bool) -> Progress {
    let book = Book::new();
    if change {
        book.edit(&format!("{EXERCISE}/src/lib.rs"), "TODO", "todo");
    }
    record(&book, checks)
}

fn join(book: &Book, other: Progress) -> Progress {
    Progress::join(book.root(), &book.exercise(), other).unwrap()
}

#[test]
fn joining_never_loses_what_is_done() {
    let book = Book::new();
    assert!(join(&book, elsewhere(both(true, true), true)).done);
    assert!(join(&book, elsewhere(both(false, false), true)).done);
    assert_eq!(load(&book).done_with, ["smooths_a_row", "releases_the_gil"]);
}

#[test]
fn what_is_known_of_the_files_that_are_here_is_kept() {
    let book = Book::new();
    record(&book, both(true, false));
    assert_eq!(join(&book, elsewhere(both(true, true), true)).points(), 1);
    let book = Book::new();
    book.edit(&format!("{EXERCISE}/src/lib.rs"), "TODO", "gone");
    record(&book, both(false, false));
    book.edit(&format!("{EXERCISE}/src/lib.rs"), "gone", "todo");
    assert_eq!(join(&book, elsewhere(both(true, false), true)).points(), 1);
}

#[test]
fn two_runs_of_the_same_files_are_one() {
    let book = Book::new();
    record(&book, vec![result("smooths_a_row", 1, true)]);
    let joined = join(
        &book,
        elsewhere(vec![result("releases_the_gil", 3, true)], false),
    );
    assert_eq!(joined.points(), 4);
}
