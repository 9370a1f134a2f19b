//! One of those compared: what it edits, what is then run, and whether that says the truth.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::sample::Sample;
use crate::shell::said;
use crate::watch::Watch;

/// Somebody who gives verdicts, or a floor that nobody gets under.
pub struct Contender {
    /// What it is called in the table.
    pub name: &'static str,
    /// What is edited before each run, where anything is.
    pub edited: Option<Edited>,
    /// What then gives the verdict.
    pub how: How,
    /// What it prints when everything has passed, so that no empty run is measured. A floor
    /// judges nothing and has no such words.
    pub passes: Option<&'static str>,
}

/// Where a verdict comes from.
pub enum How {
    /// A program that is started for each.
    Command(Box<dyn Fn() -> Command>),
    /// One that is there all the time.
    Watch(RefCell<Watch>),
}

/// One that is set up when its turn comes, which may not work.
pub struct Candidate<'a> {
    /// What it is called in the table.
    pub name: &'static str,
    /// Installs it.
    pub set_up: Box<dyn FnOnce() -> Result<Contender, String> + 'a>,
}

/// The learner's file.
pub struct Edited {
    /// Where it lies.
    pub path: PathBuf,
    /// What is in it.
    pub sample: Sample,
    /// What follows the answer in the same file.
    pub tail: String,
}

impl Edited {
    /// A sample's file in a workbook of bindery.
    pub fn of(workbook: &Path, sample: Sample) -> Edited {
        Edited {
            path: workbook.join(sample.place).join(sample.file),
            sample,
            tail: String::new(),
        }
    }

    fn save(&self, answer: &str) -> Result<(), String> {
        std::fs::write(&self.path, format!("{answer}{}", self.tail))
            .map_err(|e| format!("{}: {e}", self.path.display()))
    }
}

impl Contender {
    /// Has a wrong answer judged and then a right one: a benchmark of runs that fail, or of
    /// runs that look at nothing, would be worth nothing. This is also the first build.
    pub fn get_ready(&self) -> Result<(), String> {
        eprintln!("trying {} …", self.name);
        if let (Some(edited), Some(_)) = (&self.edited, self.passes) {
            let (_, good, words) = self.judge(&edited.sample.mistaken())?;
            let seen = edited
                .sample
                .caught_by
                .iter()
                .any(|check| words.contains(check));
            if good || !seen {
                return Err(self.wrong("a wrong answer was not seen to be wrong", &words));
            }
        }
        self.take_a_turn(0).map(drop)
    }

    /// Saves the n-th edit and measures until the verdict is there, which has to be good.
    pub fn take_a_turn(&self, n: u64) -> Result<Duration, String> {
        let answer = self.edited.as_ref().map(|edited| edited.sample.edited(n));
        let (took, good, words) = self.judge(&answer.unwrap_or_default())?;
        match good && words.contains(self.passes.unwrap_or_default()) {
            true => Ok(took),
            false => Err(self.wrong("a right answer did not pass", &words)),
        }
    }

    /// How long it took, whether it was good, and in which words.
    fn judge(&self, answer: &str) -> Result<(Duration, bool, String), String> {
        let start = Instant::now();
        if let Some(edited) = &self.edited {
            edited.save(answer)?;
        }
        match &self.how {
            How::Command(command) => {
                let output = command().output();
                let took = start.elapsed();
                let output = output.map_err(|e| self.wrong("it does not start", &e.to_string()))?;
                Ok((took, output.status.success(), said(&output)))
            }
            How::Watch(watch) => {
                let words = watch.borrow_mut().verdict();
                let took = start.elapsed();
                let words = words.map_err(|words| self.wrong("no verdict came", &words))?;
                Ok((took, self.passes.is_some_and(|p| words.contains(p)), words))
            }
        }
    }

    fn wrong(&self, what: &str, words: &str) -> String {
        format!("{}: {what}\n{}", self.name, words.trim_end())
    }
}
