//! `watch` as its user meets it: keys, typed commands, and a terminal that is as before. What
//! needs a real verdict is proved by `tests/watch.rs` of the workspace.

mod common;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use common::Workbook;
use common::tmux::Tmux;

const FILE: &str = "exercises/06_gil/02_detach/src/lib.rs";

/// A workbook, and `watch` in it on a terminal.
fn watching(variables: &str, args: &str) -> Option<(Workbook, Tmux)> {
    let workbook = Workbook::new()?;
    let tmux = Tmux::start(workbook.path(), variables, &format!("watch {args}"))?;
    Some((workbook, tmux))
}

/// The same at `detach`, when it has been shown.
fn at_detach() -> Option<(Workbook, Tmux)> {
    let (workbook, tmux) = watching("", "detach")?;
    tmux.wait_for("detach: Let the other threads run");
    tmux.wait_for("it could not be checked");
    Some((workbook, tmux))
}

/// `watch` without a terminal.
fn piped(workbook: &Workbook, args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_bindery"))
        .arg("watch")
        .args(args)
        .current_dir(workbook.path())
        .env_remove("CARGO")
        .env_remove("CARGO_TARGET_DIR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn read_until(child: &mut Child, text: &str) -> String {
    let mut lines = BufReader::new(child.stdout.as_mut().unwrap());
    let mut read = String::new();
    while !read.contains(text) {
        let count = lines.read_line(&mut read).unwrap();
        assert!(count > 0, "{text:?} never came:\n{read}");
    }
    read
}

fn current(workbook: &Workbook) -> String {
    fs::read_to_string(workbook.path().join(".bindery/current")).unwrap_or_default()
}

#[test]
fn the_screen_shows_what_to_read_what_to_edit_and_the_keys() {
    let Some((_workbook, tmux)) = at_detach() else {
        return;
    };
    let screen = tmux.wait_for("the task");
    for part in [
        "0 of ",
        "read  exercises/06_gil/02_detach/README.md",
        "edit  exercises/06_gil/02_detach/src/lib.rs",
        "n next",
        "q quit",
    ] {
        assert!(screen.contains(part), "{part:?} is not in\n{screen}");
    }
}

#[test]
fn each_press_shows_the_next_hint() {
    let Some((_workbook, tmux)) = at_detach() else {
        return;
    };
    for step in ["step 1 of 3", "step 2 of 3", "step 3 of 3", "step 1 of 3"] {
        tmux.press(&["h"]);
        tmux.wait_for(step);
    }
}

#[test]
fn keys_typed_ahead_are_acted_on_in_order() {
    let Some((workbook, tmux)) = watching("", "detach") else {
        return;
    };
    // Before anything is shown, and in one go.
    tmux.wait_for("detach: ");
    tmux.press(&["n", "p", "p", "n", "h", "h"]);
    let screen = tmux.wait_for("step 2 of 3");
    assert!(screen.contains("detach: "), "{screen}");
    assert_eq!(current(&workbook), "detach\n");
}

#[test]
fn the_list_is_searched_and_jumped_from() {
    let Some((workbook, tmux)) = at_detach() else {
        return;
    };
    tmux.press(&["l", "/", "s", "t", "e", "a", "l", "s"]);
    tmux.wait_for("1 shown");
    tmux.press(&["Enter", "Enter"]);
    tmux.wait_for("steals: ");
    assert_eq!(current(&workbook), "steals\n");
}

#[test]
fn the_exercise_is_remembered() {
    let Some((workbook, tmux)) = at_detach() else {
        return;
    };
    tmux.press(&["n"]);
    tmux.wait_for("deadlock: ");
    tmux.press(&["q"]);
    tmux.wait_for("ended with 0, all restored");
    let again = Tmux::start(workbook.path(), "", "watch").unwrap();
    again.wait_for("deadlock: ");
}

#[test]
fn a_reset_is_asked_for_after_the_question_was_read() {
    let Some((workbook, tmux)) = at_detach() else {
        return;
    };
    let file = workbook.path().join(FILE);
    fs::write(&file, "// mine\n").unwrap();
    // Typed ahead, the answer came before the question: nobody has said yes to it.
    tmux.press(&["r", "y"]);
    tmux.wait_for("bring back the starter");
    assert_eq!(fs::read_to_string(&file).unwrap(), "// mine\n");
    tmux.wait("a no that is heard", |screen| {
        tmux.press(&["x"]);
        screen.contains("nothing was changed")
    });
    tmux.press(&["r"]);
    tmux.wait_for("bring back the starter");
    tmux.wait("a yes that is heard", |screen| {
        tmux.press(&["y"]);
        screen.contains("the starter is back")
    });
    assert!(fs::read_to_string(&file).unwrap().contains("smooth"));
    let screen = tmux.screen();
    assert!(screen.contains(".bindery/kept/detach"), "{screen}");
}

#[test]
fn what_was_said_about_a_reset_stays_until_the_next_save() {
    let Some((workbook, tmux)) = at_detach() else {
        return;
    };
    let file = workbook.path().join(FILE);
    fs::write(&file, "// mine\n").unwrap();
    tmux.press(&["r"]);
    tmux.wait_for("bring back the starter");
    tmux.wait("a yes that is heard", |screen| {
        tmux.press(&["y"]);
        screen.contains("the starter is back")
    });
    tmux.press(&["End"]);
    tmux.wait_for("the starter is back");
    fs::write(&file, "// mine again\n").unwrap();
    tmux.wait("another thing to know", |screen| {
        !screen.contains("the starter is back")
    });
}

#[test]
fn q_closes_what_lies_over_the_exercise_and_then_leaves() {
    let Some((_workbook, tmux)) = at_detach() else {
        return;
    };
    tmux.press(&["?"]);
    tmux.wait_for("what the keys do");
    tmux.press(&["q"]);
    tmux.wait_for("it could not be checked\n\nerror:");
    tmux.press(&["q"]);
    tmux.wait_for("ended with 0, all restored");
}

#[test]
fn a_folder_that_is_renamed_meanwhile_is_named() {
    let Some((workbook, tmux)) = at_detach() else {
        return;
    };
    let folder = workbook.path().join("exercises/06_gil/02_detach");
    fs::rename(&folder, folder.with_file_name("02_away")).unwrap();
    tmux.wait_for("`exercises/06_gil/02_detach`, the folder of `detach`, is not there");
}

#[test]
fn pasted_text_is_no_command() {
    let Some((workbook, tmux)) = at_detach() else {
        return;
    };
    fs::write(workbook.path().join(FILE), "// mine\n").unwrap();
    tmux.paste("nnnqry");
    tmux.press(&["h"]);
    let screen = tmux.wait_for("step 1 of 3");
    assert!(screen.contains("detach: "), "{screen}");
}

#[test]
fn a_save_elsewhere_is_said_and_moves_nothing() {
    let Some((workbook, tmux)) = at_detach() else {
        return;
    };
    let other = workbook
        .path()
        .join("exercises/06_gil/03_deadlock/src/lib.rs");
    fs::write(&other, "// mine\n").unwrap();
    let screen = tmux.wait_for("you saved `deadlock`; g goes there");
    assert!(screen.contains("detach: "), "{screen}");
    tmux.press(&["g"]);
    tmux.wait_for("deadlock: ");
}

#[test]
fn the_screen_follows_the_terminals_size() {
    let Some((_workbook, tmux)) = at_detach() else {
        return;
    };
    tmux.resize(40, 10);
    let screen = tmux.wait("a small screen", |s| {
        s.lines().count() <= 10 && s.contains("q quit")
    });
    for part in ["detach: ", "lib.rs", "ERROR"] {
        assert!(screen.contains(part), "{part:?} is not in\n{screen}");
    }
    tmux.resize(100, 30);
    tmux.wait_for("exercises done");
}

#[test]
fn no_color_is_no_colour() {
    let Some((_workbook, tmux)) = watching("NO_COLOR=1", "detach") else {
        return;
    };
    tmux.wait_for("it could not be checked");
    let screen = tmux.coloured();
    assert!(!screen.contains('\u{1b}'), "{screen:?}");
}

#[test]
fn however_it_ends_the_terminal_is_as_before() {
    for key in ["q", "C-c"] {
        let Some((_workbook, tmux)) = watching("", "detach") else {
            return;
        };
        tmux.wait_for("detach: ");
        tmux.press(&[key]);
        let screen = tmux.wait_for(", all restored");
        let code = if key == "q" { "with 0" } else { "with 130" };
        assert!(
            screen.contains(code) && !screen.contains("the task"),
            "{screen}"
        );
    }
    let (_workbook, tmux) = at_detach().expect("there was one before");
    tmux.signal("TERM");
    tmux.wait_for("ended with 143, all restored");
    // In the list, under a question and over a help, too.
    for keys in [&["l", "C-c"][..], &["r", "C-c"], &["?", "C-c"]] {
        let (_workbook, tmux) = at_detach().expect("there was one before");
        tmux.press(keys);
        tmux.wait_for("ended with 130, all restored");
    }
}

#[test]
fn a_dumb_terminal_gets_lines_and_typed_commands() {
    let Some((_workbook, tmux)) = watching("TERM=dumb", "detach") else {
        return;
    };
    tmux.wait_for("error:");
    tmux.press(&["h", "Enter"]);
    tmux.wait_for("hint, step 1 of 3: ");
    tmux.press(&["n", "o", "n", "e", "Enter"]);
    tmux.wait_for("`none` is nothing that can be done here");
    tmux.press(&["q", "u", "i", "t", "Enter"]);
    tmux.wait_for("ended with 0, all restored");
}

#[test]
fn a_pipe_gets_lines_until_the_input_ends() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let mut child = piped(&workbook, &["detach"]);
    let first = read_until(&mut child, "hint:");
    assert!(
        first.starts_with("detach: Let the other threads run\n"),
        "{first}"
    );
    assert!(!first.contains('\u{1b}'), "{first}");
    fs::write(workbook.path().join(FILE), "// mine\n").unwrap();
    read_until(&mut child, "saved; checking detach");
    drop(child.stdin.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_a_screen_reader_is_told_can_be_commanded_in_words() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let mut child = piped(&workbook, &["detach", "--plain"]);
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "next\nhelp").unwrap();
    let said = read_until(&mut child, "quit, or q: ");
    assert!(said.contains("deadlock: "), "{said}");
    writeln!(input, "quit").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn an_editor_has_the_terminal_and_gives_it_back() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let editor = workbook.path().join("editor");
    fs::write(
        &editor,
        "#!/bin/sh\necho \"editing $1\"; read line; echo \"// $line\" > \"$1\"\n",
    )
    .unwrap();
    let made = Command::new("chmod").arg("+x").arg(&editor).status();
    assert!(made.unwrap().success());
    let variables = format!("EDITOR={}", editor.display());
    let Some(tmux) = Tmux::start(workbook.path(), &variables, "watch detach") else {
        return;
    };
    tmux.wait_for("it could not be checked");
    tmux.press(&["e"]);
    tmux.wait_for("editing ");
    // What is typed there is the editor's.
    tmux.press(&["q", "n", "Enter"]);
    tmux.wait_for("detach: ");
    let file: PathBuf = workbook.path().join(FILE);
    assert_eq!(fs::read_to_string(file).unwrap(), "// qn\n");
}
