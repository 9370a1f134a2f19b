//! Whole verdicts, as a learner sees them: each kind of failure, wide and narrow, with colour
//! and without.

use std::path::PathBuf;

use course::{Chapter, Manifest};
use serde_json::json;

use super::*;

const MANIFEST: &str = r#"
title = "Let the other threads run"
minutes = 15
difficulty = 2
kind = "module"
concepts = ["gil"]
editable = ["src/lib.rs"]

[[check]]
name = "smooths"
claim = "`smooth` gives the smoothed signal"
points = 1

[[check]]
name = "releases_the_gil"
claim = "another Python thread runs while `smooth` works"
points = 3
starter = "held the GIL"
"#;

fn exercise() -> Exercise {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("exercise.toml");
    std::fs::write(&path, MANIFEST).unwrap();
    Exercise {
        chapter: Chapter {
            number: 6,
            name: "gil".into(),
        },
        number: 2,
        slug: "detach".into(),
        dir: PathBuf::from("/nowhere/exercises/06_gil/02_detach"),
        manifest: Manifest::read(&path).unwrap(),
    }
}

/// The first check holds; the second is as `record` says.
fn judged(record: serde_json::Value) -> Judged {
    let mut second = json!({
        "check": "releases_the_gil",
        "claim": "another Python thread runs while `smooth` works",
        "points": 3,
        "status": "failed",
        "notes": [],
    });
    for (key, value) in record.as_object().unwrap() {
        second[key] = value.clone();
    }
    let first = json!({
        "check": "smooths",
        "claim": "`smooth` gives the smoothed signal",
        "points": 1,
        "status": "passed",
    });
    let read = |record: serde_json::Value| Checked::read(&record.to_string()).unwrap();
    Judged::Ran {
        checks: vec![read(first), read(second)],
        warnings: String::new(),
        said: String::new(),
    }
}

fn shown(judged: &Judged, look: &Look) -> String {
    let lines = rendered(&exercise(), judged, look);
    for line in &lines {
        let width = console::measure_text_width(line);
        assert!(width <= look.width, "{width}: {line}");
    }
    assert!(lines.last().is_some_and(|line| !line.is_empty()));
    lines.join("\n") + "\n"
}

#[track_caller]
fn check(width: usize, record: serde_json::Value, expect: &str) {
    let shown = shown(&judged(record), &Look::colourless(width));
    assert_eq!(shown, expect.trim_start_matches('\n'));
}

#[test]
fn a_wrong_value_stands_below_the_right_one() {
    let record = json!({
        "kind": "wrong-value",
        "message": "`detach.smooth([0.0, 8.0, 0.0], 1)` returned the wrong value",
        "expected": "[2.0, 4.0, 2.0]",
        "got": "[2.0, 8.0, 2.0]",
    });
    check(
        80,
        record.clone(),
        r"
pass  `smooth` gives the smoothed signal (1 point)
FAIL  another Python thread runs while `smooth` works (3 points)

      `detach.smooth([0.0, 8.0, 0.0], 1)` returned the wrong value
      expected  [2.0, 4.0, 2.0]
      got       [2.0, 8.0, 2.0]
                      ^
                at `[1]`, `4.0` was due and `8.0` came

1 of 2 checks pass, 1 of 4 points
",
    );
    check(
        40,
        record,
        r"
pass  `smooth` gives the smoothed signal
      (1 point)
FAIL  another Python thread runs while
      `smooth` works (3 points)

      `detach.smooth([0.0, 8.0, 0.0],
      1)` returned the wrong value
      expected  [2.0, 4.0, 2.0]
      got       [2.0, 8.0, 2.0]
                      ^
                at `[1]`, `4.0` was due
                and `8.0` came

1 of 2 checks pass, 1 of 4 points
",
    );
}

#[test]
fn a_crash_says_what_the_signal_means_and_where_it_was() {
    let record = json!({
        "kind": "crash",
        "message": "`detach.smooth` ended the process: segmentation fault (signal 11)",
        "notes": [
            ["what that means", "it read or wrote at an address\nthat is not its own."],
            ["Python stack", "checks.py:3 in smooth"],
            ["native stack", "strlen\nshout\nsmooth  at ./src/lib.rs:14:45"],
            ["it printed", "hello"],
        ],
    });
    check(
        60,
        record,
        r"
pass  `smooth` gives the smoothed signal (1 point)
FAIL  another Python thread runs while `smooth` works (3
      points)

      `detach.smooth` ended the process: segmentation fault
      (signal 11)
      what that means: it read or wrote at an address that
        is not its own.
      in your code: smooth  at ./src/lib.rs:14:45
      native stack:
        strlen
        shout
        smooth  at ./src/lib.rs:14:45
      it printed: hello

1 of 2 checks pass, 1 of 4 points
",
    );
}

