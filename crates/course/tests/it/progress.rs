//! What is on record of a learner, and that it is not lost.

use std::fs;
use std::io::Read as _;
use std::thread;

use course::{CheckResult, Course, Exercise, HintsSeen, Progress, Reveal, digest, results_dir};

use crate::book::{Book, EXERCISE};

const JSON: &str = ".bindery/results/detach.json";
const HINTS: &str = ".bindery/results/detach.hints";

fn result(name: &str, points: u32, passed: bool) -> CheckResult {
    let message = (!passed).then(|| "held the GIL".to_owned());
    CheckResult {
        name: name.into(),
        points,
        passed,
        message,
    }
}

fn both(first: bool, second: bool) -> Vec<CheckResult> {
    vec![
        result("smooths_a_row", 1, first),
        result("releases_the_gil", 3, second),
    ]
}

fn record(book: &Book, checks: Vec<CheckResult>) -> Progress {
    let exercise = book.exercise();
    let digest = exercise.digest().unwrap();
    Progress::record(book.root(), &exercise, &digest, checks).unwrap()
}

fn load(book: &Book) -> Progress {
    Progress::load(book.root(), &book.exercise()).unwrap()
}

fn names(progress: &Progress) -> Vec<&str> {
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
fn forgets_checks_whose_points_changed() {
    let book = Book::new();
    record(&book, both(true, true));
    book.edit(
        &format!("{EXERCISE}/exercise.toml"),
        "points = 3",
        "points = 5",
    );
    let progress = record(&book, vec![result("smooths_a_row", 1, true)]);
    assert_eq!(names(&progress), ["smooths_a_row"]);
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
fn sets_a_corrupt_record_aside() {
    for text in [
        "",
        "{\"slug\": \"det",
        "{}",
        "[]",
        "{\"slug\":\"other\",\"digest\":\"\",\"checks\":[],\"done\":true}",
    ] {
        let book = Book::new();
        book.write(JSON, text);
        let progress = load(&book);
        assert!(!progress.done, "{text}");
        assert_eq!(
            progress.set_aside,
            Some(book.path(&format!("{JSON}.corrupt")))
        );
        assert_eq!(book.read(&format!("{JSON}.corrupt")), text);
        assert!(!book.path(JSON).exists());
        // The next look finds nothing to tell.
        assert_eq!(load(&book).set_aside, None);
    }
}

#[test]
fn sets_bytes_that_are_no_text_aside() {
    let book = Book::new();
    book.write(JSON, "");
    fs::write(book.path(JSON), [0xff, 0xfe]).unwrap();
    assert!(load(&book).set_aside.is_some());
    assert_eq!(
        fs::read(book.path(&format!("{JSON}.corrupt"))).unwrap(),
        [0xff, 0xfe]
    );
}

#[test]
fn keeps_every_corrupt_record() {
    let book = Book::new();
    for text in ["first", "second", "third"] {
        book.write(JSON, text);
        load(&book);
    }
    assert_eq!(book.read(&format!("{JSON}.corrupt")), "first");
    assert_eq!(book.read(&format!("{JSON}.corrupt2")), "second");
    assert_eq!(book.read(&format!("{JSON}.corrupt3")), "third");
}

#[test]
fn recording_over_a_corrupt_record_keeps_it_too() {
    let book = Book::new();
    book.write(JSON, "torn");
    let progress = record(&book, both(true, true));
    assert_eq!(
        progress.set_aside,
        Some(book.path(&format!("{JSON}.corrupt")))
    );
    assert!(load(&book).done);
    assert_eq!(book.read(&format!("{JSON}.corrupt")), "torn");
}

#[test]
fn says_why_it_cannot_be_written() {
    let book = Book::new();
    book.write(".bindery", "a file where a folder belongs");
    let exercise = book.exercise();
    let error = Progress::record(book.root(), &exercise, "", Vec::new()).unwrap_err();
    let expect = "`.bindery/results`: cannot be written: Not a directory (os error 20)\n\
                  hint: look at its permissions with `ls -ld .bindery/results`";
    assert_eq!(book.shown(error), expect);
}

#[test]
fn many_writers_lose_nothing() {
    let book = Book::new();
    book.add("06_gil/03_deadlock");
    let course = Course::open(book.root()).unwrap();
    let digest = course.exercises[0].digest().unwrap();
    let write = |exercise: &Exercise, passed: bool| {
        let seen = Reveal::Keyed(format!("{passed} {:?}", thread::current().id()));
        HintsSeen::add(book.root(), exercise, seen).unwrap();
        Progress::record(book.root(), exercise, &digest, both(passed, passed)).unwrap();
    };
    thread::scope(|scope| {
        for exercise in &course.exercises {
            for n in 0..8 {
                scope.spawn(move || write(exercise, n == 3));
            }
            scope.spawn(|| {
                for _ in 0..200 {
                    // A reader among writers never takes a good record for a corrupt one.
                    assert_eq!(
                        Progress::load(book.root(), exercise).unwrap().set_aside,
                        None
                    );
                }
            });
        }
    });
    for exercise in &course.exercises {
        let progress = Progress::load(book.root(), exercise).unwrap();
        assert!(progress.done, "one of the eight passed, in whatever order");
        assert_eq!(
            HintsSeen::load(book.root(), exercise).unwrap().shown.len(),
            8
        );
    }
    let mut left: Vec<_> = fs::read_dir(results_dir(book.root()))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    let expect = [
        ".lock",
        "deadlock.hints",
        "deadlock.json",
        "detach.hints",
        "detach.json",
    ];
    assert_eq!(left, expect);
}

#[test]
fn a_record_is_replaced_and_never_overwritten() {
    let book = Book::new();
    record(&book, both(true, true));
    let before = book.read(JSON);
    // Whoever has the old record open, as a crashed writer would leave it, has all of it.
    let mut old = fs::File::open(book.path(JSON)).unwrap();
    record(&book, both(false, false));
    let mut still = String::new();
    old.read_to_string(&mut still).unwrap();
    assert_eq!(still, before);
    assert_ne!(book.read(JSON), before);
}

#[test]
fn remembers_which_hints_were_shown() {
    let book = Book::new();
    let exercise = book.exercise();
    let root = book.root();
    assert_eq!(
        HintsSeen::load(root, &exercise).unwrap(),
        HintsSeen::default()
    );
    HintsSeen::add(root, &exercise, Reveal::Step(2)).unwrap();
    HintsSeen::add(root, &exercise, Reveal::Keyed("held the GIL".into())).unwrap();
    HintsSeen::add(root, &exercise, Reveal::Step(1)).unwrap();
    let seen = HintsSeen::add(root, &exercise, Reveal::Step(1)).unwrap();
    assert_eq!(seen.shown.len(), 3);
    assert_eq!(seen.furthest_step(), 2);
    assert_eq!(HintsSeen::load(root, &exercise).unwrap(), seen);
    assert_eq!(book.read(HINTS), "2\nwhen: held the GIL\n1\n");
    assert!(!book.path(JSON).exists());
}

#[test]
fn reads_back_whatever_hint_it_was_told() {
    let book = Book::new();
    for hint in [
        Reveal::Step(0),
        Reveal::Step(4),
        Reveal::Keyed("two\nlines".into()),
    ] {
        HintsSeen::add(book.root(), &book.exercise(), hint).unwrap();
    }
    let seen = HintsSeen::load(book.root(), &book.exercise()).unwrap();
    assert_eq!(seen.shown[2], Reveal::Keyed("two lines".into()));
    assert_eq!(seen.set_aside, None);
}

#[test]
fn sets_a_corrupt_list_of_hints_aside() {
    for text in ["one\n", "1\n2 3\n", "when\n"] {
        let book = Book::new();
        book.write(HINTS, text);
        let seen = HintsSeen::load(book.root(), &book.exercise()).unwrap();
        assert_eq!(
            seen.set_aside,
            Some(book.path(&format!("{HINTS}.corrupt"))),
            "{text}"
        );
        assert!(seen.shown.is_empty());
    }
}

#[test]
fn the_digest_tells_files_apart() {
    let book = Book::new();
    let of = |files: &[(&str, &str)], paths: &[&str]| {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in files {
            fs::write(dir.path().join(path), text).unwrap();
        }
        let paths: Vec<_> = paths.iter().map(Into::into).collect();
        digest(dir.path(), &paths).unwrap()
    };
    let one = of(&[("a", "x"), ("b", "y")], &["a", "b"]);
    assert_eq!(
        one,
        of(&[("a", "x"), ("b", "y")], &["b", "a"]),
        "order does not matter"
    );
    assert_ne!(
        one,
        of(&[("a", "y"), ("b", "x")], &["a", "b"]),
        "whose content it is does"
    );
    assert_ne!(
        one,
        of(&[("a", "xy"), ("b", "")], &["a", "b"]),
        "where one ends does"
    );
    assert_ne!(
        of(&[("a", "")], &["a"]),
        of(&[], &["a"]),
        "empty is not absent"
    );
    assert_eq!(one.len(), 64);
    assert_eq!(
        book.exercise().digest().unwrap(),
        book.exercise().digest().unwrap()
    );
}

#[test]
fn no_content_passes_for_another_file() {
    // What lies between the contents of `a` and `b`, were lengths left out.
    let between = "\x01\0\0\0\0\0\0\0b\x01";
    let of = |a: &str, b: &str| {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a"), a).unwrap();
        fs::write(dir.path().join("b"), b).unwrap();
        digest(dir.path(), &["a".into(), "b".into()]).unwrap()
    };
    assert_ne!(of("", between), of(between, ""));
}

#[test]
fn the_digest_is_as_documented() {
    let dir = tempfile::tempdir().unwrap();
    // Of no files it is the SHA-256 of no bytes.
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(digest(dir.path(), &[]).unwrap(), empty);
    // Computed by Python's hashlib; records on learners' disks depend on it.
    fs::write(dir.path().join("a"), "x").unwrap();
    let expect = "c1d5e5de982e8fa83ff948bf9b0fd6a0d09410bbf7af85232affcf437ef2cb2c";
    assert_eq!(
        digest(dir.path(), &["a".into(), "b".into()]).unwrap(),
        expect
    );
}
