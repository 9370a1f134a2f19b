//! Each format is read back by a real parser, over names and messages that try to break it.
//! Pages have a test program of their own.

mod outputs_class;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use grader::marks::{Manuals, Rules};
use grader::model::{Problem, Results, Status, StudentId};
use grader::outputs::{self, Options, SCHEMA};
use outputs_class::{Class, HOSTILE, SECRET, hostile, ran, usual};
use serde_json::Value;
use tempfile::TempDir;

/// A class that was written out.
struct Out(TempDir);

impl Out {
    fn of(results: &Results) -> Out {
        Out::with(results, &Rules::default(), None).0
    }

    fn with(results: &Results, rules: &Rules, worksheet: Option<&Path>) -> (Out, Vec<Problem>) {
        let out = Out(tempfile::tempdir().expect("a folder"));
        let problems = out.again(results, rules, worksheet);
        (out, problems)
    }

    fn again(&self, results: &Results, rules: &Rules, worksheet: Option<&Path>) -> Vec<Problem> {
        let options = Options {
            rules,
            moodle_worksheet: worksheet,
        };
        outputs::write(results, options, self.0.path()).expect("written")
    }

    fn text(&self, place: &str) -> String {
        fs::read_to_string(self.0.path().join(place)).expect(place)
    }

    fn json(&self, place: &str) -> Value {
        serde_json::from_str(&self.text(place)).expect(place)
    }

    fn table(&self, place: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(self.0.path().join(place))
            .expect(place);
        let row = |row: Result<csv::StringRecord, _>| {
            let row: csv::StringRecord = row.expect("a row as long as the others");
            row.iter().map(String::from).collect()
        };
        reader.records().map(row).collect()
    }

    /// All files and their contents.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.0.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => {
                        let content = fs::read(&path).expect("a file");
                        let place = path.strip_prefix(self.0.path()).expect("inside");
                        files.insert(place.to_owned(), content);
                    }
                }
            }
        }
        files
    }
}

/// Whether a spreadsheet would run this cell.
fn is_run(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[test]
fn results_are_what_their_schema_says() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    jsonschema::meta::validate(&schema).expect("a schema");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let mut with_all = usual();
    with_all.hands_in("s004", Some("2026-03-01T12:00:00Z"), {
        ran(
            &with_all.asked[1].clone(),
            &[Status::TimedOut, Status::Passed],
        )
    });
    let by_hand =
        Manuals::of(Path::new("m"), "[s001.detach]\nset = 1\ncomment = 'x'").expect("one");
    for results in [
        with_all.mark(&Rules::default(), &by_hand),
        hostile().results(),
        Class::default().results(),
    ] {
        let out = Out::of(&results);
        let written = out.json("results.json");
        let wrong: Vec<_> = schema
            .iter_errors(&written)
            .map(|e| e.to_string())
            .collect();
        assert_eq!(wrong, Vec::<String>::new());
        let read: Results = serde_json::from_value(written).expect("results");
        assert_eq!(read, results, "nothing is lost");
    }
    let mut more = serde_json::to_value(usual().results()).expect("JSON");
    more["students"][0]["exercises"][0]["unknown"] = Value::Null;
    assert!(!schema.is_valid(&more), "the schema knows every key");
}

#[test]
fn the_same_results_are_the_same_bytes_and_are_not_written_twice() {
    let (one, two) = (Out::of(&usual().results()), Out::of(&usual().results()));
    assert_eq!(one.files(), two.files());
    let stamp = |out: &Out| {
        let meta = fs::metadata(out.0.path().join("results.json")).expect("there");
        std::os::unix::fs::MetadataExt::ino(&meta)
    };
    let before = stamp(&one);
    one.again(&usual().results(), &Rules::default(), None);
    assert_eq!(
        stamp(&one),
        before,
        "a rename would have made another file of it"
    );
}

#[test]
fn who_left_the_class_leaves_no_feedback_and_other_files_stay() {
    let out = Out::of(&usual().results());
    let own = out.0.path().join("feedback/s002/notes-of-mine.txt");
    fs::write(&own, "mine").expect("written");
    let mut fewer = usual();
    fewer
        .intake
        .students
        .retain(|id, _| id.0 != "s002" && id.0 != "s003");
    out.again(&fewer.results(), &Rules::default(), None);
    let left: Vec<String> = out
        .files()
        .keys()
        .map(|path| path.display().to_string())
        .filter(|path| path.contains("s002") || path.contains("s003"))
        .collect();
    assert_eq!(left, ["feedback/s002/notes-of-mine.txt"]);
    assert!(!out.0.path().join("feedback/s003").exists());
}

