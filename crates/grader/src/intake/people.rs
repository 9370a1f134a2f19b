//! Everybody who is in the class or handed something in, each under an opaque name.
//!
//! The names are made here from the roster's ids, or from what the collection calls somebody;
//! nothing that is in a student's files has a say.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use crate::files::hex;
use crate::model::{Problem, Student, StudentId};
use crate::roster::{Claim, Found, Roster};

/// Everybody, counted from 0: first those of the roster.
pub(super) struct People<'a> {
    roster: Option<&'a Roster>,
    /// What tells each from all others.
    keys: Vec<String>,
    students: Vec<Student>,
    newcomers: BTreeMap<String, usize>,
}

impl<'a> People<'a> {
    pub fn new(roster: Option<&'a Roster>) -> People<'a> {
        let rows = roster.map_or(&[][..], Roster::rows);
        People {
            roster,
            keys: rows.iter().map(|row| row.key.clone()).collect(),
            students: rows.iter().map(|row| row.student.clone()).collect(),
            newcomers: BTreeMap::new(),
        }
    }

    /// Who claims this. `place` is for the note on somebody whom the roster does not have.
    pub fn who(&mut self, claim: &Claim, place: &str, problems: &mut Vec<Problem>) -> usize {
        let known = self.roster.map(|roster| roster.find(claim));
        let i = match known {
            Some(Found::One(row)) => row,
            _ => self.newcomer(claim, place, problems),
        };
        let also = &mut self.students[i].also;
        for (column, id) in [
            ("canvas_id", &claim.canvas_id),
            ("moodle_id", &claim.moodle_id),
        ] {
            if let Some(id) = id {
                also.entry(column.into()).or_insert_with(|| id.clone());
            }
        }
        i
    }

    fn newcomer(&mut self, claim: &Claim, place: &str, problems: &mut Vec<Problem>) -> usize {
        let number = claim.canvas_id.as_ref().or(claim.moodle_id.as_ref());
        let key = match number {
            Some(number) => format!("{}-{number}", claim.text),
            None => claim.text.clone(),
        };
        if let Some(i) = self.newcomers.get(&key) {
            return *i;
        }
        if self.roster.is_some() {
            problems.push(Problem {
                place: place.into(),
                what: "is of nobody on the roster; it is graded all the same".into(),
            });
        }
        let i = self.students.len();
        self.newcomers.insert(key.clone(), i);
        self.keys.push(key);
        self.students.push(Student {
            name: claim.text.clone(),
            also: BTreeMap::new(),
            // Without a roster nobody is missing from it.
            on_roster: self.roster.is_none(),
        });
        i
    }

    /// Who is called so in a table of the instructor's.
    pub fn called(&self, name: &str) -> Option<usize> {
        match self.roster.map(|roster| roster.find(&Claim::text(name))) {
            Some(Found::One(row)) => Some(row),
            Some(Found::Several(_)) => None,
            Some(Found::Nobody) | None => self.newcomers.get(name).copied().or_else(|| {
                let mut named = self
                    .newcomers
                    .values()
                    .filter(|i| self.students[**i].name == name);
                named.next().copied().filter(|_| named.next().is_none())
            }),
        }
    }

    /// Everybody with an opaque name.
    pub fn named(self) -> Vec<(StudentId, Student)> {
        ids(&self.keys).into_iter().zip(self.students).collect()
    }
}

/// The longest key that is an opaque name as it is.
const LONGEST: usize = 40;

/// An opaque name for each key: `a-z`, `0-9` and hyphens, so that it is safe wherever a name
/// can stand. No two are the same, and a key that is such a name keeps it.
fn ids(keys: &[String]) -> Vec<StudentId> {
    let mut taken = BTreeSet::new();
    let mut ids: Vec<Option<String>> = vec![None; keys.len()];
    // Those that are names come first: nobody else's takes them away.
    for lowered in [false, true] {
        for (key, id) in keys.iter().zip(&mut ids).filter(|(_, id)| id.is_none()) {
            let own = match lowered {
                true => key.to_ascii_lowercase(),
                false => key.clone(),
            };
            *id = Some(own).filter(|own| is_safe(own) && taken.insert(own.clone()));
        }
    }
    let rest = keys.iter().zip(ids).map(|(key, id)| {
        id.unwrap_or_else(|| {
            let base = readable(key);
            let numbers = 2..;
            let numbered = numbers.map(|n| format!("{base}-{n}"));
            let mut names = std::iter::once(base.clone()).chain(numbered);
            names
                .find(|name| taken.insert(name.clone()))
                .unwrap_or(base)
        })
    });
    rest.map(StudentId).collect()
}

fn is_safe(key: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !key.is_empty()
        && key.len() <= LONGEST
        && !key.starts_with('-')
        && key.bytes().all(fits)
        && !is_reserved(key)
}

/// Names that mean something to a file system or a web server.
fn is_reserved(key: &str) -> bool {
    let device = key.strip_prefix("com").or_else(|| key.strip_prefix("lpt"));
    let is_port = device.is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
    is_port || ["aux", "con", "index", "nul", "prn"].contains(&key)
}

/// What can be read of a key, and a fingerprint of all of it.
fn readable(key: &str) -> String {
    let letters = key.chars().map(|c| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() => c,
        _ => ' ',
    });
    let words: String = letters.collect();
    let mut id = words.split_whitespace().collect::<Vec<_>>().join("-");
    id.truncate(24);
    if id.is_empty() {
        id.push_str("student");
    }
    let fingerprint = hex(Sha256::new_with_prefix(key));
    format!("{}-{}", id.trim_end_matches('-'), &fingerprint[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &[&str], expect: &[&str]) {
        let keys: Vec<String> = keys.iter().map(|k| (*k).to_owned()).collect();
        let ids: Vec<String> = ids(&keys).into_iter().map(|id| id.0).collect();
        assert_eq!(ids, expect);
    }

    #[test]
    fn a_safe_id_is_kept_in_lower_case() {
        check(&["s001", "S002", "4211"], &["s001", "s002", "4211"]);
        check(&["ANN", "ann"], &["ann-c63cbc59", "ann"]);
    }

    #[test]
    fn no_name_is_more_than_letters_digits_and_hyphens() {
        let odd = [
            "",
            "-rf",
            "..",
            "a/b",
            "a\nb",
            "\u{202e}nna",
            "Zoë",
            "con",
            "COM1",
            "index",
            "a\\xff",
        ];
        let keys: Vec<String> = odd
            .iter()
            .chain(&[&"x".repeat(300)[..]])
            .map(|k| (*k).to_owned())
            .collect();
        let ids = ids(&keys);
        let distinct: BTreeSet<&StudentId> = ids.iter().collect();
        assert_eq!(distinct.len(), keys.len());
        for StudentId(id) in &ids {
            assert!(is_safe(id), "{id:?}");
        }
    }

    #[test]
    fn two_of_one_key_are_two() {
        check(&["ann", "ann"], &["ann", "ann-49915e0d"]);
        let keys = vec!["Ann Ng".to_owned(); 3];
        let ids = ids(&keys).into_iter().collect::<BTreeSet<_>>();
        assert_eq!(ids.len(), 3);
    }
}
