//! Folders: whole courses, broken ones, and finding the root.

use std::path::Path;

use course::{Course, Exercise};

use crate::book::{Book, EXERCISE, SOLUTION};

/// Expects the course to be refused with this error and hint, and the survey to
/// say the same and go on.
#[track_caller]
fn check(book: &Book, error: &str, hint: &str) {
    let shown = book.shown(Course::open(book.root()).expect_err("the course was accepted"));
    assert_eq!(shown, format!("{error}\nhint: {hint}"));
    let troubles = Course::survey(book.root()).troubles;
    assert_eq!(
        troubles
            .into_iter()
            .map(|t| book.shown(t))
            .collect::<Vec<_>>(),
        [shown]
    );
}

#[track_caller]
fn check_missing(path: &str, what: &str) {
    let book = Book::new();
    book.remove(path);
    check(
        &book,
        &format!("`{path}`: {what} is missing"),
        &format!("put it back with `git restore {path}`, or write it"),
    );
}

fn ids(course: &Course) -> Vec<String> {
    course.exercises.iter().map(Exercise::id).collect()
}

#[test]
fn opens_a_whole_course_in_folder_order() {
    let book = Book::new();
    book.add("10_ship/01_audit")
        .add("06_gil/01_predict")
        .add("01_libraries/03_dlopen");
    let course = Course::open(book.root()).unwrap();
    let expect = [
        "01_libraries/03_dlopen",
        "06_gil/01_predict",
        "06_gil/02_detach",
        "10_ship/01_audit",
    ];
    assert_eq!(ids(&course), expect);
    let chapters: Vec<_> = course
        .chapters()
        .map(|(c, e)| (c.folder(), e.len()))
        .collect();
    let expect = [("01_libraries", 1), ("06_gil", 2), ("10_ship", 1)];
    assert_eq!(chapters, expect.map(|(name, n)| (name.to_owned(), n)));
}

#[test]
fn knows_an_exercise_by_its_folder() {
    let book = Book::new();
    let exercise = book.exercise();
    assert_eq!(exercise.slug, "detach");
    assert_eq!(exercise.number, 2);
    assert_eq!(
        (exercise.chapter.number, exercise.chapter.name.as_str()),
        (6, "gil")
    );
    assert_eq!(exercise.id(), "06_gil/02_detach");
    assert_eq!(exercise.dir, book.path(EXERCISE));
    assert_eq!(exercise.total_points(), 4);
}

#[test]
fn pairs_each_editable_file_with_its_starter() {
    let book = Book::new();
    let exercise = book.exercise();
    let editable = book.path(EXERCISE).join("src/lib.rs");
    assert_eq!(exercise.editable_paths().next(), Some(editable.clone()));
    assert_eq!(exercise.editable_paths().count(), 1);
    let starter = Some(book.path(EXERCISE).join("starter/src/lib.rs"));
    assert_eq!(exercise.starter_of(Path::new("src/lib.rs")), starter);
    assert_eq!(exercise.starter_of(&editable), starter);
    assert_eq!(exercise.starter_of(Path::new("README.md")), None);
}

#[test]
fn names_whatever_file_is_missing() {
    check_missing(&format!("{EXERCISE}/exercise.toml"), "the manifest");
    check_missing(&format!("{EXERCISE}/README.md"), "the task");
    check_missing(&format!("{EXERCISE}/hints.md"), "the file of hints");
    check_missing(&format!("{EXERCISE}/Cargo.toml"), "the exercise's crate");
    check_missing(&format!("{EXERCISE}/tests/checks.rs"), "the file of checks");
    let what = "the pristine copy of an editable file";
    check_missing(&format!("{EXERCISE}/starter/src/lib.rs"), what);
}

#[test]
fn names_a_library_that_is_missing() {
    let book = Book::new();
    let manifest = format!("{EXERCISE}/exercise.toml");
    book.edit(&manifest, "minutes", "library = \"native/far.c\"\nminutes");
    let path = format!("{EXERCISE}/native/far.c");
    check(
        &book,
        &format!("`{path}`: a C file of `library` is missing"),
        &format!("put it back with `git restore {path}`, or write it"),
    );
}

