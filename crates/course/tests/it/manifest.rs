//! `exercise.toml`: each rule broken once, and the words that come back.

use std::path::PathBuf;

use course::{CheckSpec, Kind, Problem};

use crate::book::{Book, EXERCISE};

/// Replaces `from` by `to` in the manifest and expects this error and hint.
#[track_caller]
fn check(from: &str, to: &str, error: &str, hint: &str) {
    let book = Book::new();
    book.edit(&format!("{EXERCISE}/exercise.toml"), from, to);
    let shown = book.shown(book.open().expect_err("the manifest was accepted"));
    let expect = format!("`{EXERCISE}/exercise.toml{error}\nhint: {hint}");
    assert_eq!(shown, expect);
}

/// Replaces `from` by `to` in the manifest and expects it to be accepted.
#[track_caller]
fn accept(from: &str, to: &str) -> course::Manifest {
    let book = Book::new();
    book.edit(&format!("{EXERCISE}/exercise.toml"), from, to);
    book.exercise().manifest
}

#[test]
fn reads_every_key() {
    let manifest = Book::new().exercise().manifest;
    assert_eq!(manifest.title, "Let the other threads run");
    assert_eq!(manifest.minutes, 20);
    assert_eq!(manifest.difficulty, 2);
    assert_eq!(manifest.kind, Kind::Module);
    assert!(manifest.formerly.is_empty());
    assert_eq!(manifest.concepts, ["gil", "detach"]);
    assert_eq!(manifest.editable, [PathBuf::from("src/lib.rs")]);
    assert_eq!(manifest.python, ["cffi"]);
    assert!(manifest.library.is_empty());
    assert_eq!(manifest.passes_because, None);
    assert_eq!(manifest.total_points(), 4);
    let expect = CheckSpec {
        name: "releases_the_gil".into(),
        claim: "another Python thread runs while `smooth` works".into(),
        points: 3,
        starter: Some("held the GIL".into()),
        concepts: vec!["gil".into()],
    };
    assert_eq!(manifest.checks[1], expect);
    assert_eq!(manifest.checks[0].starter, None);
}

#[test]
fn reads_every_kind() {
    for kind in [
        Kind::Library,
        Kind::Module,
        Kind::CModule,
        Kind::Python,
        Kind::Program,
    ] {
        let manifest = accept("\"module\"", &format!("\"{kind}\""));
        assert_eq!(manifest.kind, kind);
    }
}

#[test]
fn takes_a_library_of_one_file_or_several() {
    let expect = |value: &str, paths: &[&str]| {
        let book = Book::new();
        book.write(&format!("{EXERCISE}/native/far.c"), "int far;\n")
            .write(&format!("{EXERCISE}/native/near.c"), "int near;\n")
            .edit(
                &format!("{EXERCISE}/exercise.toml"),
                "minutes",
                &format!("library = {value}\nminutes"),
            );
        let paths: Vec<_> = paths.iter().map(PathBuf::from).collect();
        assert_eq!(book.exercise().manifest.library, paths);
    };
    expect("\"native/far.c\"", &["native/far.c"]);
    expect(
        "[\"native/near.c\", \"native/far.c\"]",
        &["native/near.c", "native/far.c"],
    );
}

#[test]
fn takes_the_slugs_it_had_before() {
    let manifest = accept("minutes", "formerly = [\"unlock\", \"let_go\"]\nminutes");
    assert_eq!(manifest.formerly, ["unlock", "let_go"]);
    check(
        "minutes",
        "formerly = [\"02_unlock\"]\nminutes",
        ":2:13`: `formerly` is `02_unlock`, which is not a slug without its number, as `detach`",
        "set `formerly` to a slug without its number, as `detach`",
    );
    check(
        "minutes",
        "formerly = [\"unlock\", \"unlock\"]\nminutes",
        ":2:23`: `formerly` has `unlock` twice",
        "delete one of the two from `formerly`, or rename it",
    );
}

#[test]
fn suggests_the_key_that_was_meant() {
    check(
        "difficulty",
        "dificulty",
        ":3:1`: unknown key `dificulty`",
        "did you mean `difficulty`?",
    );
    check(
        "claim",
        "clam",
        ":11:1`: unknown key `clam`",
        "did you mean `claim`?",
    );
    check(
        "[[check]]",
        "[[checks]]",
        ":9:3`: unknown key `checks`",
        "did you mean `check`?",
    );
}

