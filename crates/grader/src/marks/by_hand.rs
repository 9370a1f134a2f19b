//! Points and comments that the instructor gives by hand, in a text file of their own.
//!
//! `manual.toml` lies beside the results. It is written once, with nothing but an explanation,
//! and from then on only read, so that no regrade takes away what somebody has typed.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use course::{CourseError, Problem, TomlFile};
use serde::Deserialize;
use toml::Spanned;

use crate::model::{Manual, StudentId};

/// The file's name in the output folder.
pub(super) const NAME: &str = "manual.toml";

const HEAD: &str = "\
# Points and comments by hand. The grader reads this file and never writes it again.
#
# A table for each student and exercise, by the id and the name that grades.csv has:
#
# [s017.detach]
# add = 1.5        # added after lateness; may be negative
# comment = \"A clear explanation in the office hour\"
#
# [s023.detach]
# set = 8          # in place of everything else
#
# Grade again, and they are in the marks.
";

/// What was given by hand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manuals {
    given: BTreeMap<(StudentId, String), (Manual, usize)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    add: Option<Spanned<f64>>,
    set: Option<Spanned<f64>>,
    #[serde(default)]
    comment: String,
}

impl Manuals {
    /// Reads the file in an output folder, and writes an empty one there if there is none.
    pub fn open(out: &Path) -> Result<Manuals, CourseError> {
        let path = out.join(NAME);
        let unwritable = |e| CourseError::new(&path, Problem::Unwritable(e));
        std::fs::create_dir_all(out).map_err(unwritable)?;
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => file.write_all(HEAD.as_bytes()).map_err(unwritable)?,
            Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
            Err(e) => return Err(unwritable(e)),
        }
        Manuals::parse(&TomlFile::read(&path, "the file with points by hand")?)
    }

    /// The same from a text.
    pub fn of(path: &Path, text: &str) -> Result<Manuals, CourseError> {
        Manuals::parse(&TomlFile::of(path, text))
    }

    fn parse(file: &TomlFile) -> Result<Manuals, CourseError> {
        type Tables = BTreeMap<String, BTreeMap<Spanned<String>, Raw>>;
        let tables: Tables = file.parse()?;
        let mut given = BTreeMap::new();
        for (student, exercises) in tables {
            for (exercise, raw) in exercises {
                let manual = Manual {
                    add: number(file, "add", &raw.add)?.unwrap_or(0.0),
                    set: number(file, "set", &raw.set)?,
                    comment: raw.comment,
                };
                let line = file.place(exercise.span().start).line;
                let key = (StudentId(student.clone()), exercise.into_inner());
                given.insert(key, (manual, line));
            }
        }
        Ok(Manuals { given })
    }

    /// What a student was given for an exercise.
    pub fn get(&self, student: &StudentId, exercise: &str) -> Option<&Manual> {
        let key = (student.clone(), exercise.to_owned());
        self.given.get(&key).map(|(manual, _)| manual)
    }

    /// Who was given something for what, and on which line.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&StudentId, &str, usize)> {
        self.given
            .iter()
            .map(|((student, exercise), (_, line))| (student, exercise.as_str(), *line))
    }
}

/// Points that can be added up.
fn number(
    file: &TomlFile,
    key: &str,
    number: &Option<Spanned<f64>>,
) -> Result<Option<f64>, CourseError> {
    match number {
        Some(number) if !(-100_000.0..=100_000.0).contains(number.get_ref()) => {
            let problem = Problem::Value {
                key: key.into(),
                value: number.get_ref().to_string(),
                allowed: "a number of points".into(),
            };
            Err(file.fail(number.span(), problem))
        }
        number => Ok(number.as_ref().map(|number| *number.get_ref())),
    }
}
