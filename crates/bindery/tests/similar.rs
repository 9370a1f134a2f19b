//! `similar`: the places that two answers of a class have in common.

mod common;

use std::fs;
use std::path::Path;

use common::{Workbook, err, out};

/// Two answers of so much text that they can be compared.
const LONG: &str = "#[pyfunction]
fn f(a: &str, n: usize) -> PyResult<Vec<String>> {
    let mut rows = Vec::with_capacity(n);
    for (index, word) in a.split_whitespace().enumerate() {
        match word.parse::<i64>() {
            Ok(number) if number > 0 && index < n => rows.push(format!(\"{number}\")),
            Ok(_) => continue,
            Err(trouble) => return Err(PyValueError::new_err(trouble.to_string())),
        }
    }
    rows.sort_by(|one, other| other.len().cmp(&one.len()).then(one.cmp(other)));
    Ok(rows)
}
";

fn hand_in(class: &Path, student: &str, text: &str) {
    let folder = class.join(student).join("detach/src");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("lib.rs"), text).unwrap();
}

#[test]
fn a_renamed_answer_is_ranked_and_shown() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    let class = workbook.path().join("class");
    hand_in(&class, "ann", LONG);
    hand_in(
        &class,
        "ben",
        &LONG.replace("rows", "result").replace("word", "w"),
    );
    hand_in(&class, "cleo", "fn f() {}");
    let output = workbook.run(&["similar", "class", "--out", "pages"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let said = out(&output);
    let line = said.lines().find(|line| line.contains("ann")).unwrap();
    assert!(line.contains("100 %") && line.contains("ben"), "{said}");
    assert!(said.contains("1 not compared"), "{said}");
    assert!(
        said.lines().all(|line| line.chars().count() <= 80),
        "{said}"
    );
    let page = fs::read_to_string(workbook.path().join("pages/pairs/pair-001.html")).unwrap();
    assert!(page.contains("id=\"a-A\"") && page.contains("href=\"#a-A\""));
}

#[test]
fn an_export_is_not_written_over_another() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    hand_in(&workbook.path().join("class"), "ann", LONG);
    let export = ["similar", "class", "--export-dolos", "dolos"];
    assert_eq!(workbook.run(&export).status.code(), Some(0));
    let again = workbook.run(&export);
    assert_eq!(again.status.code(), Some(2));
    let expect = "error: `dolos` holds an export already\n\nhint: name a new folder\n";
    assert_eq!(err(&again), expect);
}

#[test]
fn a_collection_without_answers_is_no_ranking() {
    let Some(workbook) = Workbook::new() else {
        return;
    };
    fs::create_dir(workbook.path().join("class")).unwrap();
    let output = workbook.run(&["similar", "class"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("`class` holds no answer"),
        "{}",
        err(&output)
    );
    assert!(!workbook.path().join("similar").exists());
}
