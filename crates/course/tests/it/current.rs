//! Which exercise a learner is at.

use course::{Course, current, set_current};

use crate::book::Book;

#[test]
fn nobody_has_gone_anywhere_at_first() {
    let book = Book::new();
    assert_eq!(current(book.root()), None);
    assert!(
        !book.path(".bindery").exists(),
        "looking leaves nothing behind"
    );
}

#[test]
fn it_is_a_slug_in_a_file_that_a_person_can_read() {
    let book = Book::new();
    set_current(book.root(), "detach").unwrap();
    assert_eq!(book.read(".bindery/current"), "detach\n");
    assert_eq!(current(book.root()).as_deref(), Some("detach"));
    let course = Course::open(book.root()).unwrap();
    assert_eq!(course.current().unwrap().slug, "detach");
}

#[test]
fn an_exercise_that_is_gone_is_nowhere_to_be() {
    let book = Book::new();
    set_current(book.root(), "another").unwrap();
    assert!(Course::open(book.root()).unwrap().current().is_none());
}

#[test]
fn an_exercise_is_found_under_the_slug_it_had() {
    let book = Book::new();
    set_current(book.root(), "unlock").unwrap();
    let manifest = "exercises/06_gil/02_detach/exercise.toml";
    book.edit(manifest, "minutes", "formerly = [\"unlock\"]\nminutes");
    let course = Course::open(book.root()).unwrap();
    assert_eq!(course.current().unwrap().slug, "detach");
}

#[test]
fn a_file_that_says_nothing_is_passed_over() {
    let book = Book::new();
    book.write(".bindery/current", "\n");
    assert_eq!(current(book.root()), None);
}
