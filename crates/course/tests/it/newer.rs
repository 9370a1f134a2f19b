//! A record that outlives the course and the program that it was written for.

use course::{HintsSeen, Progress, Reveal};

use crate::book::{Book, EXERCISE, JSON};
use crate::progress::{both, load, names, record, result};

const UNLOCK: &str = ".bindery/results/unlock.json";

#[test]
fn forgets_checks_the_course_no_longer_has() {
    let book = Book::new();
    record(&book, both(true, false));
    book.edit(
        &format!("{EXERCISE}/exercise.toml"),
        "smooths_a_row",
        "smooths_it",
    );
    let progress = record(&book, vec![result("smooths_it", 1, true)]);
    assert_eq!(names(&progress), ["smooths_it", "releases_the_gil"]);
}

#[test]
fn a_check_is_worth_what_the_course_says_now() {
    let book = Book::new();
    record(&book, both(true, true));
    let manifest = format!("{EXERCISE}/exercise.toml");
    book.edit(&manifest, "points = 3", "points = 5");
    assert_eq!(load(&book).points(), 6);
    assert_eq!(
        record(&book, vec![result("smooths_a_row", 1, true)]).points(),
        6
    );
}

#[test]
fn what_was_done_stays_done_and_new_checks_are_named() {
    let book = Book::new();
    record(&book, both(true, true));
    let manifest = format!("{EXERCISE}/exercise.toml");
    book.edit(&manifest, "smooths_a_row", "smooths_it");
    let exercise = book.exercise();
    let new = |progress: &Progress| {
        let new = progress.new_checks(&exercise);
        new.iter().map(|c| c.name.clone()).collect::<Vec<_>>()
    };
    let progress = load(&book);
    assert!(progress.done);
    assert_eq!(new(&progress), ["smooths_it"]);
    assert_eq!(progress.earned(&exercise), 3);
    // One that fails is still to be done; once it passes there is nothing to say.
    let failed = record(&book, vec![result("smooths_it", 1, false)]);
    assert_eq!(
        (failed.done, new(&failed)),
        (true, vec!["smooths_it".into()])
    );
    let passed = record(&book, vec![result("smooths_it", 1, true)]);
    assert!(new(&passed).is_empty());
    book.edit(&format!("{EXERCISE}/src/lib.rs"), "TODO", "todo");
    let later = record(&book, vec![result("releases_the_gil", 3, false)]);
    assert!(new(&later).is_empty());
    assert_eq!((later.points(), later.earned(&exercise)), (0, 4));
}

#[test]
fn a_check_that_the_course_has_dropped_is_not_asked_for() {
    let book = Book::new();
    record(&book, both(true, false));
    assert!(!load(&book).done);
    let manifest = format!("{EXERCISE}/exercise.toml");
    let text = book.read(&manifest);
    let kept = text
        .split("[[check]]\nname = \"smooths_a_row\"")
        .next()
        .unwrap();
    let second = &text[text.rfind("[[check]]").unwrap()..];
    book.write(&manifest, &format!("{kept}{second}"));
    assert_eq!(names(&load(&book)), ["releases_the_gil"]);
    assert!(record(&book, vec![result("releases_the_gil", 3, true)]).done);
}

#[test]
fn a_record_of_the_first_version_is_done_with_all_there_is() {
    let book = Book::new();
    let old = r#"{"slug":"detach","digest":"","checks":[],"done":true}"#;
    book.write(JSON, old);
    let exercise = book.exercise();
    let progress = load(&book);
    assert!(progress.done && progress.new_checks(&exercise).is_empty());
    assert_eq!(progress.earned(&exercise), 4);
}

#[test]
fn what_a_newer_program_has_written_survives_an_older_one() {
    let book = Book::new();
    record(&book, both(true, false));
    let newer = book.read(JSON);
    let newer = newer.replacen('{', "{\n  \"streak\": {\"days\": 3},", 1);
    let newer = newer.replacen(
        "\"name\": \"smooths_a_row\"",
        "\"seed\": 7, \"name\": \"smooths_a_row\"",
        1,
    );
    book.write(JSON, &newer);
    record(&book, vec![result("releases_the_gil", 3, true)]);
    let progress = load(&book);
    assert!(progress.done);
    assert_eq!(progress.other["streak"]["days"], 3);
    assert_eq!(progress.checks[0].other["seed"], 7);
}

/// Says in the manifest that the exercise was called `unlock`.
fn rename(book: &Book) {
    let manifest = format!("{EXERCISE}/exercise.toml");
    book.edit(&manifest, "minutes", "formerly = [\"unlock\"]\nminutes");
}

/// Writes what there is under `detach` as it was when that was `unlock`.
fn as_it_was_called_before(book: &Book) {
    let json = book.read(JSON).replace("\"detach\"", "\"unlock\"");
    book.write(UNLOCK, &json).remove(JSON);
}

#[test]
fn a_renamed_exercise_keeps_its_record() {
    let book = Book::new();
    record(&book, both(true, true));
    as_it_was_called_before(&book);
    assert!(
        !load(&book).done,
        "nobody has said that it is the same exercise"
    );
    rename(&book);
    let progress = load(&book);
    assert!(progress.done && progress.slug == "detach");
    assert!(book.path(UNLOCK).exists(), "looking moves nothing");
    let progress = record(&book, both(false, true));
    assert!(progress.done);
    assert!(book.path(JSON).exists() && !book.path(UNLOCK).exists());
}

#[test]
fn a_renamed_exercise_keeps_its_hints() {
    let book = Book::new();
    book.write(".bindery/results/unlock.hints", "1\n2\n");
    rename(&book);
    let (root, exercise) = (book.root(), book.exercise());
    assert_eq!(HintsSeen::load(root, &exercise).unwrap().furthest_step(), 2);
    HintsSeen::add(root, &exercise, Reveal::Step(3)).unwrap();
    assert_eq!(book.read(".bindery/results/detach.hints"), "1\n2\n3\n");
    assert!(!book.path(".bindery/results/unlock.hints").exists());
}

#[test]
fn records_under_both_names_are_one() {
    let book = Book::new();
    record(&book, both(true, true));
    as_it_was_called_before(&book);
    book.edit(&format!("{EXERCISE}/src/lib.rs"), "TODO", "todo");
    record(&book, both(true, false));
    rename(&book);
    let progress = load(&book);
    assert!(progress.done, "it was, under its former name");
    assert_eq!(
        progress.points(),
        1,
        "the latest run is that of the present name"
    );
}

#[test]
fn a_torn_record_under_a_former_name_is_set_aside() {
    let book = Book::new();
    book.write(UNLOCK, "torn");
    rename(&book);
    let aside = book.path(&format!("{UNLOCK}.corrupt"));
    assert_eq!(load(&book).set_aside, Some(aside));
}
