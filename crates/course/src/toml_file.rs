//! A TOML file that remembers where things stand in it.
//!
//! Turns the parser's and serde's messages into typed problems with line,
//! column and key; what the keys mean is left to whoever asked.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

use crate::error::{CourseError, Place, Problem, list, nearest};

/// A TOML file that has been read and not yet understood.
pub struct TomlFile {
    path: PathBuf,
    text: String,
}

impl TomlFile {
    /// Reads the file at `path`; `what` it is for is said where it is missing.
    pub fn read(path: &Path, what: &'static str) -> Result<TomlFile, CourseError> {
        Ok(TomlFile::of(path, &read_text(path, what)?))
    }

    /// The file at `path` whose text is known already.
    pub fn of(path: &Path, text: &str) -> TomlFile {
        TomlFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// What it says, in somebody's types.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, CourseError> {
        toml::from_str(&self.text).map_err(|e| {
            let span = e.span().unwrap_or(0..0);
            let problem = self.explain(e.message(), &span);
            self.fail(span, problem)
        })
    }

    /// An error at a place in this file.
    pub fn fail(&self, span: Range<usize>, problem: Problem) -> CourseError {
        CourseError::new(&self.path, problem).at(self.place(span.start))
    }

    /// The line and column of a byte.
    pub fn place(&self, offset: usize) -> Place {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Place {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// serde says in words what it knows in types; the words are stable, and
    /// whatever is not recognised is passed on as it is.
    fn explain(&self, message: &str, span: &Range<usize>) -> Problem {
        let key = || self.key_at(span.start);
        let mut quoted = message.split('`').skip(1).step_by(2).map(str::to_owned);
        if message.starts_with("unknown field")
            && let Some(key) = quoted.next()
        {
            let allowed: Vec<_> = quoted.collect();
            let near = nearest(&key, allowed.iter().map(String::as_str)).map(str::to_owned);
            Problem::UnknownKey { key, near, allowed }
        } else if message.starts_with("missing field")
            && let Some(key) = quoted.next()
        {
            Problem::MissingKey { key }
        } else if message.starts_with("unknown variant")
            && let Some(value) = quoted.next()
        {
            let allowed: Vec<_> = quoted.collect();
            let allowed = match allowed.as_slice() {
                [only] => format!("`{only}`"),
                several => format!("one of {}", list(several)),
            };
            Problem::Value {
                key: key().unwrap_or_else(|| "a value".into()),
                value: format!("`{value}`"),
                allowed,
            }
        } else {
            let message = message
                .trim_end_matches('.')
                .replace("expected i64", "expected a whole number")
                .replace("expected a sequence", "expected an array");
            Problem::Toml {
                key: key(),
                message,
            }
        }
    }

    /// The key whose value covers an offset.
    fn key_at(&self, offset: usize) -> Option<String> {
        key_in(DeTable::parse(&self.text).ok()?.get_ref(), offset)
    }
}

fn key_in(table: &DeTable<'_>, offset: usize) -> Option<String> {
    table
        .iter()
        .find_map(|(key, value)| covers(value.get_ref(), value.span(), offset, key.get_ref()))
}

fn covers(value: &DeValue<'_>, span: Range<usize>, offset: usize, key: &str) -> Option<String> {
    match value {
        // The span of `[table]` is its header's, so it says nothing of what is below.
        DeValue::Table(inner) => key_in(inner, offset),
        DeValue::Array(items) => items
            .iter()
            .find_map(|item| covers(item.get_ref(), item.span(), offset, key))
            .or_else(|| span.contains(&offset).then(|| key.to_owned())),
        _ => span.contains(&offset).then(|| key.to_owned()),
    }
}

/// Reads a text file whose absence is an error with its own words.
pub(crate) fn read_text(path: &Path, what: &'static str) -> Result<String, CourseError> {
    fs::read_to_string(path).map_err(|e| {
        let problem = match e.kind() {
            std::io::ErrorKind::NotFound => Problem::Missing { what },
            _ => Problem::Unreadable(e),
        };
        CourseError::new(path, problem)
    })
}
