//! `solutions/`: answers, hidden checks and wrong answers.

use std::path::PathBuf;

use course::{Catch, Catcher, CourseError, Solution, hidden_checks};

use crate::book::{Book, EXERCISE, SOLUTION};

fn open(book: &Book) -> Result<Option<Solution>, CourseError> {
    book.exercise().solution(book.root())
}

#[track_caller]
fn check(book: &Book, error: &str, hint: &str) {
    let shown = book.shown(open(book).expect_err("the solution was accepted"));
    assert_eq!(shown, format!("{error}\nhint: {hint}"));
}

/// Expects a wrong answer that begins so to be refused.
#[track_caller]
fn check_wrong(name: &str, text: &str, error: &str, hint: &str) {
    let book = Book::new();
    book.write(&format!("{SOLUTION}/wrong/{name}"), text);
    check(&book, &format!("`{SOLUTION}/wrong/{name}{error}"), hint);
}

/// Reads one wrong answer.
#[track_caller]
fn wrong(name: &str, text: &str) -> course::Wrong {
    let book = Book::new();
    book.remove(&format!("{SOLUTION}/wrong"))
        .write(&format!("{SOLUTION}/wrong/{name}"), text);
    open(&book).unwrap().unwrap().wrong.remove(0)
}

#[test]
fn reads_the_whole_folder() {
    let book = Book::new();
    let solution = open(&book).unwrap().unwrap();
    assert_eq!(solution.dir, book.path(SOLUTION));
    assert_eq!(solution.files, [PathBuf::from("src/lib.rs")]);
    assert_eq!(
        solution.paths().collect::<Vec<_>>(),
        [book.path(SOLUTION).join("src/lib.rs")]
    );
    assert_eq!(solution.hidden[0].name, "smooths_an_empty_row");
    assert_eq!(solution.hidden_points(), 1);
    assert_eq!(
        solution.hidden_program(),
        Some(book.path(SOLUTION).join("hidden/checks.rs"))
    );
    let names: Vec<_> = solution.wrong.iter().map(|w| w.name.as_str()).collect();
    assert_eq!(names, ["detaches_nothing", "takes_a_list"]);
    let wrong = &solution.wrong[0];
    assert_eq!(wrong.replaces, PathBuf::from("src/lib.rs"));
    assert_eq!(
        wrong.why,
        "detaches, and takes the GIL again before the work begins, which looks right to whoever \
         searches for `detach`"
    );
    let by = Catcher::Check("releases_the_gil".into());
    assert_eq!(
        wrong.catches,
        [Catch {
            by,
            says: "held the GIL".into()
        }]
    );
    assert_eq!(
        solution.wrong[1].catches,
        [Catch {
            by: Catcher::Build,
            says: "E0277".into()
        }]
    );
}

#[test]
fn a_released_copy_has_no_solution() {
    let book = Book::new();
    book.remove("solutions");
    assert_eq!(open(&book).unwrap(), None);
}

#[test]
fn names_a_missing_answer() {
    let book = Book::new();
    let path = format!("{SOLUTION}/src/lib.rs");
    book.remove(&path);
    check(
        &book,
        &format!("`{path}`: the answer to an editable file is missing"),
        &format!("put it back with `git restore {path}`, or write it"),
    );
    assert_eq!(
        open(&book).unwrap_err().exercise(),
        Some("06_gil/02_detach")
    );
}

#[test]
fn hidden_checks_may_be_kept_elsewhere() {
    let book = Book::new();
    book.remove(&format!("{SOLUTION}/hidden"));
    let solution = open(&book).unwrap().unwrap();
    assert!(solution.hidden.is_empty());
    assert_eq!(solution.hidden_program(), None);
}