#[test]
fn lists_the_keys_when_none_is_near() {
    check(
        "points = 1",
        "points = 1\nweight = 2",
        ":13:1`: unknown key `weight`",
        "delete it, or use one of `name`, `claim`, `points`, `starter`, `concepts`",
    );
}

#[test]
fn names_a_missing_key() {
    let hint = |key| format!("add `{key} = …` to `{EXERCISE}/exercise.toml`");
    check(
        "minutes = 20\n",
        "",
        ":1:1`: the key `minutes` is missing",
        &hint("minutes"),
    );
    check(
        "points = 1\n",
        "",
        ":9:1`: the key `points` is missing",
        &hint("points"),
    );
}

#[test]
fn lists_the_allowed_kinds() {
    let kinds = "one of `library`, `module`, `c_module`, `python`, `program`";
    check(
        "\"module\"",
        "\"modul\"",
        &format!(":4:8`: `kind` is `modul`, which is not {kinds}"),
        &format!("set `kind` to {kinds}"),
    );
}

#[test]
fn rejects_numbers_out_of_range() {
    check(
        "difficulty = 2",
        "difficulty = 7",
        ":3:14`: `difficulty` is 7, which is not one of 1, 2, 3, 4",
        "set `difficulty` to one of 1, 2, 3, 4",
    );
    check(
        "points = 3",
        "points = 0",
        ":17:10`: `points` is 0, which is not a number from 1 to 10000",
        "set `points` to a number from 1 to 10000",
    );
    check(
        "minutes = 20",
        "minutes = -5",
        ":2:11`: `minutes` is -5, which is not a number from 1 to 10000",
        "set `minutes` to a number from 1 to 10000",
    );
}

#[test]
fn names_the_key_of_a_value_of_another_type() {
    let hint = |line| format!("correct line {line} of `{EXERCISE}/exercise.toml`");
    check(
        "minutes = 20",
        "minutes = \"20\"",
        ":2:11`: `minutes`: invalid type: string \"20\", expected a whole number",
        &hint(2),
    );
    check(
        "[\"gil\", \"detach\"]",
        "[\"gil\", 3]",
        ":5:20`: `concepts`: invalid type: integer `3`, expected a string",
        &hint(5),
    );
    check(
        "points = 3",
        "points = [3]",
        ":17:10`: `points`: invalid type: sequence, expected a whole number",
        &hint(17),
    );
    check(
        "python = [\"cffi\"]",
        "library = 3",
        ":7:11`: `library`: invalid type: integer `3`, expected a path or an array of paths",
        &hint(7),
    );
}

#[test]
fn keeps_line_and_column_of_a_syntax_error() {
    let book = Book::new();
    book.edit(
        &format!("{EXERCISE}/exercise.toml"),
        "kind = \"module\"",
        "kind = module",
    );
    let error = book.open().unwrap_err();
    let place = error.place().unwrap();
    assert_eq!((place.line, place.column), (4, 8));
    assert!(
        matches!(error.problem(), Problem::Toml { key: None, .. }),
        "{error:?}"
    );
    assert_eq!(
        error.hint(),
        format!("correct line 4 of `{}`", error.path().display())
    );
}

#[test]
fn counts_columns_in_characters() {
    check(
        "[\"gil\", \"detach\"]",
        "[ # é\n  \"Gil\"]",
        ":6:3`: `concepts` is `Gil`, which is not a kebab-case word",
        "set `concepts` to a kebab-case word",
    );
    check(
        "[\"gil\", \"detach\"]",
        "[\"é\"]",
        ":5:13`: `concepts` is `é`, which is not a kebab-case word",
        "set `concepts` to a kebab-case word",
    );
}

#[test]
fn wants_concepts_once_each_and_at_least_one() {
    check(
        "[\"gil\", \"detach\"]",
        "[]",
        ":5:12`: `concepts` is empty, which is not at least one concept",
        "set `concepts` to at least one concept",
    );
    check(
        "[\"gil\", \"detach\"]",
        "[\"gil\", \"gil\"]",
        ":5:20`: `concepts` has `gil` twice",
        "delete one of the two from `concepts`, or rename it",
    );
}

