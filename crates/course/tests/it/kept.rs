//! Answers that make room for others, and come back.

use std::fs;
use std::path::PathBuf;

use course::{exchange, is_as_kept, kept};

use crate::book::{Book, EXERCISE};

const ANSWER: &str = "exercises/06_gil/02_detach/src/lib.rs";

/// Resets the exercise.
fn reset(book: &Book, name: &str) -> Option<PathBuf> {
    let exercise = book.exercise();
    exchange(book.root(), &exercise, &exercise.starter_dir(), name).unwrap()
}

fn starter(book: &Book) -> String {
    book.read(&format!("{EXERCISE}/starter/src/lib.rs"))
}

#[test]
fn the_starter_comes_back_and_the_answer_is_kept() {
    let book = Book::new();
    book.write(ANSWER, "// mine\n");
    let copy = reset(&book, "noon").unwrap();
    assert_eq!(copy, book.path(".bindery/kept/detach/noon"));
    assert_eq!(
        fs::read_to_string(copy.join("src/lib.rs")).unwrap(),
        "// mine\n"
    );
    assert_eq!(book.read(ANSWER), starter(&book));
    assert!(book.exercise().is_untouched().unwrap());
}

#[test]
fn the_answer_comes_back_too() {
    let book = Book::new();
    book.write(ANSWER, "// mine\n");
    let copy = reset(&book, "noon").unwrap();
    let exercise = book.exercise();
    assert!(!is_as_kept(&exercise, &copy));
    assert_eq!(
        exchange(book.root(), &exercise, &copy, "one").unwrap(),
        None
    );
    assert!(is_as_kept(&exercise, &copy));
    assert_eq!(book.read(ANSWER), "// mine\n");
}

#[test]
fn no_copy_is_written_over() {
    let book = Book::new();
    for text in ["first", "second", "third"] {
        book.write(ANSWER, text);
        reset(&book, "noon");
    }
    let copies = kept(book.root(), &book.exercise());
    let texts = copies
        .iter()
        .map(|copy| fs::read_to_string(copy.join("src/lib.rs")).unwrap());
    assert_eq!(texts.collect::<Vec<_>>(), ["first", "second", "third"]);
}

#[test]
fn a_starter_needs_no_copy() {
    let book = Book::new();
    let text = starter(&book);
    book.write(ANSWER, &text);
    assert_eq!(reset(&book, "noon"), None);
    assert!(kept(book.root(), &book.exercise()).is_empty());
}

#[test]
fn a_deleted_file_comes_back_with_its_folder() {
    let book = Book::new();
    book.remove(&format!("{EXERCISE}/src"));
    assert_eq!(reset(&book, "noon"), None);
    assert_eq!(book.read(ANSWER), starter(&book));
}

#[test]
fn all_editable_files_are_exchanged_and_those_that_are_there_are_kept() {
    let book = Book::new();
    let manifest = format!("{EXERCISE}/exercise.toml");
    book.edit(&manifest, "\"src/lib.rs\"", "\"src/lib.rs\", \"module.c\"");
    book.write(&format!("{EXERCISE}/starter/module.c"), "/* TODO */\n");
    book.write(ANSWER, "// mine\n");
    let copy = reset(&book, "noon").unwrap();
    assert_eq!(book.read(&format!("{EXERCISE}/module.c")), "/* TODO */\n");
    assert!(!copy.join("module.c").exists());
    // What the copy has not stays as it is when the copy comes back.
    exchange(book.root(), &book.exercise(), &copy, "one").unwrap();
    assert_eq!(book.read(&format!("{EXERCISE}/module.c")), "/* TODO */\n");
}

#[test]
fn a_renamed_exercise_finds_its_copies() {
    let book = Book::new();
    book.write(ANSWER, "// mine\n");
    let copy = book.path(".bindery/kept/unlock/noon");
    fs::create_dir_all(&copy).unwrap();
    assert!(kept(book.root(), &book.exercise()).is_empty());
    let manifest = format!("{EXERCISE}/exercise.toml");
    book.edit(&manifest, "minutes", "formerly = [\"unlock\"]\nminutes");
    assert_eq!(kept(book.root(), &book.exercise()), [copy]);
}

#[test]
fn nothing_is_replaced_where_no_copy_can_be_kept() {
    let book = Book::new();
    book.write(ANSWER, "// mine\n");
    book.write(".bindery/kept", "a file where a folder belongs");
    let exercise = book.exercise();
    let error = exchange(book.root(), &exercise, &exercise.starter_dir(), "noon").unwrap_err();
    assert!(
        book.shown(error)
            .starts_with("`.bindery/kept/detach`: cannot be written")
    );
    assert_eq!(book.read(ANSWER), "// mine\n");
}

#[test]
fn what_a_killed_reset_has_left_is_no_copy() {
    let book = Book::new();
    book.write(".bindery/kept/detach/.writing-half/src/lib.rs", "// half\n");
    assert!(kept(book.root(), &book.exercise()).is_empty());
    book.write(ANSWER, "// mine\n");
    reset(&book, "noon");
    assert!(!book.path(".bindery/kept/detach/.writing-half").exists());
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let book = Book::new();
    book.write(ANSWER, "// mine\n");
    let mode = |mode| fs::set_permissions(book.path(ANSWER), fs::Permissions::from_mode(mode));
    mode(0o640).unwrap();
    let copy = reset(&book, "noon").unwrap();
    for path in [book.path(ANSWER), copy.join("src/lib.rs")] {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o640, "{}", path.display());
    }
}
