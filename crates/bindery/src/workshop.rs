//! The workbook on this machine: its exercises, and how far the learner is.

use std::path::PathBuf;

use course::{Course, Exercise, Match, Progress, Survey};

use crate::screen::me;
use crate::trouble::Trouble;

/// Everything a command may ask about.
pub struct Workshop {
    pub root: PathBuf,
    pub survey: Survey,
}

/// How far an exercise has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// All checks have passed.
    Done,
    /// Some were run, or the files differ from the starter.
    Begun,
    /// Nobody has touched it.
    New,
}

impl State {
    pub fn word(self) -> &'static str {
        match self {
            State::Done => "done",
            State::Begun => "begun",
            State::New => "new",
        }
    }
}

/// The workbook that the current folder is in.
pub fn root() -> Result<PathBuf, Trouble> {
    let here = std::env::current_dir().map_err(|e| {
        Trouble::new(
            format!("the current folder cannot be read: {e}"),
            "change to the workbook's folder",
        )
    })?;
    Ok(Course::find_root(&here)?)
}

impl Workshop {
    /// The workbook that the current folder is in.
    pub fn open() -> Result<Workshop, Trouble> {
        let root = root()?;
        let survey = Course::survey(&root);
        Ok(Workshop { root, survey })
    }

    pub fn exercises(&self) -> &[Exercise] {
        &self.survey.course.exercises
    }

    pub fn state(&self, exercise: &Exercise) -> State {
        let progress = Progress::load(&self.root, exercise);
        match progress {
            Ok(progress) if progress.done => State::Done,
            Ok(progress)
                if progress.checks.is_empty() && exercise.is_untouched().unwrap_or(false) =>
            {
                State::New
            }
            _ => State::Begun,
        }
    }

    pub fn done(&self) -> usize {
        self.exercises()
            .iter()
            .filter(|e| self.state(e) == State::Done)
            .count()
    }

    /// The first exercise that is not done.
    pub fn next(&self) -> Option<&Exercise> {
        self.exercises()
            .iter()
            .find(|e| self.state(e) != State::Done)
    }

    /// The exercise that was named, or the next one.
    pub fn named_or_next(&self, name: Option<&str>) -> Result<&Exercise, Trouble> {
        match name {
            Some(name) => self.named(name),
            None => self.next().ok_or_else(|| {
                Trouble::new(
                    "every exercise is done",
                    format!("name one to go back to, as in `{} check detach`", me()),
                )
            }),
        }
    }

    fn named(&self, name: &str) -> Result<&Exercise, Trouble> {
        let listed = |exercises: &[&Exercise]| {
            exercises
                .iter()
                .map(|e| format!("\n    {:<16} {}", e.slug, e.manifest.title))
                .collect::<String>()
        };
        match self.survey.course.lookup(name) {
            Match::One(exercise) => Ok(exercise),
            Match::Many(exercises) => Err(Trouble::new(
                format!("`{name}` could be any of these:{}", listed(&exercises)),
                "type more of the name",
            )),
            Match::None { near } => {
                if let Some(trouble) = self
                    .survey
                    .troubles
                    .iter()
                    .find(|t| t.exercise().is_some_and(|id| id.contains(name)))
                {
                    return Err(Trouble::new(trouble.to_string(), trouble.hint()));
                }
                let like = if near.is_empty() {
                    String::new()
                } else {
                    format!("; similar:{}", listed(&near))
                };
                Err(Trouble::new(
                    format!("there is no exercise `{name}`{like}"),
                    format!("run `{} list` to see them all", me()),
                ))
            }
        }
    }
}