#[test]
fn finds_a_deleted_exercise_by_its_solution() {
    let book = Book::new();
    book.remove(EXERCISE);
    check(
        &book,
        &format!(
            "`{EXERCISE}`: the exercise's folder is missing, though `solutions/` has its answer"
        ),
        &format!("put it back with `git restore {EXERCISE}`, or write it"),
    );
    let survey = Course::survey(book.root());
    assert_eq!(survey.troubles[0].exercise(), Some("06_gil/02_detach"));
}

#[test]
fn a_released_copy_without_solutions_is_whole() {
    let book = Book::new();
    book.remove("solutions");
    assert_eq!(Course::open(book.root()).unwrap().exercises.len(), 1);
}

#[test]
fn one_broken_exercise_harms_no_other() {
    let book = Book::new();
    book.add("06_gil/03_deadlock")
        .write(&format!("{EXERCISE}/exercise.toml"), "title =");
    let survey = Course::survey(book.root());
    assert_eq!(ids(&survey.course), ["06_gil/03_deadlock"]);
    assert_eq!(survey.troubles.len(), 1);
    assert_eq!(survey.troubles[0].exercise(), Some("06_gil/02_detach"));
    assert!(Course::open(book.root()).is_err());
}

#[test]
fn a_learner_may_delete_their_own_file() {
    let book = Book::new();
    book.remove(&format!("{EXERCISE}/src/lib.rs"));
    let course = Course::open(book.root()).unwrap();
    let deleted = course.exercises[0].deleted_paths();
    assert_eq!(deleted, [book.path(EXERCISE).join("src/lib.rs")]);
}

#[test]
fn knows_an_untouched_exercise() {
    let book = Book::new();
    assert!(book.exercise().is_untouched().unwrap());
    book.edit(&format!("{EXERCISE}/src/lib.rs"), "TODO", "todo");
    assert!(!book.exercise().is_untouched().unwrap());
    book.remove(&format!("{EXERCISE}/src/lib.rs"));
    assert!(!book.exercise().is_untouched().unwrap());
}

#[test]
fn rejects_a_folder_without_a_number() {
    for folder in [
        "exercises/06_gil/notes",
        "exercises/notes",
        "exercises/06_gil/2_x",
    ] {
        let book = Book::new();
        book.write(&format!("{folder}/a.txt"), "");
        check(
            &book,
            &format!(
                "`{folder}`: the folder's name is not two digits, an underscore and a \
                 snake_case name"
            ),
            "rename it to something like `02_detach`, or move it out of `exercises/`",
        );
    }
}

#[test]
fn passes_over_what_tools_leave_behind() {
    let book = Book::new();
    book.write("exercises/README.md", "")
        .write("exercises/.idea/a", "")
        .write("exercises/06_gil/__pycache__/a.pyc", "")
        .write("exercises/06_gil/target/a", "")
        .write(&format!("{EXERCISE}/starter/src/.lib.rs.swp"), "");
    Course::open(book.root()).unwrap();
}

#[test]
fn rejects_two_exercises_of_one_number() {
    let book = Book::new();
    book.add("06_gil/02_detach_copy");
    check(
        &book,
        "`exercises/06_gil/02_detach_copy`: has the same number as `02_detach`",
        "give `exercises/06_gil/02_detach_copy` a number of its own",
    );
}

#[test]
fn reads_both_of_two_chapters_of_one_number() {
    let book = Book::new();
    book.add("06_zero/01_consume");
    check(
        &book,
        "`exercises/06_zero`: has the same number as `06_gil`",
        "give `exercises/06_zero` a number of its own",
    );
    assert_eq!(Course::survey(book.root()).course.exercises.len(), 2);
}

