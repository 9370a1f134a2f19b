//! Tables: for a spreadsheet, for Canvas and for Moodle.

use std::fs;
use std::path::Path;

use grader::marks::{Manuals, Rules};
use grader::model::Problem;
use grader::outputs::{self, Options};

use crate::class::{Class, HOSTILE, hostile, usual};
use crate::out::Out;

/// Whether a spreadsheet would run this cell.
fn is_run(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[test]
fn no_table_holds_a_formula_and_every_row_is_whole() {
    let out = Out::of(&hostile().results());
    for (place, numbers) in [("grades.csv", 5), ("canvas.csv", 5), ("moodle.csv", 4)] {
        let table = out.table(place);
        assert!(table.len() >= HOSTILE.len() + 2, "{place}");
        for row in &table {
            for cell in &row[..numbers] {
                assert!(!is_run(cell), "{place}: {cell:?}");
                let unseen = |c: char| c.is_control() && c != '\n' && c != '\t';
                assert!(!cell.contains(unseen), "{place}: {cell:?}");
            }
        }
    }
    let grades = out.table("grades.csv");
    for (row, name) in grades[1..].iter().zip(HOSTILE) {
        let points: f64 = row[5].parse().expect("a number");
        assert_eq!(points, 2.5, "{name}");
    }
    assert_eq!(grades[2][1], "Robert\"); DROP TABLE students;--");
    assert_eq!(grades[5][1], "two\nlines\\r\nand a half");
}

#[test]
fn grades_say_what_is_no_number() {
    let rules = "[[excused]]\nstudent = 's003'\nexercise = 'steals'";
    let class = usual();
    let rules = Rules::of(Path::new("r"), rules, &class.asked).expect("rules");
    let out = Out::of(&class.mark(&rules, &Manuals::default()));
    let rows: Vec<String> = out
        .table("grades.csv")
        .iter()
        .map(|row| format!("{} | {}", row[0], row[5..].join(" | ")))
        .collect();
    assert_eq!(
        rows,
        [
            "id | detach | steals | points | max_points | notes",
            "s001 | 10.00 | 5.00 | 15.00 | 15.00 | ",
            "s002 | 2.50 | 0.00 | 2.50 | 15.00 | ",
            "s003 | 0.00 | EX | 0.00 | 10.00 | detach: does not build; steals: not built in time",
            "s004 |  | 0.00 |  | 15.00 | detach: not graded yet; steals: missing",
            "s005 | 0.00 | 1.67 | 1.67 | 15.00 | detach: could not be taken",
        ]
    );
}

#[test]
fn canvas_gets_its_columns_and_nothing_else() {
    let mut class = usual();
    class.also("s001", "canvas_id", "4211");
    let rules = "[[exercise]]\nname = 'detach'\ncanvas = 'HW3 (98765)'\n\
                 [[excused]]\nstudent = 's002'\nexercise = 'detach'";
    let rules = Rules::of(Path::new("r"), rules, &class.asked).expect("rules");
    let (out, _) = Out::with(&class.mark(&rules, &Manuals::default()), &rules, None);
    let rows: Vec<String> = out
        .table("canvas.csv")
        .iter()
        .map(|r| r.join("|"))
        .collect();
    assert_eq!(
        rows[..4],
        [
            "Student|ID|SIS User ID|SIS Login ID|Section|HW3 (98765)",
            "    Points Possible|||||10.00",
            "Ng, An|4211|sis-s001|login-s001|A|10.00",
            "Bo Lind||sis-s002|login-s002|A|EX",
        ]
    );
    assert_eq!(
        rows[5], "Dee||sis-s004|login-s004|A|",
        "what is pending is no score"
    );
}

const WORKSHEET: &str = "\u{feff}Identifier,Full name,Email address,Status,Grade,Maximum Grade,\
Grade can be changed,Last modified (grade),Feedback comments
Participant 77,Somebody else,S001@X.edu,Submitted,,10.00,Yes,-,\"old, comment\"
Participant 78,Bo Lind,,Submitted,3.00,15.00,Yes,\"Monday, 2 March 2026, 9:00 AM\",
Participant 79,Dee,s004@x.edu,Submitted,4.00,15.00,Yes,-,kept
Participant 80,=cmd|x,,No submission,-,15.00,Yes,-,
";

fn with_worksheet(class: &Class, rules: &str, worksheet: &str) -> (Out, Vec<Problem>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("worksheet.csv");
    fs::write(&path, worksheet).expect("written");
    let rules = Rules::of(Path::new("r"), rules, &class.asked).expect("rules");
    let results = class.mark(&rules, &Manuals::default());
    Out::with(&results, &rules, Some(&path))
}

#[test]
fn a_worksheet_of_moodle_comes_back_with_the_marks_in_it() {
    let mut class = usual();
    class.student("s001", "Ng, <b>An</b>");
    let (out, problems) = with_worksheet(&class, "", WORKSHEET);
    let table = out.table("moodle.csv");
    let rows: Vec<String> = table.iter().map(|row| row.join("|")).collect();
    assert_eq!(rows[0].split('|').next(), Some("Identifier"));
    assert_eq!(
        rows[1],
        "Participant 77|Somebody else|S001@X.edu|Submitted|15.00|10.00|Yes|-|detach: 10.00<br>steals: 5.00"
    );
    assert!(
        rows[2].contains("|2.50|15.00|Yes|Monday, 2 March 2026, 9:00 AM|"),
        "{}",
        rows[2]
    );
    assert!(
        rows[3].ends_with("|4.00|15.00|Yes|-|kept"),
        "pending: {}",
        rows[3]
    );
    assert!(
        rows[4].starts_with("Participant 80|=cmd|x||"),
        "not ours: {}",
        rows[4]
    );
    let said: Vec<&str> = problems.iter().map(|p| p.what.as_str()).collect();
    assert!(said[0].contains("`Participant 77` has 15.00 points, which is more than 10.00"));
    assert_eq!(
        said[1],
        "`Participant 80` is nobody in this class, and keeps what it has"
    );
    assert_eq!(said[2..], ["`s003` has no row", "`s005` has no row"]);
}

#[test]
fn a_worksheet_may_be_in_another_language_and_about_one_exercise() {
    let rules = "[moodle]\nexercise = 'steals'\nidentifier = 'ID'\ngrade = 'Bewertung'\n\
                 modified = 'Zuletzt geändert (Bewertung)'";
    let sheet = "ID,Bewertung,Zuletzt geändert (Bewertung)\nTeilnehmer/in77,,-\n";
    let mut class = usual();
    class.also("s001", "moodle_id", "77");
    let (out, _) = with_worksheet(&class, rules, sheet);
    assert_eq!(out.table("moodle.csv")[1], ["Teilnehmer/in77", "5.00", "-"]);
}

#[test]
fn what_is_no_worksheet_is_said_to_be_none() {
    let class = usual();
    let folder = tempfile::tempdir().expect("a folder");
    for (text, message) in [
        ("", "it is empty"),
        ("a,b\n1,2\n", "no column `Last modified (grade)`"),
        ("Identifier,Grade,Last modified (grade)\n\u{0}\n", ""),
    ] {
        let path = folder.path().join("sheet.csv");
        fs::write(&path, text).expect("written");
        let rules = Rules::default();
        let options = Options {
            rules: &rules,
            moodle_worksheet: Some(&path),
        };
        let written = outputs::write(&class.results(), options, &folder.path().join("out"));
        match written {
            Err(error) => assert!(error.to_string().contains(message), "{error}"),
            Ok(_) => assert_eq!(message, ""),
        }
    }
}

#[test]
fn two_people_of_one_name_are_not_mixed_up() {
    let mut class = usual();
    class.student("s003", "Bo Lind");
    let (out, problems) = with_worksheet(&class, "", WORKSHEET);
    assert_eq!(out.table("moodle.csv")[2][4], "3.00", "as it was");
    assert!(
        problems
            .iter()
            .any(|p| p.what.contains("`Participant 78` is nobody"))
    );
}
