//! The sample class comes to what the documents show, and what they give to Gradescope and to
//! GitHub Classroom does what they say.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use builder::target_folder;
use proof::root;
use saphyr::{LoadableYamlNode, Yaml};
use serde_json::{Value, json};
use tempfile::TempDir;

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// A learner's copy has not what the sample class handed in.
fn is_there() -> bool {
    let there = root().join("tests/class/submissions").is_dir();
    if !there {
        println!("skipped: this copy has no sample class");
    }
    there
}

fn bindery(args: &[&str]) -> Output {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "-p", "bindery"])
        .current_dir(root())
        .status();
    assert!(built.expect("cargo starts").success());
    let program: PathBuf = target_folder(&root(), None).join("debug/bindery");
    let output = Command::new(program)
        .args(args)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .env_remove("CARGO")
        .output();
    output.expect("bindery starts")
}

/// The sentences of a summary: no line breaks, no numbers that the seed has chosen, and not
/// which of several failures was the most frequent.
fn sentences(summary: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in summary.lines().map(str::trim_end) {
        match (line.strip_prefix("    "), found.last_mut()) {
            (Some(more), Some(last)) => last.push_str(&format!(" {more}")),
            _ => found.push(line.to_owned()),
        }
    }
    let cut = |line: String| match line.split_once("; most often:") {
        Some((before, _)) => before.to_owned(),
        None => line,
    };
    found.into_iter().map(cut).collect()
}

#[test]
fn the_sample_class_comes_to_what_the_readme_shows() {
    if !is_there() {
        return;
    }
    let readme = read("README.md");
    let shown = read("tests/class/summary.txt");
    assert!(readme.contains(&shown), "the README shows another summary");
    let command = readme
        .lines()
        .find_map(|line| line.strip_prefix("$ cargo bindery grade tests/class"));
    let command = format!("grade tests/class{}", command.expect("the README shows it"));
    // What has changed since the last time is not what a newcomer sees.
    let _ = std::fs::remove_file(root().join("target/graded/results.json"));
    let output = bindery(&command.split(' ').collect::<Vec<_>>());
    let said = String::from_utf8_lossy(&output.stdout);
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{why}");
    assert_eq!(sentences(&said), sentences(&shown));
}

