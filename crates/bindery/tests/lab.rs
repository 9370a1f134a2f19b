//! `lab` as its user meets it: the list, a run, its charts, two runs side by side, and what
//! is said when something is wrong. The toy experiment has clocks that it sets itself.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const TOY: &str = r#"
title = "Two toys"
question = "Is the slow toy slower?"
method = "Both are timed."
answer = "The slow one takes {ratio} as long."
seconds = 1
[[figure]]
name = "ratio"
value = "slow / fast"
says = "slow, against fast"
[[finding]]
name = "slower"
says = "The slow toy is slower."
holds_if = ["ratio > 2"]
[[finding]]
name = "painted"
says = "The toys are painted."
holds_if = ["colour == \"red\""]
[[finding]]
name = "wound"
says = "The toys are wound up."
holds_if = ["turns > 3"]
[[chart]]
name = "both"
title = "Toys"
alt = "The slow toy takes longer."
bars = ["ratio"]
"#;

fn measure(slow: u32) -> String {
    format!(
        "import lab\n\
         print('this goes nowhere')\n\
         lab.clocked('fast', lambda loops: loops * 1000)\n\
         lab.clocked('slow', lambda loops: loops * {slow})\n\
         lab.fact('colour', 'red')\n\
         lab.missing('turns', 'there is no key here')\n"
    )
}

const CLAIMS: &str = r#"
[[claim]]
document = "toys"
place = "here"
says = "Slow toys are as fast as others."
verdict = "wrong"
proof = ["lab toy.slower"]
because = "They take {toy-ratio} as long."
"#;

