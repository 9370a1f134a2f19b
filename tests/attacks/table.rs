//! Which row of the list of threats is tried by what: written from the heads of the attacks, and
//! from here for what is tried elsewhere.

use std::collections::BTreeMap;

use proof::root;

use crate::attack::{Attack, Blocker};

const FILE: &str = "book/src/attacks.txt";
/// The rows of the list.
const LAST: u32 = 59;

/// What other tests try, before anything is run or after it.
const ELSEWHERE: [(&str, &str, &str); 21] = [
    ("4", "more_than_was_asked", "intake"),
    ("5", "more_than_was_asked", "intake"),
    ("6", "more_than_was_asked", "intake"),
    ("7", "more_than_was_asked", "intake"),
    ("13", "more_than_was_asked", "intake"),
    (
        "26",
        "grading: what passes for a learner passes here",
        "the judge",
    ),
    ("43", "grader/tests/intake", "intake"),
    ("45", "grader/tests/intake", "intake"),
    ("47", "grader/tests/intake, outputs", "intake"),
    ("48", "grader/tests/outputs", "outputs"),
    ("50", "grader/tests/outputs", "outputs"),
    ("51", "grader/tests/outputs", "outputs"),
    ("52", "grader/tests/outputs", "outputs"),
    ("53", "grader/tests/outputs", "outputs"),
    ("54", "grader/tests/intake", "intake"),
    ("55", "grader/tests/intake", "intake"),
    ("57", "grader/tests/outputs", "outputs"),
    (
        "27",
        "nothing: undefined behaviour that passes by luck is not looked for",
        "nobody",
    ),
    (
        "56",
        "every attack: the marks of others stay as they are",
        "engine",
    ),
    (
        "18",
        "every attack: there are as many records as answers",
        "engine",
    ),
    (
        "59",
        "every attack: what is the workshop's stays as it is",
        "every jail",
    ),
];

fn table() -> String {
    let mut rows: BTreeMap<(u32, String), Vec<String>> = BTreeMap::new();
    let mut add = |row: &str, test: &str, blocker: &str| {
        let digits: String = row.chars().take_while(char::is_ascii_digit).collect();
        let place = (digits.parse().expect("a row has a number"), row.to_owned());
        let line = format!("| {row} | {test} | {blocker} |");
        rows.entry(place).or_default().push(line);
    };
    for attack in Attack::all() {
        for row in &attack.rows {
            let test = format!("`{}` {}", attack.name, attack.tries);
            let mut blocker = match attack.blocker {
                Blocker::Jail => "every jail",
                Blocker::Judge => "the judge, in every jail and in none",
                Blocker::Limits => "limits, in every jail",
                Blocker::Mark => "nobody: it is marked as counted inside",
            }
            .to_owned();
            if let Some(weaker) = &attack.weaker_in {
                blocker += &format!(" but {weaker}, where the checks of one answer share `/tmp`");
            }
            add(row, &test, &blocker);
        }
    }
    for (row, test, blocker) in ELSEWHERE {
        add(row, test, blocker);
    }
    for row in 1..=LAST {
        let is_tried = rows.keys().any(|(number, _)| *number == row);
        assert!(is_tried, "nothing tries row {row}");
    }
    let lines: Vec<String> = rows.into_values().flatten().collect();
    format!(
        "| row | what tries it | what blocks it |\n|---|---|---|\n{}\n",
        lines.join("\n")
    )
}

pub fn is_as_it_should_be() -> Result<(), String> {
    let (file, table) = (root().join(FILE), table());
    if std::env::var_os("BLESS").is_some() {
        return std::fs::write(&file, table).map_err(|e| e.to_string());
    }
    match std::fs::read_to_string(&file).ok().as_deref() == Some(&*table) {
        true => Ok(()),
        false => Err(format!(
            "`{FILE}` is not what the attacks say\n\nhint: BLESS=1 cargo test -p proof --test attacks -- table"
        )),
    }
}