#[test]
fn the_judges_own_fault_is_none_of_the_learners() {
    let record = json!({
        "status": "error",
        "kind": "fault",
        "message": "no interpreter was found",
        "notes": [["hint", "install Python"]],
    });
    let fault = judged(record);
    let text = shown(&fault, &Look::colourless(80));
    assert!(text.contains("ERROR  another Python thread"), "{text}");
    assert!(text.contains("hint: install Python"), "{text}");
    assert!(text.contains("no fault of your answer"), "{text}");
}

#[test]
fn what_was_said_of_one_check_is_not_said_again() {
    let one = json!({
        "kind": "standstill",
        "message": "`a` stands still",
        "notes": [["what its threads do", "a thread waits for the GIL\n    in work  at exercises/06_gil/02_detach/src/lib.rs:21"]],
    });
    let other = json!({"message": "`b` stands still", "notes": one["notes"]});
    let (Judged::Ran { mut checks, .. }, Judged::Ran { checks: more, .. }) =
        (judged(one.clone()), judged(other))
    else {
        unreachable!("both ran");
    };
    checks.push(checks[1].clone());
    checks.push(more[1].clone());
    checks.push(checks[1].clone());
    let all = Judged::Ran {
        checks,
        warnings: String::new(),
        said: String::new(),
    };
    let text = shown(&all, &Look::colourless(80));
    assert_eq!(text.matches("waits for the GIL").count(), 1, "{text}");
    assert!(text.contains("what its threads do: as above"), "{text}");
    assert!(text.contains("(3 points): the same again\n"), "{text}");
    assert!(text.contains("the same again: `a` stands still"), "{text}");
}

#[test]
fn what_does_not_compile_is_said_once_whoever_compiles_it() {
    let said = "module.c:3:5: error: 'x' undeclared\n    3 | x = 1;\n      | ^";
    let expect = "\
module.c:3:5: error: 'x' undeclared
    3 | x = 1;
      | ^

FAIL  it does not compile yet: none of its 2 checks could be asked
";
    let by_cargo = Judged::DoesNotBuild(said.to_owned());
    assert_eq!(shown(&by_cargo, &Look::colourless(80)), expect);
    let record = json!({
        "kind": "build",
        "message": "`detach` does not compile",
        "notes": [["the compiler says", said]],
    });
    let Judged::Ran { checks, .. } = judged(record) else {
        unreachable!("it ran");
    };
    let by_cc = Judged::Ran {
        checks: vec![checks[1].clone(), checks[1].clone()],
        warnings: String::new(),
        said: String::new(),
    };
    assert_eq!(shown(&by_cc, &Look::colourless(80)), expect);
}

#[test]
fn a_warning_comes_short_and_last() {
    let Judged::Ran { mut checks, .. } = judged(json!({})) else {
        unreachable!("it ran");
    };
    checks.pop();
    let warned = Judged::Ran {
        checks,
        warnings: "warning: unused variable: `x`\n --> src/lib.rs:3:9\n  |\n".into(),
        said: String::new(),
    };
    assert_eq!(
        shown(&warned, &Look::colourless(80)),
        "\
pass  `smooth` gives the smoothed signal (1 point)

1 of 1 checks pass, 1 of 4 points

warning: unused variable: `x`, at src/lib.rs:3:9
"
    );
}

#[test]
fn colour_changes_no_word_and_no_width() {
    let record = json!({
        "message": "`f` returned the wrong value",
        "expected": "[1, 2]",
        "got": "[1, 3]",
        "notes": [["it printed", "one\ntwo"]],
    });
    let verdict = judged(record);
    for width in [40, 80] {
        let without = Look::colourless(width);
        let with = Look {
            colour: true,
            ..without.clone()
        };
        let coloured = shown(&verdict, &with);
        assert!(coloured.contains("\u{1b}[31m"), "{coloured:?}");
        assert_eq!(
            console::strip_ansi_codes(&coloured),
            shown(&verdict, &without)
        );
    }
}

#[test]
fn plainly_nothing_is_drawn() {
    let record = json!({
        "message": "`f` returned the wrong value",
        "expected": "[1, 2]",
        "got": "[1, 3]",
    });
    let plain = Look {
        plain: true,
        ..Look::colourless(80)
    };
    let text = shown(&judged(record), &plain);
    assert!(!text.contains('^'), "{text}");
    for line in [
        "expected: [1, 2]",
        "got: [1, 3]",
        "difference: at `[1]`, `2` was due and `3` came",
    ] {
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn a_pipe_gets_each_thing_on_a_line_of_its_own() {
    let message = "word ".repeat(100);
    let text = shown(
        &judged(json!({"message": message.trim(), "expected": "1", "got": "2"})),
        &Look::colourless(usize::MAX),
    );
    assert!(
        text.lines().any(|line| line.trim() == message.trim()),
        "{text}"
    );
}

#[test]
fn a_signature_is_one_word_for_a_shell() {
    for text in ["no symbol `add`", "it's", "it's `a` \"b\" $c"] {
        let command = format!("printf %s {}", quoted(text));
        let said = std::process::Command::new("sh")
            .args(["-c", &command])
            .output();
        assert_eq!(String::from_utf8(said.unwrap().stdout).unwrap(), text);
    }
}
