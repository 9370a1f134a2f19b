//! What is tried: a submission with a head that says which rows of the list of threats it is
//! for, what keeps it from succeeding and what it must come to.

use std::path::PathBuf;

use grader::model::{Judgement, Outcome, Status};
use proof::root;

/// Who keeps an attack from succeeding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocker {
    /// The jail: without one it succeeds, which shows that it is tried.
    Jail,
    /// The judge, who holds the expected values: it fails without a jail as well.
    Judge,
    /// Limits. Without a jail it is not tried: it would harm this machine.
    Limits,
    /// Nothing. What it earns is marked as counted inside a process of the student's.
    Mark,
}

#[derive(Clone, Debug)]
pub struct Attack {
    pub name: String,
    pub rows: Vec<String>,
    pub exercise: String,
    pub tries: String,
    pub blocker: Blocker,
    /// The jail in which it does succeed: what it gains there is written in the table.
    pub weaker_in: Option<String>,
    /// The outcome, or how one of the checks failed.
    comes_to: Vec<String>,
    /// How many points it may have at most.
    earns: u32,
    /// Whether a tripwire must have been touched.
    flagged: bool,
    pub text: String,
}

impl Attack {
    /// All that lie in the repository, by name.
    pub fn all() -> Vec<Attack> {
        let folder = root().join("tests/attacks/submissions");
        let entries = std::fs::read_dir(&folder).expect("there are attacks");
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        files.iter().map(Attack::read).collect()
    }

    fn read(file: &PathBuf) -> Attack {
        let text = std::fs::read_to_string(file).expect("it is text");
        let head = |key: &str| {
            let value = text.lines().take(12).find_map(|line| {
                let line = line.trim_start_matches(['/', '!', '#', '*', ' ']);
                line.strip_prefix(key)?.strip_prefix(": ")
            });
            value.map(str::to_owned)
        };
        let must = |key: &str| head(key).unwrap_or_else(|| panic!("{file:?} has no `{key}`"));
        let list = |text: String, by: char| -> Vec<String> {
            text.split(by).map(|item| item.trim().to_owned()).collect()
        };
        let blocker = match must("blocked-by").as_str() {
            "the jail" => Blocker::Jail,
            "the judge" => Blocker::Judge,
            "limits" => Blocker::Limits,
            "a mark on what was counted inside" => Blocker::Mark,
            other => panic!("{file:?}: nobody is called `{other}`"),
        };
        Attack {
            name: file.file_stem().unwrap().to_str().unwrap().to_owned(),
            rows: list(must("rows"), ','),
            exercise: must("exercise"),
            tries: must("tries"),
            blocker,
            weaker_in: head("weaker-in"),
            comes_to: list(must("comes-to"), '|'),
            earns: must("earns").parse().expect("a number"),
            flagged: head("flagged").as_deref() == Some("yes"),
            text,
        }
    }

    /// What is wrong with its verdict.
    pub fn wrong_with(&self, judgement: &Judgement) -> Vec<String> {
        let mut wrong = Vec::new();
        let outcome = match judgement.outcome {
            Outcome::Ran => "ran",
            Outcome::DoesNotBuild => "does-not-build",
            Outcome::BuildTimedOut => "build-timed-out",
            Outcome::Refused => "refused",
            // Who can bring that about is never marked.
            Outcome::Error => "error",
        };
        let checks = judgement.checks.iter();
        let mut kinds: Vec<&str> = checks.map(|check| check.kind.as_str()).collect();
        kinds.push(outcome);
        if outcome == "error" || !self.comes_to.iter().any(|to| kinds.contains(&to.as_str())) {
            wrong.push(format!("came to {kinds:?}: {}", judgement.compiler));
        }
        if points(judgement) > self.earns {
            wrong.push(format!("earned {}", points(judgement)));
        }
        if self.flagged && judgement.flags.is_empty() {
            wrong.push("touched no tripwire".to_owned());
        }
        let passed = judgement.checks.iter();
        let mut passed = passed.filter(|check| check.status == Status::Passed);
        if self.blocker == Blocker::Mark && !passed.any(|check| check.counted_inside) {
            wrong.push("nothing is marked as counted inside".to_owned());
        }
        wrong
    }
}

/// What a judgement is worth.
pub fn points(judgement: &Judgement) -> u32 {
    let passed = judgement.checks.iter();
    let passed = passed.filter(|check| check.status == Status::Passed);
    passed.map(|check| check.points).sum()
}
