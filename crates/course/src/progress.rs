//! What a learner has shown of one exercise, in `.bindery/results/<slug>.json`.
//!
//! Keyed by slug, so renumbering a folder loses nothing. Which hints were read
//! is in a file of its own ([`crate::HintsSeen`]).

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{CourseError, Problem};
use crate::exercise::Exercise;
use crate::store::{Found, alone, read_or_set_aside, replace, results_dir};

/// The latest results of one exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The exercise.
    pub slug: String,
    /// The fingerprint of the editable files that were checked.
    pub digest: String,
    /// The checks that were run on them.
    pub checks: Vec<CheckResult>,
    /// Whether all checks have passed at once, now or ever before.
    pub done: bool,
    /// Where an unreadable predecessor was moved, if this call found one.
    #[serde(skip)]
    pub set_aside: Option<PathBuf>,
}

/// The outcome of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckResult {
    /// The check's name.
    pub name: String,
    /// What it is worth.
    pub points: u32,
    /// Whether it passed.
    pub passed: bool,
    /// What it said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Progress {
    /// What is on record; nothing is an empty record.
    pub fn load(root: &Path, exercise: &Exercise) -> Result<Progress, CourseError> {
        let path = file(root, exercise);
        // Nobody has begun: make no folder for the sake of looking.
        if !path.exists() {
            return Ok(Progress::empty(exercise));
        }
        // The usual case takes no lock, so that a reader never waits for a writer.
        if let Ok(text) = std::fs::read_to_string(&path)
            && let Some(good) = parse(&text, exercise)
        {
            return Ok(good);
        }
        alone(root, || read(&path, exercise))
    }

    /// Records the outcome of checks that were run on the files of `digest`,
    /// taken before they ran: the learner may have gone on typing since.
    ///
    /// A run of some checks keeps what the others said of the same files.
    pub fn record(
        root: &Path,
        exercise: &Exercise,
        digest: &str,
        checks: Vec<CheckResult>,
    ) -> Result<Progress, CourseError> {
        let path = file(root, exercise);
        alone(root, || {
            let mut progress = read(&path, exercise)?;
            progress.merge(exercise, digest, checks);
            let json = serde_json::to_vec_pretty(&progress)
                .map_err(|e| CourseError::new(&path, Problem::Unwritable(e.into())))?;
            replace(&path, &json)?;
            Ok(progress)
        })
    }

    /// Whether the editable files have changed since they were checked.
    pub fn stale(&self, exercise: &Exercise) -> Result<bool, CourseError> {
        Ok(!self.checks.is_empty() && self.digest != exercise.digest()?)
    }

    /// The points of the checks that passed.
    pub fn points(&self) -> u32 {
        self.checks
            .iter()
            .filter(|c| c.passed)
            .map(|c| c.points)
            .sum()
    }

    fn empty(exercise: &Exercise) -> Progress {
        Progress {
            slug: exercise.slug.clone(),
            digest: String::new(),
            checks: Vec::new(),
            done: false,
            set_aside: None,
        }
    }

    fn merge(&mut self, exercise: &Exercise, digest: &str, new: Vec<CheckResult>) {
        let specs = &exercise.manifest.checks;
        let mut merged = new;
        if self.digest == digest {
            for old in self.checks.drain(..) {
                // The course may have been updated under the learner's feet.
                let current = specs
                    .iter()
                    .any(|s| s.name == old.name && s.points == old.points);
                if current && merged.iter().all(|c| c.name != old.name) {
                    merged.push(old);
                }
            }
        }
        merged.sort_by_key(|c| {
            specs
                .iter()
                .position(|s| s.name == c.name)
                .unwrap_or(usize::MAX)
        });
        let passed = |name: &str| merged.iter().any(|c| c.name == name && c.passed);
        let complete =
            merged.iter().all(|c| c.passed) && specs.iter().all(|spec| passed(&spec.name));
        self.done |= complete;
        self.digest = digest.to_owned();
        self.checks = merged;
    }
}

fn file(root: &Path, exercise: &Exercise) -> PathBuf {
    results_dir(root).join(format!("{}.json", exercise.slug))
}

fn parse(text: &str, exercise: &Exercise) -> Option<Progress> {
    let progress: Progress = serde_json::from_str(text).ok()?;
    (progress.slug == exercise.slug).then_some(progress)
}

fn read(path: &Path, exercise: &Exercise) -> Result<Progress, CourseError> {
    Ok(
        match read_or_set_aside(path, |text| parse(text, exercise))? {
            Found::Good(progress) => progress,
            Found::Nothing => Progress::empty(exercise),
            Found::Corrupt(aside) => Progress {
                set_aside: Some(aside),
                ..Progress::empty(exercise)
            },
        },
    )
}
