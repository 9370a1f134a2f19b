//! What can be wrong with a course on disk, said so that it can be put right.
//!
//! Every error names the file, where in it if that is known, the cause, and
//! through [`CourseError::hint`] the one next step. Printing is left to the
//! command.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A trouble with one file or folder of the course.
#[derive(Debug, thiserror::Error)]
#[error("`{}{}`: {problem}", path.display(), Suffix(*place))]
pub struct CourseError {
    path: PathBuf,
    place: Option<Place>,
    exercise: Option<String>,
    problem: Box<Problem>,
}

/// A position in a text file, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl Place {
    /// The start of a line.
    pub(crate) fn line(line: usize) -> Place {
        Place { line, column: 1 }
    }
}

/// The kinds of trouble, each with what it takes to explain it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Neither the folder nor any above it is the workbook.
    #[error("neither this folder nor any above it is the workbook")]
    NotAWorkbook,
    /// A file every exercise or solution has is not there.
    #[error("{what} is missing")]
    Missing {
        /// What the file is for.
        what: &'static str,
    },
    /// The solution is there and its exercise is not.
    #[error("the exercise's folder is missing, though `solutions/` has its answer")]
    FolderGone,
    /// Reading failed.
    #[error("cannot be read: {0}")]
    Unreadable(io::Error),
    /// Writing failed.
    #[error("cannot be written: {0}")]
    Unwritable(io::Error),
    /// The folder's name is not a number and a name.
    #[error("the folder's name is not two digits, an underscore and a snake_case name")]
    FolderName,
    /// Two folders side by side have the same number.
    #[error("has the same number as `{other}`")]
    RepeatedNumber {
        /// The folder that had it first.
        other: String,
    },
    /// Two exercises have the same slug.
    #[error("the slug `{slug}` belongs to `{other}` already")]
    RepeatedSlug {
        /// The slug.
        slug: String,
        /// The exercise that had it first.
        other: String,
    },
    /// A former slug that another exercise has or had.
    #[error("`formerly` has `{slug}`, which belongs to `{other}`")]
    FormerSlug {
        /// The slug.
        slug: String,
        /// The exercise that has it, or has claimed it first.
        other: String,
    },
    /// Not TOML, or a value of another type.
    #[error("{}{message}", key.as_ref().map(|k| format!("`{k}`: ")).unwrap_or_default())]
    Toml {
        /// The key the parser was at, where it is known.
        key: Option<String>,
        /// What the parser says.
        message: String,
    },
    /// A key nobody reads.
    #[error("unknown key `{key}`")]
    UnknownKey {
        /// The key as written.
        key: String,
        /// The known key that is spelled most like it.
        near: Option<String>,
        /// All known keys.
        allowed: Vec<String>,
    },
    /// A key that must be there.
    #[error("the key `{key}` is missing")]
    MissingKey {
        /// The key.
        key: String,
    },
    /// A value out of its range.
    #[error("`{key}` is {value}, which is not {allowed}")]
    Value {
        /// The key.
        key: String,
        /// The value as written.
        value: String,
        /// What is allowed.
        allowed: String,
    },
    /// A value that must occur once.
    #[error("`{key}` has `{value}` twice")]
    Repeated {
        /// The key.
        key: String,
        /// The repeated value.
        value: String,
    },
    /// No check declares how the starter fails it.
    #[error("no check says how the starter fails it")]
    NothingFails,
    /// A starter that passes needs a reason.
    #[error("`starter = \"passes\"` stands without a `reason`")]
    NoReason,
    /// A reason for something that was not declared.
    #[error("`reason` stands without `starter = \"passes\"`")]
    IdleReason,
    /// The starter is said both to pass and to fail.
    #[error("the starter passes, and yet the check `{check}` says how it fails")]
    PassesAndFails {
        /// The check with a `starter`.
        check: String,
    },
    /// A file under `starter/` that the manifest does not list.
    #[error("the starter holds a file that `editable` does not list")]
    StrayStarter,
    /// A line the head of a wrong answer lacks.
    #[error("the comment at its head has no `{key}:` line{}", after.as_ref().map(|a| format!(" after `caught-by: {a}`")).unwrap_or_default())]
    NoHeaderLine {
        /// The key of the line.
        key: &'static str,
        /// The `caught-by` it belongs to.
        after: Option<String>,
        /// The line to add, in the file's own comment syntax.
        add: String,
    },
    /// A line in the head of a wrong answer that belongs to nothing.
    #[error("a `says:` line with no `caught-by:` of its own before it")]
    LoneSays,
    /// A line that may stand once in the head of a wrong answer.
    #[error("a second `{key}:` line")]
    SecondHeaderLine {
        /// The key of the line.
        key: &'static str,
    },
    /// A wrong answer is to be caught by a check that does not exist.
    #[error("`caught-by: {name}` names no check")]
    NoSuchCheck {
        /// The name as written.
        name: String,
        /// The check that is spelled most like it.
        near: Option<String>,
        /// All visible and hidden checks.
        checks: Vec<String>,
    },
    /// The three numbered hints are not all there.
    #[error("hint {0} is missing")]
    MissingStep(usize),
    /// A numbered hint out of order, or a fourth.
    #[error("`## {heading}` stands where {expected} belongs")]
    HintOrder {
        /// The heading as written.
        heading: String,
        /// What belongs there.
        expected: String,
    },
    /// A hint with no text.
    #[error("`## {0}` has no text under it")]
    EmptyHint(String),
}

