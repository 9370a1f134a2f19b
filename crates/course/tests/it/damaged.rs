//! Records that make no sense: they are set aside, and nobody is stopped by them.

use std::fs;

use course::Progress;

use crate::book::{Book, JSON};
use crate::progress::{both, load, record};

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
    assert!(!load(&book).done, "who only looks is not stopped");
}