/// A folder as Gradescope lays it out, with these files handed in.
fn container(files: &[(&str, &str)], metadata: &Value) -> TempDir {
    let home = TempDir::new().unwrap();
    for (name, text) in files {
        let file = home.path().join("submission").join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    std::fs::create_dir_all(home.path().join("submission")).unwrap();
    let metadata_file = home.path().join("submission_metadata.json");
    std::fs::write(metadata_file, metadata.to_string()).unwrap();
    home
}

fn metadata() -> Value {
    json!({
        "id": 123456,
        "created_at": "2026-03-03T10:00:00.000000+01:00",
        "assignment": { "due_date": "2026-03-01T23:59:00.000000+01:00", "total_points": "10.0" },
        "submission_method": "upload",
        "users": [{ "email": "bo@example.edu", "id": 1234, "name": "Bo Chen" }],
        "previous_submissions": [{ "score": 100.0, "results": {} }],
    })
}

/// What `--gradescope` leaves, and its exit code.
fn results(home: &Path, more: &[&str]) -> (Value, Option<i32>) {
    let flag = format!("--gradescope={}", home.display());
    let out = home.join("graded").display().to_string();
    let args = [&["grade", &flag, "--out", &out][..], more].concat();
    let output = bindery(&args);
    let text = std::fs::read_to_string(home.join("results/results.json"));
    let text = text.unwrap_or_else(|e| panic!("{e}: {output:?}"));
    let json = serde_json::from_str(&text).expect("it is JSON");
    (json, output.status.code())
}

const ROSTER: [&str; 2] = ["--roster", "tests/class/roster.csv"];
const RULES: [&str; 2] = ["--rules", "tests/class/rules.toml"];
const DETACH: [&str; 2] = ["--exercises", "detach"];

#[test]
fn a_container_of_gradescopes_gets_the_mark_that_the_evening_would_give() {
    if !is_there() {
        return;
    }
    let answer = read("tests/class/submissions/s002/detach/lib.rs");
    let home = container(&[("lib.rs", &answer)], &metadata());
    let (json, code) = results(home.path(), &[DETACH, ROSTER, RULES].concat());
    // A day late, by the receipt: a tenth of what was earned is gone.
    let checks = json["tests"].as_array().expect("there are tests");
    let earned: f64 = checks.iter().filter_map(|t| t["score"].as_f64()).sum();
    let score = json["score"].as_f64().expect("there is a score");
    assert!(earned > 0.0 && earned < 10.0, "{json:#}");
    assert!((score - earned * 0.9).abs() < 0.011, "{json:#}");
    assert!(json["output"].as_str().unwrap().contains("late"));
    assert_eq!(code, Some(0));
}

#[test]
fn who_hands_in_nothing_of_use_is_told_what_was_asked_for() {
    if !is_there() {
        return;
    }
    let home = container(&[("essay.txt", "About threads.")], &metadata());
    let (json, code) = results(home.path(), &[DETACH, ROSTER].concat());
    let said = json["output"].as_str().unwrap();
    assert!(said.contains("detach/src/lib.rs"), "{said}");
    assert_eq!((json["score"].as_f64(), code), (Some(0.0), Some(0)));
}

#[test]
fn what_goes_wrong_is_no_score() {
    let nobody = json!({ "created_at": "2026-03-03T10:00:00Z" });
    for (metadata, more) in [
        (metadata(), &[][..]),
        (metadata(), &["--exercises", "nowhere"]),
        (nobody, &DETACH),
    ] {
        let home = container(&[("lib.rs", "")], &metadata);
        let (json, code) = results(home.path(), more);
        let said = json["output"].as_str().unwrap();
        assert!(said.contains("could not be graded"), "{said}");
        assert!(json.get("score").is_none() && json.get("tests").is_none());
        assert_eq!(code, Some(2), "{more:?}");
    }
}

#[test]
fn the_scripts_for_gradescope_are_programs_that_a_shell_can_read() {
    for name in ["setup.sh", "run_autograder"] {
        let file = root().join("tests/class/gradescope").join(name);
        let read = Command::new("bash").arg("-n").arg(&file).output();
        let read = read.expect("there is bash");
        assert!(read.status.success(), "{name}: {read:?}");
    }
    let run = read("tests/class/gradescope/run_autograder");
    assert!(
        run.contains("bindery grade --gradescope --exercises "),
        "{run}"
    );
}

#[test]
fn the_workflow_hands_the_result_of_one_step_to_the_reporter() {
    let text = read("tests/class/classroom.yml");
    let workflow = Yaml::load_from_str(&text).expect("it is YAML");
    let steps = workflow[0]["jobs"]["grade"]["steps"].as_sequence();
    let steps = steps.expect("it has steps");
    let grade = steps.iter().find(|step| step.contains_mapping_key("id"));
    let grade = grade.expect("one step can be named");
    let id = grade["id"].as_str().expect("a name");
    let script = grade["run"].as_str().expect("it runs something");
    assert!(script.contains("classroom/student.output >> \"$GITHUB_OUTPUT\""));
    let handed_in = steps[0]["with"]["path"].as_str();
    assert_eq!(handed_in, Some("class/student"));
    let reporter = steps.last().expect("a last step");
    assert_eq!(reporter["with"]["runners"].as_str(), Some(id));
    let variable = format!("{}_RESULTS", id.to_uppercase());
    let given = reporter["env"][variable.as_str()].as_str();
    let output = format!("${{{{ steps.{id}.outputs.result }}}}");
    assert_eq!(given, Some(output.as_str()));
}
