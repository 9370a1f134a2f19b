//! The command as its user meets it: what it prints, where, and how it exits.
//!
//! Each test has a workbook of its own, with copies of the real exercises in it.
//! What needs a build is proved by `tests/` of the workspace.

mod common;

use tempfile::TempDir;

use crate::common::{Workbook, err, out, run_in};

#[test]
fn without_arguments_it_shows_where_you_are_and_what_is_next() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let output = workbook.run(&[]);
    assert_eq!(output.status.code(), Some(0));
    let screen = out(&output);
    for line in [
        "0 of ",
        "next     first_so",
        "edit     exercises/01_libraries/02_first_so/src/lib.rs",
    ] {
        assert!(screen.contains(line), "{screen}");
    }
}

#[test]
fn a_pipe_gets_no_escape_codes() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    for args in [
        &[][..],
        &["list"],
        &["hint", "detach"],
        &["doctor"],
        &["check", "nothing"],
    ] {
        let output = workbook.run(args);
        assert!(
            !(out(&output) + &err(&output)).contains('\u{1b}'),
            "{args:?}"
        );
    }
}

#[test]
fn an_unknown_name_is_named_and_followed_by_the_next_command() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let output = workbook.run(&["check", "nosuch"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        err(&output),
        "error: there is no exercise `nosuch`\n\nhint: run `bindery list` to see them all\n"
    );
}

#[test]
fn a_misspelt_name_is_guessed() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let said = err(&workbook.run(&["check", "detahc"]));
    assert!(
        said.contains("similar:") && said.contains("detach"),
        "{said}"
    );
}

#[test]
fn a_name_for_two_exercises_lists_both() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let output = workbook.run(&["hint", "m"]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    assert!(said.contains("map") && said.contains("module_rs"), "{said}");
}

#[test]
fn hints_go_one_step_further_each_time_and_stop_at_the_third() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    for step in ["step 1 of 3", "step 2 of 3", "step 3 of 3", "step 3 of 3"] {
        let said = out(&workbook.run(&["hint", "det"]));
        assert!(said.contains(step), "{step}: {said}");
    }
    let all = out(&workbook.run(&["hint", "det", "--step", "3"]));
    assert!(
        all.contains("Who holds what") && all.contains("Nearly there"),
        "{all}"
    );
}

#[test]
fn a_message_has_a_hint_of_its_own_or_is_told_to_have_none() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let keyed = workbook.run(&[
        "hint",
        "detach",
        "--for",
        "`detach.smooth` held the GIL while it worked",
    ]);
    assert!(
        out(&keyed).contains("inside the closure"),
        "{}",
        out(&keyed)
    );
    let none = workbook.run(&["hint", "detach", "--for", "something else"]);
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn a_deleted_file_is_named_with_the_command_that_brings_it_back() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let file = workbook
        .path()
        .join("exercises/06_gil/02_detach/src/lib.rs");
    std::fs::remove_file(&file).unwrap();
    let output = workbook.run(&["check", "detach"]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    let command = said.split('`').rev().nth(1).unwrap();
    assert_eq!(command, "bindery reset detach", "{said}");
    let reset = workbook.run(&["reset", "detach", "--yes"]);
    assert!(reset.status.success() && file.is_file(), "{}", err(&reset));
}

#[test]
fn a_broken_manifest_is_left_out_and_named() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let manifest = workbook
        .path()
        .join("exercises/06_gil/02_detach/exercise.toml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replace("minutes", "minuets")).unwrap();
    let said = err(&workbook.run(&["list"]));
    assert!(
        said.contains("exercise.toml") && said.contains("minutes"),
        "{said}"
    );
}

#[test]
fn outside_a_workbook_it_says_so() {
    let elsewhere = TempDir::new().unwrap();
    let output = run_in(elsewhere.path(), &["list"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("hint:"), "{}", err(&output));
}

#[test]
fn json_is_what_a_program_can_read() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let list: serde_json::Value =
        serde_json::from_str(&out(&workbook.run(&["list", "--json"]))).unwrap();
    let exercises = list["exercises"].as_array().unwrap();
    assert!(
        exercises
            .iter()
            .all(|e| e["state"] == "new" && e["max_points"].as_u64() > Some(0))
    );
    let doctor: serde_json::Value =
        serde_json::from_str(&out(&workbook.run(&["doctor", "--json"]))).unwrap();
    assert!(
        doctor["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|f| f["name"] == "Python")
    );
}

#[test]
fn a_word_that_is_no_command_is_misuse() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    assert_eq!(workbook.run(&["chekc"]).status.code(), Some(2));
}

#[test]
fn a_shell_gets_its_completions() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let output = workbook.run(&["completions", "bash"]);
    assert!(output.status.success() && out(&output).contains("_bindery"));
}
