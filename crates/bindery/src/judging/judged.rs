//! What an exercise came to, as the check program wrote it down.

use course::Exercise;
use serde_json::{Value, json};

/// What one exercise came to.
#[derive(Clone, Debug)]
pub enum Judged {
    /// Its checks were run.
    Ran {
        /// What became of each, in their order.
        checks: Vec<Checked>,
        /// What the compiler said of the learner's code.
        warnings: String,
        /// What the check program said beside its verdicts.
        said: String,
    },
    /// The compiler refused it, in these words.
    DoesNotBuild(String),
}

/// What became of one check.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What it claims of the learner's answer.
    pub claim: String,
    /// What it is worth.
    pub points: u64,
    /// Whether it passed.
    pub status: Status,
    /// What went wrong, in a sentence; empty for one that passed.
    pub message: String,
    /// What should have come, where it can be said.
    pub expected: Option<String>,
    /// What came.
    pub got: Option<String>,
    /// More to know, each with a title: stacks, what was printed, compilers' words.
    pub notes: Vec<(String, String)>,
    /// All of it, as the check program wrote it down.
    pub record: Value,
}

/// Whether a check passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It holds.
    Passed,
    /// The answer is wrong.
    Failed,
    /// The judge could not say: never the learner's fault.
    Error,
}

impl Judged {
    /// The exit code that says it: 0 for right, 1 for wrong, 2 for the judge's own fault.
    pub fn code(&self) -> u8 {
        match self {
            Judged::DoesNotBuild(_) => 1,
            Judged::Ran { checks, .. } if checks.iter().any(|c| c.status == Status::Error) => 2,
            Judged::Ran { checks, .. } => {
                u8::from(checks.iter().any(|c| c.status != Status::Passed))
            }
        }
    }

    /// The points of the checks that passed.
    pub fn points(&self) -> u64 {
        match self {
            Judged::DoesNotBuild(_) => 0,
            Judged::Ran { checks, .. } => {
                let passed = checks.iter().filter(|c| c.status == Status::Passed);
                passed.map(|c| c.points).sum()
            }
        }
    }

    /// For programs.
    pub fn in_json(&self, exercise: &Exercise) -> Value {
        let (status, compiler, checks) = match self {
            Judged::DoesNotBuild(messages) => ("does-not-build", messages, Vec::new()),
            Judged::Ran {
                checks, warnings, ..
            } => (
                ["passed", "failed", "error"][usize::from(self.code())],
                warnings,
                checks.iter().map(|check| check.record.clone()).collect(),
            ),
        };
        json!({
            "id": exercise.id(),
            "slug": exercise.slug,
            "title": exercise.manifest.title,
            "status": status,
            "points": self.points(),
            "max_points": exercise.total_points(),
            "compiler": compiler,
            "checks": checks,
        })
    }
}

impl Checked {
    pub fn read(line: &str) -> Option<Checked> {
        let record: Value = serde_json::from_str(line).ok()?;
        let text = |key: &str| record[key].as_str().map(str::to_owned);
        let notes = record["notes"].as_array().into_iter().flatten();
        let notes =
            notes.filter_map(|n| Some((n[0].as_str()?.to_owned(), n[1].as_str()?.to_owned())));
        Some(Checked {
            claim: text("claim")?,
            points: record["points"].as_u64().unwrap_or_default(),
            status: match record["status"].as_str()? {
                "passed" => Status::Passed,
                "failed" => Status::Failed,
                _ => Status::Error,
            },
            message: text("message").unwrap_or_default(),
            expected: text("expected"),
            got: text("got"),
            notes: notes.collect(),
            record,
        })
    }
}
