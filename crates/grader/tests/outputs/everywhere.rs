//! What holds for all outputs: what is in them, what is not, and how they get there.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use grader::marks::{Manuals, Rules};
use grader::model::{Results, Status, StudentId};
use grader::outputs::{self, Options, SCHEMA};
use serde_json::Value;

use crate::class::{Class, HOSTILE, SECRET, hostile, ran, usual};
use crate::out::Out;

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
fn what_cannot_be_written_is_said_and_results_come_last() {
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
