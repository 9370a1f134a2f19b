//! What a learner has shown of one exercise, in `.bindery/results/<slug>.json`.
//!
//! Keyed by slug, so renumbering a folder loses nothing; a record under a slug that the
//! exercise had before is found, and moved when something is written. Which hints were
//! read is in a file of its own ([`crate::HintsSeen`]).
//!
//! Done stays done, whatever becomes of the answer or of the course. A newer course may
//! ask for more: [`Progress::new_checks`] says what. A check is known by its name, and is
//! worth what the course says now.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{CourseError, Problem};
use crate::exercise::Exercise;
use crate::manifest::CheckSpec;
use crate::store::{Record, alone};

/// The latest results of one exercise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The exercise.
    pub slug: String,
    /// The fingerprint of the editable files that were checked.
    pub digest: String,
    /// The checks that were run on them.
    pub checks: Vec<CheckResult>,
    /// Whether all checks have passed at once, now or ever before.
    pub done: bool,
    /// The checks that there were then. A record of the first version has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done_with: Vec<String>,
    /// What a newer version of this program has added, kept as it is.
    #[serde(flatten)]
    pub other: Map<String, Value>,
    /// Where an unreadable predecessor was moved, if this call found one.
    #[serde(skip)]
    pub set_aside: Option<PathBuf>,
}

