//! Which hints a learner has had shown, in `.bindery/results/<slug>.hints`.
//!
//! One line a hint: the number of a step, or `when: <signature>`. Apart from the
//! results, so that asking for a hint never waits for a check to be recorded.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::error::CourseError;
use crate::exercise::Exercise;
use crate::store::{Found, alone, read_or_set_aside, replace, results_dir};

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

impl HintsSeen {
    /// What was shown so far.
    pub fn load(root: &Path, exercise: &Exercise) -> Result<HintsSeen, CourseError> {
        let path = file(root, exercise);
        if !path.exists() {
            return Ok(HintsSeen::default());
        }
        alone(root, || read(&path))
    }

    /// Records that a hint was shown.
    pub fn add(root: &Path, exercise: &Exercise, hint: Reveal) -> Result<HintsSeen, CourseError> {
        let path = file(root, exercise);
        let hint = match hint {
            // One line a hint: a line break would make the file unreadable.
            Reveal::Keyed(signature) => Reveal::Keyed(signature.replace(['\r', '\n'], " ")),
            step => step,
        };
        alone(root, || {
            let mut seen = read(&path)?;
            if !seen.shown.contains(&hint) {
                seen.shown.push(hint);
                let lines: String = seen.shown.iter().map(|hint| format!("{hint}\n")).collect();
                replace(&path, lines.as_bytes())?;
            }
            Ok(seen)
        })
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

fn file(root: &Path, exercise: &Exercise) -> PathBuf {
    results_dir(root).join(format!("{}.hints", exercise.slug))
}

fn read(path: &Path) -> Result<HintsSeen, CourseError> {
    Ok(match read_or_set_aside(path, parse)? {
        Found::Good(shown) => HintsSeen {
            shown,
            set_aside: None,
        },
        Found::Nothing => HintsSeen::default(),
        Found::Corrupt(aside) => HintsSeen {
            shown: Vec::new(),
            set_aside: Some(aside),
        },
    })
}

fn parse(text: &str) -> Option<Vec<Reveal>> {
    text.lines()
        .map(|line| match line.strip_prefix("when: ") {
            Some(signature) => Some(Reveal::Keyed(signature.to_owned())),
            None => line.parse().ok().map(Reveal::Step),
        })
        .collect()
}
