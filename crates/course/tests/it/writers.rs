//! Several writers at once, and writers that are killed.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use course::{Course, Exercise, HintsSeen, Progress, Reveal, results_dir, set_current};

use crate::book::{Book, JSON};
use crate::progress::{both, load, record, result};

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

/// What a process of its own writes, over and over; see [`writer`].
const TASK: &str = "BINDERY_TEST_WRITER";

/// The other process of the tests below: this program, started again.
#[test]
#[ignore = "the tests below start it, as a process of its own"]
fn writer() {
    let Ok(task) = std::env::var(TASK) else {
        return;
    };
    let mut words = task.splitn(4, ' ');
    let mut word = || words.next().unwrap();
    let (what, times, n) = (word(), word().parse::<u32>().unwrap(), word().to_owned());
    let root = Path::new(word());
    let course = Course::open(root).unwrap();
    let first = &course.exercises[0];
    let digest = first.digest().unwrap();
    for i in 0..times {
        match what {
            "flip" => {
                Progress::record(root, first, &digest, both(i % 2 == 0, true)).unwrap();
            }
            "check" => {
                let one = vec![result(&n, 1, true)];
                Progress::record(root, first, &digest, one).unwrap();
            }
            "hint" => {
                let hint = Reveal::Keyed(format!("{n} {i}"));
                HintsSeen::add(root, first, hint).unwrap();
            }
            "other" => {
                Progress::record(root, &course.exercises[1], &digest, both(true, true)).unwrap();
            }
            _ => set_current(root, &n).unwrap(),
        }
        println!("written");
    }
}

fn start(book: &Book, what: &str, times: u32, n: &str) -> Child {
    let task = format!("{what} {times} {n} {}", book.root().display());
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "writers::writer",
            "--ignored",
            "--nocapture",
            "-q",
        ])
        .env(TASK, task)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn two_terminals_do_not_erase_each_other() {
    let book = Book::new();
    book.add("06_gil/03_deadlock");
    let writers = [
        start(&book, "check", 20, "smooths_a_row"),
        start(&book, "check", 20, "releases_the_gil"),
        start(&book, "hint", 20, "one"),
        start(&book, "hint", 20, "two"),
        start(&book, "other", 20, "-"),
        start(&book, "current", 20, "detach"),
    ];
    for writer in writers {
        let output = writer.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    let course = Course::open(book.root()).unwrap();
    for exercise in &course.exercises {
        let progress = Progress::load(book.root(), exercise).unwrap();
        assert!(progress.done, "{progress:?}");
    }
    let seen = HintsSeen::load(book.root(), &course.exercises[0]).unwrap();
    assert_eq!(seen.shown.len(), 40);
    assert_eq!(course.current().unwrap().slug, "detach");
}

#[test]
fn a_writer_may_be_killed_at_any_moment() {
    let book = Book::new();
    record(&book, both(true, true));
    let (mut torn, mut written) = (0, 0);
    for n in 0..200 {
        let mut writer = start(&book, "flip", u32::MAX, "-");
        // It has begun to write when its first line comes; where in a later write the
        // blow falls is left to chance, over two hundred of them.
        let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        let begun = lines
            .by_ref()
            .find(|l| l.as_ref().unwrap().contains("written"));
        assert!(begun.is_some());
        thread::sleep(Duration::from_micros(n * 17));
        writer.kill().unwrap();
        writer.wait().unwrap();
        written += lines.filter(|l| l.is_ok()).count();
        torn += left_behind(&book);
        let progress = load(&book);
        assert_eq!(progress.set_aside, None);
        assert!(progress.done && progress.checks.len() == 2, "{progress:?}");
    }
    println!("{torn} writes were begun and not ended, {written} more were ended");
    record(&book, both(true, true));
    assert_eq!(left_behind(&book), 0, "the next writer clears up");
}

/// How many files there are that a killed writer has not ended.
fn left_behind(book: &Book) -> usize {
    let names = fs::read_dir(results_dir(book.root())).unwrap().flatten();
    let half = |e: &fs::DirEntry| e.file_name().to_string_lossy().starts_with(".writing-");
    names.filter(half).count()
}