/// The outcome of one check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What a newer version of this program has added, kept as it is.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Progress {
    /// What is on record; nothing is an empty record.
    pub fn load(root: &Path, exercise: &Exercise) -> Result<Progress, CourseError> {
        let record = Record::of(root, exercise, "json");
        match record.peek(|text| parse(text, exercise)) {
            Some(found) => Ok(Progress::of(exercise, found, None)),
            None => alone(root, || read(&record, exercise)),
        }
    }

    /// Records the outcome of checks that were run on the files of `digest`,
    /// taken before they ran: the learner may have gone on typing since.
    ///
    /// A run of some checks keeps what the others said of the same files, and a run of
    /// older files keeps what is known of those that lie there now.
    pub fn record(
        root: &Path,
        exercise: &Exercise,
        digest: &str,
        checks: Vec<CheckResult>,
    ) -> Result<Progress, CourseError> {
        change(root, exercise, |progress, now| {
            progress.merge(exercise, digest, checks, now);
        })
    }

    /// Joins what another copy of the workbook has on record of the exercise with what
    /// this one has. Done is never undone by it.
    pub fn join(
        root: &Path,
        exercise: &Exercise,
        other: Progress,
    ) -> Result<Progress, CourseError> {
        let other = other.brought_up_to_date(exercise);
        change(root, exercise, |progress, now| progress.take(other, now))
    }

    /// Whether the editable files have changed since they were checked.
    pub fn stale(&self, exercise: &Exercise) -> Result<bool, CourseError> {
        Ok(!self.checks.is_empty() && self.digest != exercise.digest()?)
    }

    /// The points of the checks that passed in the latest run.
    pub fn points(&self) -> u32 {
        self.checks
            .iter()
            .filter(|c| c.passed)
            .map(|c| c.points)
            .sum()
    }

    /// The points of the checks that passed in the latest run or when the exercise was
    /// done: those stay earned.
    pub fn earned(&self, exercise: &Exercise) -> u32 {
        let specs = exercise.manifest.checks.iter();
        let earned = specs.filter(|c| self.was_done_with(&c.name) || self.passes(&c.name));
        earned.map(|c| c.points).sum()
    }

    /// The checks that an exercise has got since it was done, and that have not passed.
    pub fn new_checks<'a>(&self, exercise: &'a Exercise) -> Vec<&'a CheckSpec> {
        let specs = exercise.manifest.checks.iter();
        let new = |c: &&CheckSpec| !self.was_done_with(&c.name) && !self.passes(&c.name);
        match self.done {
            true => specs.filter(new).collect(),
            false => Vec::new(),
        }
    }

    fn was_done_with(&self, name: &str) -> bool {
        self.done && (self.done_with.is_empty() || self.done_with.iter().any(|n| n == name))
    }

    fn passes(&self, name: &str) -> bool {
        self.checks.iter().any(|c| c.name == name && c.passed)
    }

    /// One record of all that were found, the last of which is the most present.
    fn of(exercise: &Exercise, found: Vec<Progress>, set_aside: Option<PathBuf>) -> Progress {
        let mut newest_first = found.into_iter().rev();
        let mut progress = newest_first.next().unwrap_or_default();
        for former in newest_first {
            progress.take(former, None);
        }
        progress.set_aside = set_aside;
        progress.brought_up_to_date(exercise)
    }

    fn brought_up_to_date(mut self, exercise: &Exercise) -> Progress {
        self.slug.clone_from(&exercise.slug);
        self.checks.retain_mut(|check| {
            let mut specs = exercise.manifest.checks.iter();
            let spec = specs.find(|spec| spec.name == check.name);
            check.points = spec.map_or(0, |spec| spec.points);
            spec.is_some()
        });
        self
    }

    /// Takes from `other` what this record lacks. Where they are about different files,
    /// those that are there `now` decide.
    fn take(&mut self, other: Progress, now: Option<&str>) {
        match (self.done, other.done) {
            (false, true) => self.done_with = other.done_with,
            // An empty list is that of a record which does not say.
            (true, true) if !self.done_with.is_empty() && !other.done_with.is_empty() => {
                let new = other.done_with.into_iter();
                let new: Vec<_> = new.filter(|n| !self.done_with.contains(n)).collect();
                self.done_with.extend(new);
            }
            _ => {}
        }
        self.done |= other.done;
        for (key, value) in other.other {
            self.other.entry(key).or_insert(value);
        }
        if self.digest == other.digest {
            let new = other.checks.into_iter();
            let new: Vec<_> = new.filter(|c| !self.has_run(&c.name)).collect();
            self.checks.extend(new);
        } else if !other.checks.is_empty() && (self.checks.is_empty() || now == Some(&other.digest))
        {
            self.digest = other.digest;
            self.checks = other.checks;
        }
    }

    fn has_run(&self, name: &str) -> bool {
        self.checks.iter().any(|c| c.name == name)
    }

    fn merge(
        &mut self,
        exercise: &Exercise,
        digest: &str,
        new: Vec<CheckResult>,
        now: Option<&str>,
    ) {
        let specs = &exercise.manifest.checks;
        let mut run = Progress {
            checks: new,
            ..Progress::default()
        };
        if self.digest == digest {
            let known = self.checks.iter();
            let kept: Vec<_> = known.filter(|c| !run.has_run(&c.name)).cloned().collect();
            run.checks.extend(kept);
        }
        run.checks.sort_by_key(|c| {
            let place = specs.iter().position(|s| s.name == c.name);
            place.unwrap_or(usize::MAX)
        });
        if run.checks.iter().all(|c| c.passed) && specs.iter().all(|s| run.passes(&s.name)) {
            self.done = true;
            self.done_with = specs.iter().map(|s| s.name.clone()).collect();
        }
        // Another terminal may have judged what lies there now while this run was under way.
        let late = now != Some(digest) && now == Some(&self.digest);
        if !late {
            digest.clone_into(&mut self.digest);
            self.checks = run.checks;
        }
    }
}

/// Changes a record; `change` is told the fingerprint of the files as they are now.
fn change(
    root: &Path,
    exercise: &Exercise,
    change: impl FnOnce(&mut Progress, Option<&str>),
) -> Result<Progress, CourseError> {
    let record = Record::of(root, exercise, "json");
    alone(root, || {
        let mut progress = read(&record, exercise)?;
        change(&mut progress, exercise.digest().ok().as_deref());
        let json = serde_json::to_vec_pretty(&progress)
            .map_err(|e| CourseError::new(record.path(), Problem::Unwritable(e.into())))?;
        record.write(&json)?;
        Ok(progress)
    })
}

fn parse(text: &str, exercise: &Exercise) -> Option<Progress> {
    let progress: Progress = serde_json::from_str(text).ok()?;
    exercise.is_called(&progress.slug).then_some(progress)
}

fn read(record: &Record, exercise: &Exercise) -> Result<Progress, CourseError> {
    let (found, set_aside) = record.read(|text| parse(text, exercise))?;
    Ok(Progress::of(exercise, found, set_aside))
}