#[test]
fn keeps_editable_files_inside_the_exercise() {
    let allowed = "a file inside the exercise, relative and without `..`";
    for path in ["../02_other/src/lib.rs", "/etc/hosts", "./src/lib.rs", ""] {
        check(
            "\"src/lib.rs\"",
            &format!("{path:?}"),
            &format!(":6:13`: `editable` is `{path}`, which is not {allowed}"),
            &format!("set `editable` to {allowed}"),
        );
    }
    let allowed = "at least one file";
    check(
        "[\"src/lib.rs\"]",
        "[]",
        &format!(":6:12`: `editable` is empty, which is not {allowed}"),
        &format!("set `editable` to {allowed}"),
    );
}

#[test]
fn lets_nobody_edit_the_checks() {
    let allowed =
        "a file of the learner's; the manifest, the checks and `starter/` are the course's";
    for path in ["tests/checks.rs", "exercise.toml", "starter/src/lib.rs"] {
        check(
            "\"src/lib.rs\"",
            &format!("{path:?}"),
            &format!(":6:13`: `editable` is `{path}`, which is not {allowed}"),
            &format!("set `editable` to {allowed}"),
        );
    }
}

#[test]
fn wants_packages_without_versions() {
    check(
        "\"cffi\"",
        "\"cffi>=1.17\"",
        ":7:11`: `python` is `cffi>=1.17`, which is not a package name without a version",
        "set `python` to a package name without a version",
    );
}

#[test]
fn wants_c_files_for_a_library() {
    let allowed = "one or more C files inside the exercise";
    for (value, shown) in [
        ("\"far.rs\"", "`far.rs`"),
        ("[]", "empty"),
        ("\"../a.c\"", "`../a.c`"),
    ] {
        check(
            "python = [\"cffi\"]",
            &format!("library = {value}"),
            &format!(":7:11`: `library` is {shown}, which is not {allowed}"),
            &format!("set `library` to {allowed}"),
        );
    }
}

#[test]
fn wants_snake_case_check_names() {
    let allowed = "a snake_case name other than `build`";
    for name in ["releases-the-gil", "Releases", "build"] {
        check(
            "\"releases_the_gil\"",
            &format!("{name:?}"),
            &format!(":15:8`: `name` is `{name}`, which is not {allowed}"),
            &format!("set `name` to {allowed}"),
        );
    }
}

#[test]
fn rejects_two_checks_of_one_name() {
    check(
        "\"releases_the_gil\"",
        "\"smooths_a_row\"",
        ":15:8`: `name` has `smooths_a_row` twice",
        "delete one of the two from `name`, or rename it",
    );
}

#[test]
fn rejects_an_empty_fragment() {
    // Every message contains it, so it would prove nothing.
    check(
        "\"held the GIL\"",
        "\"\"",
        ":18:11`: `starter` is empty, which is not a line of text",
        "set `starter` to a line of text",
    );
}

#[test]
fn wants_a_starter_that_fails() {
    check(
        "starter = \"held the GIL\"\n",
        "",
        ":9:1`: no check says how the starter fails it",
        "give at least one check `starter = \"a fragment of the message it fails with\"`, or \
         declare `starter = \"passes\"` with a `reason`",
    );
}

#[test]
fn accepts_a_starter_that_passes_with_a_reason() {
    let book = Book::new();
    book.edit(
        &format!("{EXERCISE}/exercise.toml"),
        "starter = \"held the GIL\"\n",
        "",
    )
    .edit(
        &format!("{EXERCISE}/exercise.toml"),
        "minutes",
        "starter = \"passes\"\nreason = \"the task is to predict\"\nminutes",
    );
    let manifest = book.exercise().manifest;
    assert_eq!(
        manifest.passes_because.as_deref(),
        Some("the task is to predict")
    );
}

#[test]
fn rejects_a_starter_that_passes_for_no_reason() {
    check(
        "minutes",
        "starter = \"passes\"\nminutes",
        ":2:11`: `starter = \"passes\"` stands without a `reason`",
        "add `reason = \"why nothing can fail yet\"`",
    );
    check(
        "minutes",
        "starter = \"fails\"\nminutes",
        ":2:11`: `starter` is `fails`, which is not `passes`",
        "set `starter` to `passes`",
    );
    check(
        "minutes",
        "reason = \"none\"\nminutes",
        ":2:10`: `reason` stands without `starter = \"passes\"`",
        "delete it, or declare `starter = \"passes\"`",
    );
    check(
        "minutes",
        "starter = \"passes\"\nreason = \"none\"\nminutes",
        ":20:11`: the starter passes, and yet the check `releases_the_gil` says how it fails",
        "delete one of the two `starter` keys",
    );
}