#[test]
fn an_id_that_leads_elsewhere_is_refused() {
    for id in ["../x", "a/b", "", ".", "-rf", "a\0"] {
        let mut results = usual().results();
        results.students[0].id = StudentId(id.into());
        let options = Options {
            rules: &Rules::default(),
            moodle_worksheet: None,
        };
        let folder = tempfile::tempdir().expect("a folder");
        let error = outputs::write(&results, options, &folder.path().join("out")).expect_err(id);
        assert!(error.to_string().contains("no id"), "{error}");
        assert!(!folder.path().join("out").exists());
    }
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

#[test]
fn gradescope_reads_the_mark_and_nothing_of_hidden_checks() {
    let out = Out::of(&usual().results());
    let read = out.json("gradescope/s002.json");
    assert_eq!(read["score"], 2.5);
    assert_eq!(read["output_format"], "text");
    assert_eq!(read["stdout_visibility"], "hidden");
    let tests = read["tests"].as_array().expect("tests");
    assert_eq!(tests.len(), 5);
    for test in tests {
        assert_eq!(test["output_format"], "text");
        assert_eq!(test["visibility"], "visible");
        let passed = test["status"] == "passed";
        assert_eq!(passed, test["score"] == test["max_score"], "{test}");
    }
    assert_eq!(tests[0]["number"], "1.1");
    assert_eq!(
        tests[0]["output"],
        "another value came\nexpected: 41\ngot: 42\nprinted:\nsome lines"
    );
    assert_eq!(tests[2]["output"], "", "hidden");
}

#[test]
fn gradescope_gets_nothing_while_a_mark_is_pending() {
    let results = usual().results();
    let out = Out::of(&results);
    assert!(!out.0.path().join("gradescope/s004.json").exists());
    assert_eq!(
        outputs::gradescope(&results, &StudentId("s004".into())),
        None
    );
    let text = outputs::gradescope(&results, &StudentId("s001".into())).expect("a result");
    assert_eq!(text, out.text("gradescope/s001.json"));
}

/// What GitHub Classroom's reporter makes of a step's output.
fn reported(out: &Out, id: &str) -> (String, f64, f64, Vec<Value>) {
    let line = out.text(&format!("classroom/{id}.output"));
    let encoded = line.strip_prefix("result=").expect("an output").trim_end();
    assert!(!encoded.contains('\n'), "one line");
    let decoded = BASE64_STANDARD.decode(encoded).expect("base64");
    let read: Value = serde_json::from_slice(&decoded).expect("JSON");
    assert_eq!(read, out.json(&format!("classroom/{id}.json")));
    assert_eq!(read["version"], 1);
    let tests = read["tests"].as_array().expect("tests").clone();
    let scores = tests
        .iter()
        .map(|test| test["score"].as_f64().expect("a score"));
    let status = read["status"].as_str().expect("a status").to_owned();
    (
        status,
        scores.sum(),
        read["max_score"].as_f64().expect("a number"),
        tests,
    )
}

#[test]
fn classroom_adds_up_to_the_mark_whatever_lateness_and_hands_have_done() {
    let class = usual();
    let text = "due = 2026-03-01T00:00:00Z\n[late]\npercent_per_day = 10";
    let rules = Rules::of(Path::new("r"), text, &class.asked).expect("rules");
    let by_hand =
        "[s001.detach]\nadd = 0.25\ncomment = '::error::well done'\n[s005.steals]\nset = 4";
    let by_hand = Manuals::of(Path::new("m"), by_hand).expect("by hand");
    let mut class = usual();
    let steals = class.asked[1].clone();
    let received = Some("2026-03-03T12:00:00Z");
    class.hands_in(
        "s001",
        received,
        ran(&steals, &[Status::Failed, Status::Passed]),
    );
    let results = class.mark(&rules, &by_hand);
    let out = Out::of(&results);
    for graded in results.students.iter().filter(|g| g.id.0 != "s004") {
        let (status, scores, max, tests) = reported(&out, &graded.id.0);
        assert!((scores - graded.points).abs() < 1e-9, "{scores} {tests:?}");
        assert_eq!(max, graded.max_points);
        assert_eq!(
            status == "pass",
            graded.points >= graded.max_points,
            "{status}"
        );
    }
    let names: Vec<String> = reported(&out, "s001")
        .3
        .iter()
        .map(|test| {
            format!(
                "{} {}",
                test["name"].as_str().expect("a name"),
                test["score"]
            )
        })
        .collect();
    assert!(
        names.contains(&"steals: 2 d 12 h late, which takes 1.00 points -1.0".into()),
        "{names:?}"
    );
    assert!(names.contains(&"detach: by hand 0.25".into()), "{names:?}");
}

#[test]
fn classroom_gives_no_points_at_all_while_a_mark_is_pending() {
    let (status, scores, max, _) = reported(&Out::of(&usual().results()), "s004");
    assert_eq!((status.as_str(), scores, max), ("error", 0.0, 0.0));
}

#[test]
fn junit_is_xml_whose_counts_are_right() {
    for results in [usual().results(), hostile().results()] {
        let out = Out::of(&results);
        let text = out.text("junit.xml");
        let xml = roxmltree::Document::parse(&text).expect("XML");
        let suites: Vec<_> = xml
            .descendants()
            .filter(|node| node.has_tag_name("testsuite"))
            .collect();
        assert_eq!(suites.len(), results.students.len());
        for suite in suites {
            let cases: Vec<_> = suite
                .children()
                .filter(|n| n.has_tag_name("testcase"))
                .collect();
            assert_eq!(
                suite.attribute("tests"),
                Some(cases.len().to_string().as_str())
            );
            for (attribute, element) in [
                ("failures", "failure"),
                ("errors", "error"),
                ("skipped", "skipped"),
            ] {
                let holds = |case: &&roxmltree::Node<'_, '_>| {
                    case.children().any(|node| node.has_tag_name(element))
                };
                let count = cases.iter().filter(holds).count().to_string();
                assert_eq!(suite.attribute(attribute), Some(count.as_str()));
            }
        }
        assert!(
            !text.contains("name=\"forged\""),
            "nobody's text is an element"
        );
    }
}

#[test]
fn junit_tells_the_graders_fault_and_lost_time_from_a_wrong_answer() {
    let out = Out::of(&usual().results());
    let text = out.text("junit.xml");
    let xml = roxmltree::Document::parse(&text).expect("XML");
    let of = |suite: &str, class: &str| -> Vec<String> {
        xml.descendants()
            .filter(|node| node.has_tag_name("testcase"))
            .filter(|node| node.attribute("classname") == Some(class))
            .filter(|node| node.parent().and_then(|p| p.attribute("name")) == Some(suite))
            .map(|node| {
                let inner = node.children().find(|n| n.is_element());
                inner.map_or("passed".into(), |n| n.tag_name().name().to_owned())
            })
            .collect()
    };
    assert_eq!(of("s002", "detach"), ["failure", "passed", "failure"]);
    // A hidden check that ran out of time has failed, and no more is said.
    assert_eq!(of("s002", "steals"), ["error", "failure"]);
    assert_eq!(of("s003", "steals"), ["error", "skipped", "skipped"]);
    assert_eq!(
        of("s004", "detach"),
        ["error", "skipped", "skipped", "skipped"]
    );
    assert_eq!(of("s004", "steals"), ["skipped", "skipped"]);
}

#[test]
fn nothing_that_a_student_gets_knows_what_a_hidden_check_saw() {
    let class = usual();
    let out = Out::of(&class.results());
    let mut told = 0;
    for (place, content) in out.files() {
        let text = String::from_utf8(content).expect("text");
        let name = place.display().to_string();
        let for_students = ["feedback/", "gradescope/", "classroom/", "junit.xml"];
        if for_students.iter().any(|start| name.starts_with(start)) {
            assert!(!text.contains(SECRET), "{name}");
            // Not even the name that it has in the code, nor what was flagged.
            assert!(!text.contains("hidden_"), "{name}");
            assert!(!text.contains("nobody can pass"), "{name}");
            told += 1;
        }
        if name.ends_with(".output") {
            let encoded = text["result=".len()..].trim_end();
            let decoded = BASE64_STANDARD.decode(encoded).expect("base64");
            assert!(
                !String::from_utf8_lossy(&decoded).contains(SECRET),
                "{name}"
            );
        }
    }
    assert!(told > 15, "{told}");
    assert!(
        !out.text("summary.txt").contains(SECRET),
        "it may end in a log"
    );
    assert!(
        out.text("report.html").contains(SECRET),
        "the instructor sees it"
    );
    assert!(out.text("results.json").contains(SECRET));
}

#[test]
fn a_log_and_a_terminal_get_no_command() {
    let out = Out::of(&hostile().results());
    let mut texts = vec![out.text("summary.txt"), out.text("junit.xml")];
    for index in 0..HOSTILE.len() {
        let read = out.json(&format!("classroom/h{index:02}.json"));
        for test in read["tests"].as_array().expect("tests") {
            texts.push(test["message"].as_str().expect("a message").into());
            texts.push(test["name"].as_str().expect("a name").into());
        }
        // On a terminal, a command for a service is only text.
        let feedback = out.text(&format!("feedback/h{index:02}/feedback.txt"));
        assert!(!feedback.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
    }
    for text in texts {
        for line in text.lines() {
            assert!(!line.trim_start().starts_with("::"), "{line}");
            assert!(!line.contains("##"), "{line}");
            assert!(
                !line.contains('\u{1b}') && !line.contains('\u{202e}'),
                "{line}"
            );
        }
    }
}

#[test]
fn the_summary_says_who_what_and_the_next_lecture() {
    let text = outputs::summary(&usual().results());
    assert_eq!(
        text,
        "5 students, 2 exercises: 8 marks, 1 missing, 1 pending
Median 14% of the points; half of the class is between 8% and 38%

Do not build
  detach (1): s003

Ran out of time
  steals (2): s002 s003

Not graded yet
  detach (1): s004

Failed for most
  2 of 3  steals: hidden counts of steals holds
  1 of 3  detach: releases of detach holds; most often: another value came
  1 of 3  detach: computes of detach holds; most often: another value came
  1 of 2  detach: hidden sizes of detach holds
  1 of 3  steals: keeps of steals holds; most often: another value came

Needs a human
  s005 detach: could not be taken: `src/lib.rs` is not UTF-8
  s005 steals: it passed a check that nobody can pass
"
    );
    assert!(text.lines().all(|line| line.chars().count() < 80));
}

#[test]
fn a_class_without_a_jail_says_so_wherever_a_mark_is() {
    let mut class = Class::new(usual().asked);
    let mut judgement = ran(&class.asked[0].clone(), &[Status::Passed; 3]);
    judgement.made_by.tier = "unsandboxed".into();
    class
        .student("s001", "An")
        .hands_in("s001", None, judgement);
    let out = Out::of(&class.results());
    for (place, content) in out.files() {
        let (name, text) = (
            place.display().to_string(),
            String::from_utf8_lossy(&content),
        );
        let said = match name.as_str() {
            "results.schema.json" | "classroom/s001.output" => continue,
            "results.json" => text.contains("\"unsandboxed\": true"),
            _ if name.contains("unsandboxed") => true,
            _ => text.contains("graded without a sandbox"),
        };
        assert!(said, "{name}");
    }
    assert!(out.0.path().join("canvas-unsandboxed.csv").exists());
    assert!(!out.0.path().join("canvas.csv").exists());
    let mut jailed = Class::new(usual().asked);
    let judgement = ran(&jailed.asked[0].clone(), &[Status::Passed; 3]);
    jailed
        .student("s001", "An")
        .hands_in("s001", None, judgement);
    out.again(&jailed.results(), &Rules::default(), None);
    assert!(
        !out.0.path().join("canvas-unsandboxed.csv").exists(),
        "not two of them"
    );
}

#[test]
fn a_full_disk_leaves_what_was_there() {
    // `/dev/full` cannot be a folder; a file where a folder is to be comes closest.
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("feedback"), "in the way").expect("written");
    let rules = Rules::default();
    let options = Options {
        rules: &rules,
        moodle_worksheet: None,
    };
    let error = outputs::write(&usual().results(), options, folder.path()).expect_err("in the way");
    assert!(error.hint().contains("ls -ld"), "{}", error.hint());
    assert!(
        !folder.path().join("results.json").exists(),
        "that comes last"
    );
}
