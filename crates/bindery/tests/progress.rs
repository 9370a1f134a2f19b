//! `progress`: a table, an export, and what another machine exported.

mod common;

use common::{Workbook, err, out};
use serde_json::Value;

fn json(workbook: &Workbook) -> Value {
    serde_json::from_str(&out(&workbook.run(&["progress", "--json"]))).unwrap()
}

fn exercise<'a>(json: &'a Value, slug: &str) -> &'a Value {
    let mut all = json["exercises"].as_array().unwrap().iter();
    all.find(|e| e["slug"] == slug).unwrap()
}

/// Exports what is on record of one workbook and imports it in another.
fn import(from: &Workbook, to: &Workbook) -> std::process::Output {
    let file = to.path().join("mine.json");
    std::fs::write(&file, out(&from.run(&["progress", "--json"]))).unwrap();
    to.run(&["progress", "--import", "mine.json"])
}

#[test]
fn each_chapter_has_a_line_and_all_have_one() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    workbook.solve("detach");
    let said = out(&workbook.run(&["progress"]));
    let words = |name: &str| {
        let line = said.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(words("gil")[1], "1", "{said}");
    assert_eq!(words("all")[1], "1", "{said}");
    assert_eq!(words("libraries")[1], "0", "{said}");
}

#[test]
fn the_export_has_everything_that_is_on_record() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    workbook.run(&["hint", "detach"]);
    workbook.solve("detach");
    let json = json(&workbook);
    assert_eq!(json["version"], 1);
    let detach = exercise(&json, "detach");
    assert_eq!(detach["state"], "done");
    assert_eq!(detach["points"], detach["max_points"]);
    assert_eq!(detach["hints"], serde_json::json!(["1"]));
    let checks = detach["record"]["checks"].as_array().unwrap();
    assert!(!checks.is_empty() && checks.iter().all(|c| c["passed"] == true));
    assert_eq!(exercise(&json, "map")["record"]["done"], false);
}

#[test]
fn a_learner_moves_to_another_machine() {
    let (Some(old), Some(new)) = (Workbook::new(), Workbook::new()) else {
        return;
    };
    old.run(&["hint", "detach", "--step", "2"]);
    old.solve("detach");
    new.solve("map");
    let output = import(&old, &new);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let said = out(&output);
    assert!(
        said.starts_with("taken over from `mine.json`: 1 exercise, 1 newly done\n"),
        "{said}"
    );
    let json = json(&new);
    for slug in ["detach", "map"] {
        assert_eq!(exercise(&json, slug)["state"], "done", "{slug}");
    }
    assert_eq!(exercise(&json, "detach")["hints"], serde_json::json!(["2"]));
}

#[test]
fn an_import_never_undoes_what_is_done() {
    let (Some(old), Some(new)) = (Workbook::new(), Workbook::new()) else {
        return;
    };
    new.solve("detach");
    let before = json(&new);
    import(&old, &new);
    assert_eq!(json(&new), before);
}

#[test]
fn an_exercise_that_this_course_has_not_is_named() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let mut json = json(&workbook);
    json["exercises"][0]["record"]["slug"] = "unheard_of".into();
    std::fs::write(workbook.path().join("mine.json"), json.to_string()).unwrap();
    let output = workbook.run(&["progress", "--import", "mine.json"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        out(&output).contains("no such exercise: `unheard_of`"),
        "{}",
        out(&output)
    );
}

#[test]
fn a_file_that_is_no_export_is_refused_whole() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    workbook.solve("detach");
    let mut torn = json(&workbook);
    torn["exercises"][1]["record"] = Value::Null;
    let mut newer = json(&workbook);
    newer["version"] = 2.into();
    for text in ["", "{}", "[1]", &torn.to_string(), &newer.to_string()] {
        let Some(other) = Workbook::new() else { return };
        std::fs::write(other.path().join("mine.json"), text).unwrap();
        let output = other.run(&["progress", "--import", "mine.json"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        let said = err(&output);
        assert!(
            said.contains("`mine.json`") && said.contains("hint:"),
            "{said}"
        );
        assert!(!other.path().join(".bindery").exists(), "nothing was taken");
    }
}

#[test]
fn a_course_that_asks_for_more_says_so_and_leaves_it_done() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    workbook.solve("detach");
    let manifest = workbook
        .path()
        .join("exercises/06_gil/02_detach/exercise.toml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let more = "\n[[check]]\nname = \"is_kind\"\nclaim = \"it is\"\npoints = 2\n";
    std::fs::write(&manifest, text + more).unwrap();
    let said = out(&workbook.run(&["progress"]));
    assert!(
        said.contains("`detach` is done") && said.contains("`is_kind`"),
        "{said}"
    );
    assert_eq!(exercise(&json(&workbook), "detach")["state"], "done");
    assert_eq!(
        exercise(&json(&workbook), "detach")["new_checks"],
        serde_json::json!(["is_kind"])
    );
}

#[test]
fn a_record_that_could_not_be_read_is_named() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let results = workbook.path().join(".bindery/results");
    std::fs::create_dir_all(&results).unwrap();
    std::fs::write(results.join("detach.json"), "torn").unwrap();
    let said = out(&workbook.run(&["progress"]));
    assert!(
        said.contains("`.bindery/results/detach.json.corrupt`"),
        "{said}"
    );
}