#[test]
fn rejects_two_exercises_of_one_slug() {
    let book = Book::new();
    book.add("07_errors/01_detach");
    check(
        &book,
        "`exercises/07_errors/01_detach`: the slug `detach` belongs to `06_gil/02_detach` already",
        "give `exercises/07_errors/01_detach` a name of its own",
    );
}

#[test]
fn rejects_a_former_slug_that_another_exercise_has() {
    let book = Book::new();
    book.add("06_gil/03_deadlock");
    let manifest = "exercises/06_gil/03_deadlock/exercise.toml";
    book.edit(manifest, "minutes", "formerly = [\"detach\"]\nminutes");
    check(
        &book,
        &format!("`{manifest}`: `formerly` has `detach`, which belongs to `06_gil/02_detach`"),
        "delete `detach` from `formerly`, or `exercises/06_gil/02_detach` if that is left over",
    );
    assert_eq!(Course::survey(book.root()).course.exercises.len(), 1);
}

#[test]
fn rejects_a_former_slug_that_two_claim() {
    let book = Book::new();
    book.edit(
        &format!("{EXERCISE}/exercise.toml"),
        "minutes",
        "formerly = [\"unlock\"]\nminutes",
    );
    book.add("06_gil/03_deadlock");
    check(
        &book,
        "`exercises/06_gil/03_deadlock/exercise.toml`: `formerly` has `unlock`, which belongs \
         to `06_gil/02_detach`",
        "delete `unlock` from `formerly`, or `exercises/06_gil/02_detach` if that is left over",
    );
}

#[test]
fn rejects_its_own_slug_as_a_former_one() {
    let book = Book::new();
    book.edit(
        &format!("{EXERCISE}/exercise.toml"),
        "minutes",
        "formerly = [\"detach\"]\nminutes",
    );
    assert_eq!(Course::survey(book.root()).troubles.len(), 1);
}

#[test]
fn rejects_a_starter_nobody_may_edit() {
    let book = Book::new();
    book.write(&format!("{EXERCISE}/starter/src/more.rs"), "");
    check(
        &book,
        &format!(
            "`{EXERCISE}/starter/src/more.rs`: the starter holds a file that `editable` does \
             not list"
        ),
        "delete it, or list it under `editable`",
    );
}

#[test]
fn says_when_there_are_no_exercises() {
    let book = Book::new();
    book.remove("exercises").remove("solutions");
    check(
        &book,
        "`exercises`: cannot be read: No such file or directory (os error 2)",
        "look at its permissions with `ls -ld exercises`",
    );
}

#[test]
fn finds_the_root_from_anywhere_below() {
    let book = Book::new();
    let root = book.root().canonicalize().unwrap();
    for below in [
        "",
        "exercises",
        EXERCISE,
        &format!("{EXERCISE}/src"),
        SOLUTION,
    ] {
        assert_eq!(
            Course::find_root(&book.path(below)).unwrap(),
            root,
            "{below}"
        );
    }
}

#[test]
fn finds_the_root_although_its_manifest_is_broken() {
    let book = Book::new();
    book.edit("Cargo.toml", "resolver = \"3\"", "resolver = ");
    assert!(Course::find_root(&book.path(EXERCISE)).is_ok());
}

#[test]
fn says_where_no_root_was_found() {
    let dir = tempfile::tempdir().unwrap();
    let from = dir.path().canonicalize().unwrap();
    let error = Course::find_root(&from).unwrap_err();
    let expect = format!(
        "`{}`: neither this folder nor any above it is the workbook",
        from.display()
    );
    assert_eq!(error.to_string(), expect);
    assert_eq!(
        error.hint(),
        "change into the folder that holds `exercises/`, or make one with `bindery init DIR`"
    );
}

#[test]
fn a_folder_of_exercises_without_a_workspace_is_no_root() {
    let book = Book::new();
    book.edit("Cargo.toml", "[workspace]", "[package]");
    book.edit("Cargo.toml", "[workspace.dependencies]", "[dependencies]");
    assert!(Course::find_root(&book.path(EXERCISE)).is_err());
}
