//! `list` as its user meets it: filtered, in a pipe, as JSON, and as a screen to look for
//! an exercise in.

mod common;

use serde_json::Value;

use crate::common::tmux::Tmux;
use crate::common::{Workbook, err, out};

/// The names that `list --json` gives, in order.
fn slugs(workbook: &Workbook, args: &[&str]) -> Vec<String> {
    let listed = json(workbook, args);
    let exercises = listed["exercises"].as_array().unwrap().iter();
    exercises
        .map(|e| e["slug"].as_str().unwrap().to_owned())
        .collect()
}

fn has(slugs: &[String], slug: &str) -> bool {
    slugs.iter().any(|s| s == slug)
}

fn json(workbook: &Workbook, args: &[&str]) -> Value {
    let output = workbook.run(&[&["list", "--json"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    serde_json::from_str(&out(&output)).unwrap()
}

#[test]
fn what_is_done_and_what_is_pending_are_told_apart() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let all = slugs(&workbook, &[]);
    workbook.solve("detach");
    assert_eq!(slugs(&workbook, &["--done"]), ["detach"]);
    let pending = slugs(&workbook, &["--pending"]);
    assert_eq!(pending.len(), all.len() - 1);
    assert!(!has(&pending, "detach"), "{pending:?}");
    let both = workbook.run(&["list", "--done", "--pending"]);
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn a_chapter_a_concept_and_words_are_all_asked() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let gil = json(&workbook, &["--chapter", "gil"]);
    let gil = gil["exercises"].as_array().unwrap();
    assert!(gil.iter().any(|e| e["slug"] == "detach"), "{gil:?}");
    assert!(gil.iter().all(|e| e["chapter"] == "gil"), "{gil:?}");
    let found = slugs(&workbook, &["--chapter", "06_gil", "OTHER", "threads"]);
    assert!(
        has(&found, "detach") && !has(&found, "deadlock"),
        "{found:?}"
    );
    let found = slugs(&workbook, &["--concept", "ownership", "--chapter", "cffi"]);
    assert!(
        has(&found, "ffi_gc") && !has(&found, "abi_mode"),
        "{found:?}"
    );
    assert!(!has(&found, "steals"), "{found:?}");
}

#[test]
fn a_pipe_gets_every_title_whole_under_its_chapter() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    workbook.solve("callback");
    let said = out(&workbook.run(&["list"]));
    assert!(!said.contains('…'), "{said}");
    for exercise in json(&workbook, &[])["exercises"].as_array().unwrap() {
        let title = exercise["title"].as_str().unwrap();
        assert!(said.contains(title), "{title} is not in {said}");
    }
    let found = out(&workbook.run(&["list", "--done"]));
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines[0], "libraries");
    assert!(lines[1].starts_with("  done   callback "), "{found}");
    let all = slugs(&workbook, &[]).len();
    assert_eq!(
        lines.last(),
        Some(&format!("1 of {all} done, 1 shown: done").as_str())
    );
}

#[test]
fn where_nothing_fits_it_is_said_and_nobody_is_to_blame() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let output = workbook.run(&["list", "--done", "--chapter", "gil", "zebra"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        out(&output),
        "nothing fits: done, chapter `gil`, search `zebra`\n"
    );
    assert!(slugs(&workbook, &["zebra"]).is_empty());
}

#[test]
fn an_unknown_chapter_or_concept_is_answered_with_one_like_it() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    for json in [&[][..], &["--json"]] {
        let output = workbook.run(&[&["list", "--chapter", "ctpyes"], json].concat());
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(
            err(&output),
            "error: there is no chapter `ctpyes`; similar: `ctypes`\n\n\
             hint: run `bindery list --chapter ctypes`\n"
        );
    }
    let said = err(&workbook.run(&["list", "--concept", "zebra"]));
    assert!(
        said.contains("no concept `zebra`") && said.contains("`ownership`"),
        "{said}"
    );
}

