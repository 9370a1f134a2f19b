//! A program made ready: the placeholders of its command filled. Building it is left to
//! the command itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::{Bench, News};
use crate::error::{GalleryError, io_error};
use crate::ink::Prefix;
use crate::manifest::Program;
use crate::needs::{Missing, Need};

/// What came of making a program ready.
#[derive(Debug)]
pub enum PreparedProgram {
    /// It can be run.
    Ready(ReadyProgram),
    /// This machine lacks something for it.
    Skipped(Missing),
}

/// A program that can be run.
#[derive(Debug)]
pub struct ReadyProgram {
    /// The command; its standard streams are those of this process.
    pub command: Command,
    /// Where it puts its pictures.
    pub out: PathBuf,
}

impl Bench {
    /// Makes what a program needs and fills in its command.
    pub fn prepare_program(
        &self,
        program: &Program,
        progress: &mut dyn FnMut(News<'_>),
    ) -> Result<PreparedProgram, GalleryError> {
        if let Some(missing) = self.missing(&program.about) {
            return Ok(PreparedProgram::Skipped(missing));
        }
        let uses = |name: &str| program.run.iter().any(|word| word.contains(name));
        let mut values: Vec<(&str, PathBuf)> = Vec::new();
        if uses("{library}") || uses("{prefix}") || program.about.needs.contains(&Need::Ink) {
            let prefix = Prefix::ensure(self, progress)?;
            values.push(("{library}", prefix.library()));
            values.push(("{prefix}", prefix.root().to_owned()));
        }
        if uses("{python}") {
            values.push(("{python}", self.environment_or_make(progress)?.python()));
        }
        let out = self.pictures(&program.about.name);
        fs::create_dir_all(&out).map_err(io_error("make", &out))?;
        values.push(("{out}", out.clone()));
        let mut words = program.run.iter().map(|word| {
            values.iter().fold(word.clone(), |word, (name, value)| {
                word.replace(name, &value.to_string_lossy())
            })
        });
        let first = words.next().unwrap_or_default();
        // The cargo that runs us, which a rustup or a script may have chosen.
        let first = match first.as_str() {
            "cargo" => PathBuf::from(builder::cargo().get_program()),
            _ => PathBuf::from(first),
        };
        let mut command = self.command(Path::new(&first));
        command.args(words);
        // Where cargo builds for Python, it is for the one that `cargo test` builds for.
        for name in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
            if let Some(value) = self.surroundings.variable(name) {
                command.env(name, value);
            }
        }
        Ok(PreparedProgram::Ready(ReadyProgram { command, out }))
    }
}
