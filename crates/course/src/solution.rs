//! The instructor's side of an exercise: answer, hidden checks, wrong answers.

use std::path::{Path, PathBuf};

use crate::error::{CourseError, Problem};
use crate::exercise::{Exercise, entries};
use crate::manifest::{CheckSpec, read_hidden};
use crate::wrong::Wrong;

/// One folder below `solutions/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// The folder.
    pub dir: PathBuf,
    /// The answer: one file for each editable one, relative to the folder.
    pub files: Vec<PathBuf>,
    /// The hidden checks; empty where they are kept elsewhere.
    pub hidden: Vec<CheckSpec>,
    /// Wrong answers, by name.
    pub wrong: Vec<Wrong>,
}

impl Solution {
    pub(crate) fn open(exercise: &Exercise, dir: &Path) -> Result<Solution, CourseError> {
        let manifest = &exercise.manifest;
        for relative in &manifest.editable {
            let path = dir.join(relative);
            if !path.is_file() {
                let what = "the answer to an editable file";
                return Err(CourseError::new(path, Problem::Missing { what }));
            }
        }
        let hidden = hidden_checks(&dir.join("hidden"), &manifest.checks)?;
        let names: Vec<_> = manifest
            .checks
            .iter()
            .chain(&hidden)
            .map(|c| c.name.as_str())
            .collect();
        let wrong_dir = dir.join("wrong");
        let mut wrong = Vec::new();
        if wrong_dir.is_dir() {
            for (_, path) in entries(&wrong_dir)?
                .into_iter()
                .filter(|(_, p)| p.is_file())
            {
                wrong.push(Wrong::read(&path, &manifest.editable, &names)?);
            }
        }
        Ok(Solution {
            dir: dir.to_owned(),
            files: manifest.editable.clone(),
            hidden,
            wrong,
        })
    }

    /// The files of the answer, where they lie.
    pub fn paths(&self) -> impl Iterator<Item = PathBuf> {
        self.files.iter().map(|path| self.dir.join(path))
    }

    /// The hidden checks' program, if there are any.
    pub fn hidden_program(&self) -> Option<PathBuf> {
        (!self.hidden.is_empty()).then(|| self.dir.join("hidden/checks.rs"))
    }

    /// The sum of the hidden checks.
    pub fn hidden_points(&self) -> u32 {
        self.hidden.iter().map(|c| c.points).sum()
    }
}

/// Reads a folder of hidden checks, which may lie in a private place; none of
/// them is named like a `visible` one. No folder, no hidden checks.
pub fn hidden_checks(dir: &Path, visible: &[CheckSpec]) -> Result<Vec<CheckSpec>, CourseError> {
    if !dir.exists() {
        return Ok(Vec::new());
    }
    let program = dir.join("checks.rs");
    if !program.is_file() {
        let what = "the file of hidden checks";
        return Err(CourseError::new(program, Problem::Missing { what }));
    }
    read_hidden(&dir.join("checks.toml"), visible)
}