#[test]
fn reads_hidden_checks_from_a_private_place() {
    let book = Book::new();
    let visible = book.exercise().manifest.checks;
    let hidden = hidden_checks(&book.path(SOLUTION).join("hidden"), &visible).unwrap();
    assert_eq!(hidden.len(), 1);
    assert!(
        hidden_checks(&book.path("nowhere"), &visible)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn names_the_missing_half_of_the_hidden_checks() {
    for (file, what) in [
        ("checks.rs", "the file of hidden checks"),
        ("checks.toml", "the list of hidden checks"),
    ] {
        let book = Book::new();
        let path = format!("{SOLUTION}/hidden/{file}");
        book.remove(&path);
        check(
            &book,
            &format!("`{path}`: {what} is missing"),
            &format!("put it back with `git restore {path}`, or write it"),
        );
    }
}

#[test]
fn a_hidden_check_has_no_starter() {
    let book = Book::new();
    let path = format!("{SOLUTION}/hidden/checks.toml");
    book.edit(&path, "points = 1", "points = 1\nstarter = \"x\"");
    check(
        &book,
        &format!("`{path}:5:11`: unknown key `starter`"),
        "delete it, or use one of `name`, `claim`, `points`, `concepts`",
    );
}

#[test]
fn a_hidden_check_has_a_name_of_its_own() {
    let book = Book::new();
    let path = format!("{SOLUTION}/hidden/checks.toml");
    book.edit(&path, "smooths_an_empty_row", "smooths_a_row");
    check(
        &book,
        &format!("`{path}:2:8`: `name` has `smooths_a_row` twice"),
        "delete one of the two from `name`, or rename it",
    );
}

#[test]
fn reads_a_header_in_any_comment_syntax() {
    let expect = |name: &str, text: &str| {
        let wrong = wrong(name, text);
        assert_eq!(wrong.why, "it looks right", "{name}");
        let by = Catcher::Check("releases_the_gil".into());
        assert_eq!(
            wrong.catches,
            [Catch {
                by,
                says: "held: the GIL".into()
            }],
            "{name}"
        );
    };
    expect(
        "a.rs",
        "//! wrong: it looks\n//! right\n//! caught-by: releases_the_gil\n//! says: held: the GIL\n",
    );
    expect(
        "b.c",
        "/* wrong: it looks right\n * caught-by: releases_the_gil\n * says: held: the GIL */\n",
    );
    expect(
        "c.c",
        "#include <Python.h>\n\n// wrong: it looks right\n// caught-by: releases_the_gil\n\
         // says: held: the GIL\nint x;\n",
    );
    expect(
        "d.py",
        "#!/usr/bin/env python3\n# wrong: it looks right\n#\n# Some prose: with a colon.\n\
         # caught-by: releases_the_gil\n# says: held: the GIL\nimport cffi\n",
    );
}

#[test]
fn a_reason_ends_with_its_paragraph() {
    for gap in ["", "//!"] {
        let text = format!(
            "//! wrong: it looks\n//! right\n{gap}\n//! More prose.\n//! caught-by: build\n\
             //! says: x\n"
        );
        assert_eq!(wrong("a.rs", &text).why, "it looks right");
    }
}

#[test]
fn takes_several_catches_and_hidden_checks() {
    let wrong = wrong(
        "a.rs",
        "//! wrong: w\n//! caught-by: build\n//! says: E0001\n//! caught-by: smooths_an_empty_row\n\
         //! says: empty\n",
    );
    let hidden = Catcher::Check("smooths_an_empty_row".into());
    let expect = [
        Catch {
            by: Catcher::Build,
            says: "E0001".into(),
        },
        Catch {
            by: hidden,
            says: "empty".into(),
        },
    ];
    assert_eq!(wrong.catches, expect);
}

#[test]
fn names_the_line_to_add() {
    check_wrong(
        "a.rs",
        "fn main() {}\n",
        "`: the comment at its head has no `wrong:` line",
        "begin the file with `//! wrong: why it is plausible, and wrong`",
    );
    check_wrong(
        "a.py",
        "# wrong: w\nimport cffi\n",
        ":1:1`: the comment at its head has no `caught-by:` line",
        "add `# caught-by: name_of_a_check` after line 1",
    );
    check_wrong(
        "a.c",
        "// wrong: w\n// caught-by: build\n// caught-by: releases_the_gil\n// says: x\n",
        ":2:1`: the comment at its head has no `says:` line after `caught-by: build`",
        "add `// says: a fragment of the message` after line 2",
    );
}

#[test]
fn takes_an_empty_line_for_none() {
    check_wrong(
        "a.rs",
        "//! wrong: w\n//! caught-by: build\n//! says:\n",
        ":2:1`: the comment at its head has no `says:` line after `caught-by: build`",
        "add `//! says: a fragment of the message` after line 2",
    );
}

#[test]
fn reads_no_header_from_below_the_code() {
    check_wrong(
        "a.rs",
        "//! wrong: w\nfn main() {}\n// caught-by: build\n// says: x\n",
        ":1:1`: the comment at its head has no `caught-by:` line",
        "add `//! caught-by: name_of_a_check` after line 1",
    );
}

#[test]
fn rejects_lines_that_belong_to_nothing() {
    check_wrong(
        "a.rs",
        "//! wrong: w\n//! says: x\n//! caught-by: build\n",
        ":2:1`: a `says:` line with no `caught-by:` of its own before it",
        "put a `caught-by:` line before it, each with one `says:`",
    );
    check_wrong(
        "a.rs",
        "//! wrong: w\n//! caught-by: build\n//! says: x\n//! says: y\n",
        ":4:1`: a `says:` line with no `caught-by:` of its own before it",
        "put a `caught-by:` line before it, each with one `says:`",
    );
    check_wrong(
        "a.rs",
        "//! wrong: w\n//! wrong: v\n",
        ":2:1`: a second `wrong:` line",
        "delete one of the two",
    );
}

#[test]
fn rejects_a_check_that_does_not_exist() {
    check_wrong(
        "a.rs",
        "//! wrong: w\n//! caught-by: release_the_gil\n//! says: x\n",
        ":2:1`: `caught-by: release_the_gil` names no check",
        "did you mean `releases_the_gil`?",
    );
    check_wrong(
        "a.rs",
        "//! wrong: w\n//! caught-by: luck\n//! says: x\n",
        ":2:1`: `caught-by: luck` names no check",
        "use `build` or one of `smooths_a_row`, `releases_the_gil`, `smooths_an_empty_row`",
    );
}

#[test]
fn rejects_a_file_nobody_edits() {
    check_wrong(
        "a.rs",
        "//! wrong: w\n//! replaces: src/main.rs\n//! caught-by: build\n//! says: x\n",
        ":2:1`: `replaces` is `src/main.rs`, which is not one of `src/lib.rs`",
        "set `replaces` to one of `src/lib.rs`",
    );
}

#[test]
fn wants_to_know_which_of_several_files_it_replaces() {
    let book = Book::new();
    book.edit(
        &format!("{EXERCISE}/exercise.toml"),
        "[\"src/lib.rs\"]",
        "[\"src/lib.rs\", \"a.py\"]",
    )
    .write(&format!("{EXERCISE}/starter/a.py"), "")
    .write(&format!("{SOLUTION}/a.py"), "")
    .remove(&format!("{SOLUTION}/wrong"));
    let path = format!("{SOLUTION}/wrong/a.py");
    book.write(&path, "# wrong: w\n# caught-by: build\n# says: x\n");
    check(
        &book,
        &format!("`{path}:3:1`: the comment at its head has no `replaces:` line"),
        "add `# replaces: src/lib.rs` after line 3",
    );
    book.write(
        &path,
        "# wrong: w\n# replaces: a.py\n# caught-by: build\n# says: x\n",
    );
    let solution = open(&book).unwrap().unwrap();
    assert_eq!(solution.wrong[0].replaces, PathBuf::from("a.py"));
}