#[test]
fn json_has_a_version_and_is_documented_in_the_help() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    course::set_current(workbook.path(), "detach").unwrap();
    workbook.solve("detach");
    let listed = json(&workbook, &["--chapter", "gil", "detach"]);
    assert_eq!(listed["version"], 1);
    let detach = &listed["exercises"][0];
    for (key, value) in [
        ("id", Value::from("06_gil/02_detach")),
        ("chapter", "gil".into()),
        ("path", "exercises/06_gil/02_detach".into()),
        ("state", "done".into()),
        ("done", true.into()),
        ("current", true.into()),
        ("edited_since_check", false.into()),
    ] {
        assert_eq!(detach[key], value, "{key}");
    }
    let help = out(&workbook.run(&["list", "--help"]));
    let words: Vec<&str> = help.split([' ', ',', '\n']).collect();
    let keys = listed.as_object().unwrap().keys();
    for key in keys.chain(detach.as_object().unwrap().keys()) {
        assert!(
            words.contains(&key.as_str()),
            "`{key}` is not in the help:\n{help}"
        );
    }
}

#[test]
fn on_a_dumb_terminal_and_when_asked_it_is_lines_of_text() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    for (variables, args) in [
        ("TERM=dumb", "list --chapter gil detach"),
        ("BINDERY_PLAIN=1", "list --chapter gil detach"),
        ("LANG=C", "list --plain --chapter gil detach"),
    ] {
        let Some(tmux) = Tmux::start(workbook.path(), variables, args) else {
            return;
        };
        let screen = tmux.wait_for("ended with 0, all restored");
        assert!(screen.starts_with("gil\n  new    detach "), "{screen}");
    }
}

#[test]
fn on_a_terminal_one_searches_filters_and_goes_there() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    workbook.solve("deadlock");
    let Some(tmux) = Tmux::start(workbook.path(), "TERM=screen", "list") else {
        return;
    };
    tmux.wait_for("> [ ] ");
    tmux.press(&["/"]);
    tmux.press(&["-l", "gil"]);
    let screen = tmux.wait_for("search: gil_");
    assert!(
        screen.contains("[x] deadlock") && !screen.contains("steals"),
        "{screen}"
    );
    tmux.press(&["Enter", "p"]);
    let screen = tmux.wait_for("pending, search `gil`");
    assert!(!screen.contains("deadlock"), "{screen}");
    tmux.press(&["a"]);
    tmux.wait_for("steals");
    tmux.press(&["c"]);
    tmux.wait_for("> all chapters");
    // Up one line at a time, from the last to the one that is meant.
    tmux.press(&["G"]);
    tmux.wait("the last chapter", |screen| {
        !screen.contains("> all chapters")
    });
    while !tmux.screen().contains("> gil ") {
        let before = tmux.screen();
        tmux.press(&["k"]);
        tmux.wait("the cursor one line further up", |screen| screen != before);
    }
    tmux.press(&["Enter"]);
    let screen = tmux.wait_for("chapter `gil`");
    assert!(
        screen.starts_with("1 of ") && screen.contains(" shown: "),
        "{screen}"
    );
}

#[test]
fn what_is_chosen_is_where_the_learner_is() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let Some(tmux) = Tmux::start(workbook.path(), "TERM=screen", "list --chapter gil detach")
    else {
        return;
    };
    tmux.wait_for("> [ ] detach");
    tmux.press(&["Enter"]);
    tmux.wait_for("detach: Let the other threads run");
    tmux.wait("detach on record", |_| {
        course::current(workbook.path()).as_deref() == Some("detach")
    });
}

#[test]
fn it_is_left_with_the_terminal_as_it_was() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    for (keys, code) in [
        (&["q"][..], 0),
        (&["Escape"], 0),
        (&["C-c"], 130),
        (&["/", "x", "C-c"], 130),
    ] {
        let Some(tmux) = Tmux::start(workbook.path(), "NO_COLOR=1", "list") else {
            return;
        };
        tmux.wait_for("> [ ] ");
        assert!(!tmux.coloured().contains('\u{1b}'), "{:?}", tmux.coloured());
        tmux.resize(40, 10);
        tmux.wait_for("more below");
        tmux.press(keys);
        let screen = tmux.wait_for(&format!("ended with {code}, all restored"));
        assert!(!screen.contains("[ ]"), "{screen}");
    }
}
