//! Gradescope, GitHub Classroom, and whoever reads JUnit's XML.

use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use grader::marks::{Manuals, Rules};
use grader::model::{Status, StudentId};
use grader::outputs;
use serde_json::Value;

use crate::class::{hostile, ran, usual};
use crate::out::Out;

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
