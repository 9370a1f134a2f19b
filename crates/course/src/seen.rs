//! Which hints a learner has had shown, in `.bindery/results/<slug>.hints`.
//!
//! One line a hint: the number of a step, or `when: <signature>`. Apart from the
//! results, so that asking for a hint never waits for a check to be recorded.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::error::CourseError;
use crate::exercise::Exercise;
use crate::store::{Record, alone};

/// The hints shown so far, in the order in which they were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HintsSeen {
    /// Without repetitions.
    pub shown: Vec<Reveal>,
    /// Where an unreadable predecessor was moved, if this call found one.
    pub set_aside: Option<PathBuf>,
}

/// One hint that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reveal {
    /// One of the three steps, from 1.
    Step(usize),
    /// A hint keyed to this signature.
    Keyed(String),
}

impl fmt::Display for Reveal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reveal::Step(n) => write!(f, "{n}"),
            Reveal::Keyed(signature) => write!(f, "when: {signature}"),
        }
    }
}

impl FromStr for Reveal {
    type Err = std::num::ParseIntError;

    fn from_str(line: &str) -> Result<Reveal, Self::Err> {
        match line.strip_prefix("when: ") {
            Some(signature) => Ok(Reveal::Keyed(signature.to_owned())),
            None => line.parse().map(Reveal::Step),
        }
    }
}

impl HintsSeen {
    /// What was shown so far.
    pub fn load(root: &Path, exercise: &Exercise) -> Result<HintsSeen, CourseError> {
        let record = Record::of(root, exercise, "hints");
        match record.peek(parse) {
            Some(found) => Ok(HintsSeen::of(found, None)),
            None => alone(root, || read(&record)),
        }
    }

    /// Records that a hint was shown.
    pub fn add(root: &Path, exercise: &Exercise, hint: Reveal) -> Result<HintsSeen, CourseError> {
        HintsSeen::join(root, exercise, [hint])
    }

    /// Records that all of these were shown.
    pub fn join(
        root: &Path,
        exercise: &Exercise,
        hints: impl IntoIterator<Item = Reveal>,
    ) -> Result<HintsSeen, CourseError> {
        let record = Record::of(root, exercise, "hints");
        // One line a hint: a line break would make the file unreadable.
        let one_line = |hint| match hint {
            Reveal::Keyed(signature) => Reveal::Keyed(signature.replace(['\r', '\n'], " ")),
            step => step,
        };
        alone(root, || {
            let mut seen = read(&record)?;
            let before = seen.shown.len();
            seen.take(hints.into_iter().map(one_line));
            if seen.shown.len() > before {
                let lines: String = seen.shown.iter().map(|hint| format!("{hint}\n")).collect();
                record.write(lines.as_bytes())?;
            }
            Ok(seen)
        })
    }

    fn of(found: Vec<Vec<Reveal>>, set_aside: Option<PathBuf>) -> HintsSeen {
        let mut seen = HintsSeen {
            shown: Vec::new(),
            set_aside,
        };
        seen.take(found.into_iter().flatten());
        seen
    }

    fn take(&mut self, hints: impl Iterator<Item = Reveal>) {
        for hint in hints {
            if !self.shown.contains(&hint) {
                self.shown.push(hint);
            }
        }
    }

    /// The furthest step shown, 0 if none.
    pub fn furthest_step(&self) -> usize {
        let step = |hint: &Reveal| match hint {
            Reveal::Step(n) => *n,
            Reveal::Keyed(_) => 0,
        };
        self.shown.iter().map(step).max().unwrap_or(0)
    }
}

fn read(record: &Record) -> Result<HintsSeen, CourseError> {
    let (found, set_aside) = record.read(parse)?;
    Ok(HintsSeen::of(found, set_aside))
}

fn parse(text: &str) -> Option<Vec<Reveal>> {
    text.lines().map(|line| line.parse().ok()).collect()
}