/// A workbook with the toy experiment.
fn workbook(measure: &str) -> TempDir {
    let at = TempDir::new().unwrap();
    let files = [
        ("Cargo.toml", "[workspace]\nmembers = []\n"),
        ("crates/lab/experiments/toy/experiment.toml", TOY),
        ("crates/lab/experiments/toy/measure.py", measure),
        ("crates/lab/claims/documents.toml", "toys = \"Toys\"\n"),
        ("crates/lab/claims/toys.toml", CLAIMS),
    ];
    for (name, text) in files {
        let path = at.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::create_dir_all(at.path().join("exercises")).unwrap();
    at
}

/// The packages are those of this workspace; nothing is installed for a toy.
fn lab(at: &Path, args: &[&str]) -> Output {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
    command
        .current_dir(at)
        .env("CARGO_TARGET_DIR", target.parent().unwrap())
        .env_remove("CARGO")
        .arg("lab")
        .args(args);
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Runs the toy quickly and keeps what was measured in this file.
fn run(at: &TempDir, file: &str) -> String {
    let output = lab(at.path(), &["run", "--quick", "--out", file]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    out(&output)
}

#[test]
fn the_list_has_names_and_questions() {
    let at = workbook(&measure(9000));
    let list = out(&lab(at.path(), &[]));
    assert!(list.contains("toy  Is the slow toy slower?"), "{list}");
    let json: serde_json::Value = serde_json::from_str(&out(&lab(at.path(), &["--json"]))).unwrap();
    assert_eq!(json["experiments"][0]["findings"][0]["name"], "slower");
}

#[test]
fn a_run_says_what_came_out_and_is_marked_quick() {
    let at = workbook(&measure(9000));
    let said = run(&at, "m.json");
    for part in [
        "Two toys  (quick)",
        "The slow one takes 9× as long.",
        "slow, against fast  9×",
        "+ The slow toy is slower.",
        "+ The toys are painted.",
        ". The toys are wound up.\n    not tried: there is no key here",
        "Of what people say, 1 came out as the book has it",
    ] {
        assert!(said.contains(part), "{part:?} is not in:\n{said}");
    }
    assert!(
        !said.contains('\u{1b}') && !said.contains("goes nowhere"),
        "{said}"
    );
    let text = std::fs::read_to_string(at.path().join("m.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["quick"], true);
    assert_eq!(json["experiments"]["toy"]["findings"]["slower"], "holds");
    for what in [
        "processor",
        "cores",
        "system",
        "python",
        "compilers",
        "packages",
    ] {
        assert!(!json["machine"][what].is_null(), "{what}: {text}");
    }
}

#[test]
fn a_slow_path_that_is_planted_changes_the_verdict_and_is_a_contradiction() {
    let at = workbook(&measure(9000));
    run(&at, "before.json");
    std::fs::write(
        at.path().join("crates/lab/experiments/toy/measure.py"),
        measure(1100),
    )
    .unwrap();
    let said = run(&at, "after.json");
    assert!(
        said.contains("- The slow toy is slower.\n    does not hold"),
        "{said}"
    );
    assert!(
        said.contains("1 otherwise.\n  - Slow toys are as fast as others. The book says: wrong"),
        "{said}"
    );
    let same = lab(at.path(), &["compare", "before.json", "before.json"]);
    assert_eq!(same.status.code(), Some(0), "{}", err(&same));
    let other = lab(at.path(), &["compare", "before.json", "after.json"]);
    assert_eq!(other.status.code(), Some(1), "{}", err(&other));
    let said = out(&other);
    assert!(
        said.contains("contradiction: The slow toy is slower."),
        "{said}"
    );
    assert!(said.contains("A 9×, B 1.1×"), "{said}");
}

#[test]
fn charts_are_drawn_for_light_and_dark() {
    let at = workbook(&measure(9000));
    run(&at, "m.json");
    let output = lab(at.path(), &["show", "m.json", "--out", "charts"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let read = |name: &str| std::fs::read_to_string(at.path().join("charts").join(name)).unwrap();
    for name in ["toy-both-light.svg", "toy-both-dark.svg", "index.html"] {
        assert!(read(name).contains("The slow toy takes longer."), "{name}");
    }
    assert_ne!(read("toy-both-light.svg"), read("toy-both-dark.svg"));
}

#[test]
fn a_name_that_is_none_is_followed_by_those_that_are_like_it() {
    let at = workbook(&measure(9000));
    let output = lab(at.path(), &["run", "toys"]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    assert!(
        said.contains("there is no experiment `toys`; similar: `toy`"),
        "{said}"
    );
    assert!(said.contains("hint: run `bindery lab`"), "{said}");
}

#[test]
fn a_measurement_changed_by_hand_is_refused() {
    let at = workbook(&measure(9000));
    run(&at, "m.json");
    let path = at.path().join("m.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"value\": 9.0", "\"value\": 8.0")).unwrap();
    let output = lab(at.path(), &["show", "m.json"]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    assert!(
        said.contains("`m.json` was changed after it was measured"),
        "{said}"
    );
}

#[test]
fn an_experiment_that_breaks_off_says_why() {
    let at = workbook("import lab\nlab.time('x', 'pass')\nraise KeyError('lost')\n");
    let output = lab(at.path(), &["run", "toy", "--quick"]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    assert!(
        said.contains("the experiment `toy` broke off") && said.contains("KeyError: 'lost'"),
        "{said}"
    );
    assert!(
        said.contains("hint: mend `crates/lab/experiments/toy/measure.py`"),
        "{said}"
    );
}

#[test]
fn an_experiment_whose_python_dies_is_named() {
    let at = workbook("import os\nos.abort()\n");
    let output = lab(at.path(), &["run", "toy", "--quick"]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    assert!(
        said.contains("`toy` broke off") && said.contains("signal: 6"),
        "{said}"
    );
}

#[test]
fn a_description_that_cannot_be_read_is_named_and_the_others_are_there() {
    let at = workbook(&measure(9000));
    let bad = at.path().join("crates/lab/experiments/bad");
    std::fs::create_dir_all(&bad).unwrap();
    std::fs::write(bad.join("experiment.toml"), "title = 'x'\nquestion = 3\n").unwrap();
    let list = lab(at.path(), &[]);
    assert!(
        out(&list).contains("Is the slow toy slower?"),
        "{}",
        out(&list)
    );
    assert!(err(&list).contains("line 2"), "{}", err(&list));
    let output = lab(at.path(), &["run", "bad"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("bad/experiment.toml` cannot be read"),
        "{}",
        err(&output)
    );
}

#[test]
fn without_a_run_there_is_nothing_to_show() {
    let at = workbook(&measure(9000));
    let target = at.path().join("own-target");
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
    command
        .current_dir(at.path())
        .env("CARGO_TARGET_DIR", target)
        .env_remove("CARGO");
    let output = command.args(["lab", "show"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("no experiment has been run here"),
        "{}",
        err(&output)
    );
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let at = workbook(&measure(9000));
    // The reader is gone before the program starts: one that leaves while the program runs may
    // have been given everything by then, and that is no error of anybody's.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = Command::new(env!("CARGO_BIN_EXE_bindery"))
        .current_dir(at.path())
        .arg("lab")
        .stdout(writer)
        .output()
        .unwrap();
    assert_eq!(err(&output), "");
    assert_eq!(output.status.code(), Some(141));
}
