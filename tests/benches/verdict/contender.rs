//! One of those compared: what it edits, what is then run, and whether that says the truth.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::sample::Sample;
use crate::shell::said;

/// Somebody who gives verdicts, or a floor that nobody gets under.
pub struct Contender {
    /// What it is called in the table.
    pub name: &'static str,
    /// What is edited before each run, where anything is.
    pub edited: Option<Edited>,
    /// What is run after it.
    pub command: Box<dyn Fn() -> Command>,
    /// What it prints when everything has passed, so that no empty run is measured. A floor
    /// judges nothing and has no such words.
    pub passes: Option<&'static str>,
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
            edited.save(&edited.sample.mistaken())?;
            let (_, good, words) = self.run()?;
            let check = edited.sample.caught_by;
            if good || !words.contains(check) {
                return Err(self.wrong(&format!("`{check}` did not see the mistake"), &words));
            }
        }
        self.take_a_turn(0).map(drop)
    }

    /// Saves the n-th edit and measures until the verdict is there, which has to be good.
    pub fn take_a_turn(&self, n: u64) -> Result<Duration, String> {
        if let Some(edited) = &self.edited {
            edited.save(&edited.sample.edited(n))?;
        }
        let (took, good, words) = self.run()?;
        match good && words.contains(self.passes.unwrap_or_default()) {
            true => Ok(took),
            false => Err(self.wrong("a right answer did not pass", &words)),
        }
    }

    fn run(&self) -> Result<(Duration, bool, String), String> {
        let mut command = (self.command)();
        let start = Instant::now();
        let output = command.output();
        let took = start.elapsed();
        let output = output.map_err(|e| self.wrong("it does not start", &e.to_string()))?;
        Ok((took, output.status.success(), said(&output)))
    }

    fn wrong(&self, what: &str, words: &str) -> String {
        format!("{}: {what}\n{}", self.name, words.trim_end())
    }
}
