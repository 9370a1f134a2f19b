//! `reset`: the starter comes back, and so does the answer.

mod common;

use common::tmux::Tmux;
use common::{Workbook, err, out};

const ANSWER: &str = "exercises/06_gil/02_detach/src/lib.rs";

/// A workbook in which somebody has answered `detach`.
fn answered() -> Option<Workbook> {
    let workbook = Workbook::new()?;
    std::fs::write(workbook.path().join(ANSWER), "// mine\n").unwrap();
    Some(workbook)
}

fn answer(workbook: &Workbook) -> String {
    std::fs::read_to_string(workbook.path().join(ANSWER)).unwrap()
}

#[test]
fn nobody_is_reset_without_a_yes() {
    let Some(workbook) = answered() else { return };
    let output = workbook.run(&["reset", "detach"]);
    assert_eq!(output.status.code(), Some(2));
    let expect = "error: nobody can be asked here whether `detach` is to be reset\n\n\
                  hint: run `bindery reset detach --yes` if it is\n";
    assert_eq!(err(&output), expect);
    assert!(
        out(&output).contains(ANSWER),
        "it says what is at stake: {}",
        out(&output)
    );
    assert_eq!(answer(&workbook), "// mine\n");
}

#[test]
fn on_a_terminal_it_asks_and_only_a_yes_is_one() {
    for (typed, said) in [
        ("", "Nothing was changed."),
        ("no", "Nothing was changed."),
        ("y", "what you wrote is kept"),
    ] {
        let Some(workbook) = answered() else { return };
        let Some(tmux) = Tmux::start(workbook.path(), "TERM=screen", "reset detach") else {
            return;
        };
        let asked = tmux.wait_for("Reset `detach`? [y/N]");
        assert!(asked.contains("lines against the starter"), "{asked}");
        tmux.press(&["-l", typed]);
        tmux.press(&["Enter"]);
        let screen = tmux.wait_for("ended with 0, all restored");
        assert!(screen.contains(said), "{typed:?}: {screen}");
        assert_eq!(answer(&workbook) == "// mine\n", typed != "y", "{typed:?}");
    }
}

#[test]
fn an_answer_is_kept_and_the_command_it_names_brings_it_back() {
    let Some(workbook) = answered() else { return };
    let output = workbook.run(&["reset", "detach", "--yes"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        answer(&workbook).contains("fn smooth"),
        "the starter is back"
    );
    let said = out(&output);
    let command = said
        .split('`')
        .find(|part| part.starts_with("bindery "))
        .unwrap();
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    let output = workbook.run(&words);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(answer(&workbook), "// mine\n");
    // Once more there is nothing to do.
    assert!(out(&workbook.run(&words)).contains("already"));
}

#[test]
fn each_copy_can_be_named() {
    let Some(workbook) = answered() else { return };
    workbook.run(&["reset", "detach", "--yes"]);
    std::fs::write(workbook.path().join(ANSWER), "// mine, again\n").unwrap();
    workbook.run(&["reset", "detach", "--yes"]);
    let none = workbook.run(&["reset", "detach", "--back=never"]);
    assert_eq!(none.status.code(), Some(2));
    let said = err(&none);
    let copies: Vec<&str> = said
        .lines()
        .filter_map(|l| l.strip_prefix("    "))
        .collect();
    assert_eq!(copies.len(), 2, "{said}");
    for (copy, text) in copies.iter().zip(["// mine\n", "// mine, again\n"]) {
        workbook.run(&["reset", "detach", &format!("--back={copy}")]);
        assert_eq!(answer(&workbook), text);
    }
}

#[test]
fn bringing_back_keeps_what_it_replaces() {
    let Some(workbook) = answered() else { return };
    workbook.run(&["reset", "detach", "--yes"]);
    std::fs::write(workbook.path().join(ANSWER), "// later\n").unwrap();
    workbook.run(&["reset", "detach", "--back"]);
    assert_eq!(answer(&workbook), "// mine\n");
    workbook.run(&["reset", "detach", "--back"]);
    assert_eq!(answer(&workbook), "// later\n");
}

#[test]
fn an_untouched_exercise_has_nothing_to_reset() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let output = workbook.run(&["reset", "detach"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        out(&output),
        "`detach` is as it came: there is nothing to reset\n"
    );
    let output = workbook.run(&["reset", "detach", "--back"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("hint:"), "{}", err(&output));
}

#[test]
fn a_deleted_file_comes_back() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    std::fs::remove_dir_all(workbook.path().join(ANSWER).parent().unwrap()).unwrap();
    let output = workbook.run(&["reset", "detach", "--yes"]);
    assert_eq!(out(&output), "`detach` is its starter again\n");
    assert!(answer(&workbook).contains("fn smooth"));
}

#[test]
fn done_stays_done() {
    let Some(workbook) = answered() else { return };
    workbook.solve("detach");
    let said = out(&workbook.run(&["reset", "detach", "--yes"]));
    assert!(said.contains("it stays done"), "{said}");
    let list: serde_json::Value =
        serde_json::from_str(&out(&workbook.run(&["progress", "--json"]))).unwrap();
    let mut exercises = list["exercises"].as_array().unwrap().iter();
    let detach = exercises.find(|e| e["slug"] == "detach").unwrap();
    assert_eq!(detach["state"], "done");
}
