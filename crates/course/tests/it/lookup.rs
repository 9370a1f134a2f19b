//! Names as people type them.

use course::{Course, Match};

use crate::book::Book;

fn course() -> (Book, Course) {
    let book = Book::new();
    for id in [
        "01_libraries/03_dlopen",
        "05_pyo3/01_map",
        "05_pyo3/02_memory_map",
        "05_pyo3/05_pyo3_gc",
        "06_gil/03_deadlock",
        "06_gil/07_free_threaded",
    ] {
        book.add(id);
    }
    let course = Course::open(book.root()).unwrap();
    (book, course)
}

/// What a query finds: slugs, with a mark before them.
fn found(course: &Course, query: &str) -> String {
    let join = |found: Vec<&course::Exercise>| {
        found
            .iter()
            .map(|e| e.slug.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    match course.lookup(query) {
        Match::One(one) => format!("= {}", one.slug),
        Match::Many(many) => format!("* {}", join(many)),
        Match::None { near } => format!("? {}", join(near)).trim_end().to_owned(),
    }
}

#[track_caller]
fn check(queries: &[(&str, &str)]) {
    let (_book, course) = course();
    for (query, expect) in queries {
        assert_eq!(found(&course, query), *expect, "{query}");
    }
}

#[test]
fn finds_an_exercise_by_the_slug_it_had_before() {
    let book = Book::new();
    let manifest = "exercises/06_gil/02_detach/exercise.toml";
    book.edit(manifest, "minutes", "formerly = [\"unlock\"]\nminutes");
    let course = Course::open(book.root()).unwrap();
    let found = course.lookup("unlock");
    assert!(
        matches!(found, Match::One(e) if e.slug == "detach"),
        "{found:?}"
    );
}

#[test]
fn takes_the_exact_slug_before_all_else() {
    check(&[
        ("detach", "= detach"),
        ("map", "= map"),
        ("memory_map", "= memory_map"),
    ]);
}

#[test]
fn takes_an_id_or_a_path() {
    check(&[
        ("06_gil/02_detach", "= detach"),
        ("02_detach", "= detach"),
        ("exercises/06_gil/02_detach/", "= detach"),
        ("./exercises/06_gil/02_detach", "= detach"),
    ]);
}

#[test]
fn takes_numbers() {
    check(&[
        ("06/02", "= detach"),
        ("6/2", "= detach"),
        ("06_gil/2", "= detach"),
        ("gil/2", "= detach"),
        ("6/9", "?"),
    ]);
}

#[test]
fn takes_the_beginning_of_a_slug() {
    check(&[
        ("det", "= detach"),
        ("free", "= free_threaded"),
        ("de", "* detach deadlock"),
    ]);
}

#[test]
fn takes_a_chapter_for_all_of_it() {
    check(&[
        ("gil", "* detach deadlock free_threaded"),
        ("06_gil", "* detach deadlock free_threaded"),
        ("06", "* detach deadlock free_threaded"),
        ("06/", "* detach deadlock free_threaded"),
    ]);
}

#[test]
fn takes_a_part_of_a_slug() {
    check(&[
        ("lock", "= deadlock"),
        ("thread", "= free_threaded"),
        ("open", "= dlopen"),
    ]);
}

#[test]
fn minds_neither_case_nor_separator() {
    check(&[
        ("DETACH", "= detach"),
        ("Free-Threaded", "= free_threaded"),
        (" det ", "= detach"),
    ]);
}

#[test]
fn suggests_a_close_spelling() {
    check(&[
        ("dettach", "? detach"),
        ("deatch", "? detach"),
        ("06_gil/02_detatch", "? detach"),
        ("mpa", "? map"),
        ("quaternion", "?"),
        ("", "?"),
        ("/", "?"),
    ]);
}