struct Suffix(Option<Place>);

impl fmt::Display for Suffix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(place) => write!(f, ":{}:{}", place.line, place.column),
            None => Ok(()),
        }
    }
}

impl CourseError {
    /// A trouble with a file, at no place in particular.
    pub fn new(path: impl Into<PathBuf>, problem: Problem) -> CourseError {
        CourseError {
            path: path.into(),
            place: None,
            exercise: None,
            problem: Box::new(problem),
        }
    }

    pub(crate) fn at(mut self, place: Place) -> CourseError {
        self.place = Some(place);
        self
    }

    pub(crate) fn of_exercise(mut self, id: &str) -> CourseError {
        self.exercise.get_or_insert_with(|| id.to_owned());
        self
    }

    /// The same error with its path shown from `root`, which is what a learner
    /// who stands there can type.
    pub fn relative_to(mut self, root: &Path) -> CourseError {
        if let Ok(short) = self.path.strip_prefix(root)
            && !short.as_os_str().is_empty()
        {
            self.path = short.to_owned();
        }
        self
    }

    /// The file or folder in trouble.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where in the file, if that is known.
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// The exercise it concerns, such as `06_gil/02_detach`, so that a learner
    /// who asks for a broken exercise is told why it is not in the course.
    pub fn exercise(&self) -> Option<&str> {
        self.exercise.as_deref()
    }

    /// What is wrong.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The one next step.
    pub fn hint(&self) -> String {
        let path = self.path.display();
        match &*self.problem {
            Problem::NotAWorkbook => {
                "change into the folder that holds `exercises/`, or make one with `bindery init DIR`"
                    .into()
            }
            Problem::Missing { .. } | Problem::FolderGone => {
                format!("put it back with `git restore {path}`, or write it")
            }
            Problem::Unreadable(_) | Problem::Unwritable(_) => {
                format!("look at its permissions with `ls -ld {path}`")
            }
            Problem::FolderName => {
                "rename it to something like `02_detach`, or move it out of `exercises/`".into()
            }
            Problem::RepeatedNumber { .. } => format!("give `{path}` a number of its own"),
            Problem::RepeatedSlug { .. } => format!("give `{path}` a name of its own"),
            Problem::FormerSlug { slug, other } => format!(
                "delete `{slug}` from `formerly`, or `exercises/{other}` if that is left over"
            ),
            Problem::Toml { .. } => match self.place {
                Some(place) => format!("correct line {} of `{path}`", place.line),
                None => format!("correct `{path}`"),
            },
            Problem::UnknownKey {
                near: Some(near), ..
            } => format!("did you mean `{near}`?"),
            Problem::UnknownKey { allowed, .. } if allowed.is_empty() => "delete it".into(),
            Problem::UnknownKey { allowed, .. } => {
                format!("delete it, or use one of {}", list(allowed))
            }
            Problem::MissingKey { key } => format!("add `{key} = …` to `{path}`"),
            Problem::Value { key, allowed, .. } => format!("set `{key}` to {allowed}"),
            Problem::Repeated { key, .. } => {
                format!("delete one of the two from `{key}`, or rename it")
            }
            Problem::NothingFails => "give at least one check `starter = \"a fragment of the \
                 message it fails with\"`, or declare `starter = \"passes\"` with a `reason`"
                .into(),
            Problem::NoReason => "add `reason = \"why nothing can fail yet\"`".into(),
            Problem::IdleReason => "delete it, or declare `starter = \"passes\"`".into(),
            Problem::PassesAndFails { .. } => "delete one of the two `starter` keys".into(),
            Problem::StrayStarter => "delete it, or list it under `editable`".into(),
            Problem::NoHeaderLine { add, .. } => match self.place {
                Some(place) => format!("add `{add}` after line {}", place.line),
                None => format!("begin the file with `{add}`"),
            },
            Problem::LoneSays => {
                "put a `caught-by:` line before it, each with one `says:`".to_owned()
            }
            Problem::SecondHeaderLine { .. } => "delete one of the two".into(),
            Problem::NoSuchCheck {
                near: Some(near), ..
            } => format!("did you mean `{near}`?"),
            Problem::NoSuchCheck { checks, .. } => {
                format!("use `build` or one of {}", list(checks))
            }
            Problem::MissingStep(n) => format!("add a section `## {n}. …` to `{path}`"),
            Problem::HintOrder { .. } => "write `## 1. …`, `## 2. …` and `## 3. …` in this order, \
                 then any number of `## When: <part of a message>`"
                .into(),
            Problem::EmptyHint(_) => "write the hint, or delete its heading".into(),
        }
    }
}

/// Names in backticks with commas between.
pub(crate) fn list<S: AsRef<str>>(names: &[S]) -> String {
    names
        .iter()
        .map(|n| format!("`{}`", n.as_ref()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The name spelled most like `word`, if any is close enough to be a slip.
pub(crate) fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_all(word, names).into_iter().next()
}

/// All names close enough to `word` to be what was meant, closest first.
///
/// A third of the letters may differ: more, and a short word suggests anything.
pub fn nearest_all<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    let mut close: Vec<_> = names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    close.sort_by_key(|(distance, _)| *distance);
    close.into_iter().map(|(_, name)| name).collect()
}
