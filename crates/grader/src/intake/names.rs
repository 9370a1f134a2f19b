//! What the name of a folder, an archive or a file says: whose it is, and for what.
//!
//! These names are the collection's: a portal has written them, or the instructor. The forms
//! that Canvas and Moodle give to their downloads are known, and any other can be described
//! with `--names`. A name that can be read as two students is read as neither.

use std::collections::BTreeSet;

use crate::intake::archive::Packed;
use crate::intake::pattern::{Pattern, Reading};
use crate::intake::place::{ONLY_ENDING, Place, Wanted, by_ending, called, place};
use crate::roster::{Claim, Found, Roster};

/// What is there under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    Archive,
    File,
}

/// What a name says.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    /// Whose it is.
    pub claim: Claim,
    /// For which of the wanted exercises.
    pub exercise: Option<usize>,
    /// Which attempt; 0 where it does not say.
    pub attempt: u32,
    /// What the student called the file, where the portal has put something before it.
    pub own_name: Option<String>,
    /// The portal says that it is late.
    pub late: bool,
}

/// All that names are read by.
pub(super) struct Reader<'a> {
    /// What is wanted.
    pub wanted: &'a [Wanted<'a>],
    /// Who is expected.
    pub roster: Option<&'a Roster>,
    /// How names are mapped, if not in one of the known ways.
    pub pattern: Option<&'a Pattern>,
    /// Whose everything is, where it is one student's.
    pub whose: Option<&'a str>,
}

impl Reader<'_> {
    /// Reads a name, or says why that cannot be done.
    pub fn read(&self, name: &str, kind: Kind) -> Result<Label, String> {
        if let Some(whose) = self.whose {
            return Ok(Label {
                claim: Claim::text(whose),
                ..Label::default()
            });
        }
        let readings = match self.pattern {
            Some(pattern) => self.by_pattern(pattern, name),
            None => moodle(name)
                .or_else(|| canvas(name).filter(|_| kind != Kind::Folder))
                .map_or_else(|| self.by_stem(name, kind), |label| vec![label]),
        };
        self.choose(readings)
    }

    /// Which editable file a file is that was handed in without a folder.
    pub fn lone_file(&self, label: &Label, name: &str) -> Option<Place> {
        let name = label.own_name.as_deref().unwrap_or(name);
        let with_ending = |wanted: &[Wanted<'_>], first: usize| {
            let (exercise, file) = by_ending(wanted, name)?;
            Some(Place {
                exercise: first + exercise,
                file,
                attempt: 0,
                rank: ONLY_ENDING,
                folder: String::new(),
            })
        };
        let found = match label.exercise {
            Some(exercise) => with_ending(&self.wanted[exercise..=exercise], exercise),
            None => place(self.wanted, &[name.to_owned()]).or_else(|| with_ending(self.wanted, 0)),
        };
        found.map(|place| Place {
            attempt: label.attempt,
            ..place
        })
    }

    fn by_pattern(&self, pattern: &Pattern, name: &str) -> Vec<Label> {
        let known = |name: &str| self.exercise(name).is_some();
        let readings = pattern.readings(name, &known).into_iter();
        readings.map(|reading| self.label(reading)).collect()
    }

    /// `ann`, `ann.zip`, `ann.rs`, or with the exercise behind it: `ann_detach.rs`.
    fn by_stem(&self, name: &str, kind: Kind) -> Vec<Label> {
        let stem = match kind {
            Kind::Folder => name,
            Kind::Archive => Packed::stem(name),
            Kind::File => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
        };
        let whole = Reading {
            student: stem.into(),
            ..Reading::default()
        };
        let separators: &[char] = &['_', '-', '.', ' '];
        let split = stem.match_indices(separators).find_map(|(at, separator)| {
            let exercise = &stem[at + separator.len()..];
            let fits = at > 0 && self.exercise(exercise).is_some();
            fits.then(|| Reading {
                student: stem[..at].into(),
                exercise: Some(exercise.into()),
                attempt: None,
            })
        });
        let split = split.filter(|_| kind != Kind::Folder);
        let readings = split.into_iter().chain([whole]);
        readings.map(|reading| self.label(reading)).collect()
    }

    fn exercise(&self, name: &str) -> Option<usize> {
        let mut wanted = self.wanted.iter();
        wanted.position(|w| called(w.exercise, name).is_some())
    }

    fn label(&self, reading: Reading) -> Label {
        Label {
            claim: Claim::text(&reading.student),
            exercise: reading.exercise.and_then(|name| self.exercise(&name)),
            attempt: reading.attempt.unwrap_or(0),
            ..Label::default()
        }
    }

    /// The one way to read a name. The roster says which it is; without one, or where it knows
    /// none of them, it is the first.
    fn choose(&self, labels: Vec<Label>) -> Result<Label, String> {
        let Some(roster) = self.roster else {
            let first = labels.into_iter().next();
            return first.ok_or_else(|| "is not named as `--names` says".into());
        };
        let mut rows = BTreeSet::new();
        let mut known = None;
        for label in &labels {
            match roster.find(&label.claim) {
                Found::One(row) => {
                    rows.insert(row);
                    known.get_or_insert_with(|| label.clone());
                }
                Found::Several(several) => rows.extend(several),
                Found::Nobody => {}
            }
        }
        match (rows.len(), known) {
            (0, _) => {
                let first = labels.into_iter().next();
                first.ok_or_else(|| "is not named as `--names` says".into())
            }
            (1, Some(label)) => Ok(label),
            _ => {
                let who: Vec<String> = rows.iter().map(|row| roster.describe(*row)).collect();
                Err(format!(
                    "could be of several students, and is counted for none: {}",
                    who.join(", ")
                ))
            }
        }
    }
}

/// Moodle: `Ann Ng_77_assignsubmission_file_`, and the student's file name where there are no
/// folders.
fn moodle(name: &str) -> Option<Label> {
    let (who, own) = name.split_once("_assignsubmission_file")?;
    let (who, id) = who.rsplit_once('_')?;
    let own = own.trim_start_matches('_');
    (is_number(id) && !who.is_empty()).then(|| Label {
        claim: Claim {
            text: who.into(),
            moodle_id: Some(id.into()),
            canvas_id: None,
        },
        own_name: (!own.is_empty()).then(|| own.into()),
        ..Label::default()
    })
}

/// Canvas: `nglee_late_4211_98765_lib.rs`, with `lib-1.rs` for the second attempt.
fn canvas(name: &str) -> Option<Label> {
    let parts: Vec<&str> = name.split('_').collect();
    let at = (1..parts.len().saturating_sub(2))
        .find(|at| is_number(parts[*at]) && is_number(parts[at + 1]))?;
    let late = at > 1 && parts[at - 1].eq_ignore_ascii_case("late");
    let who = parts[..at - usize::from(late)].join("_");
    let (own_name, attempt) = canvas_attempt(&parts[at + 2..].join("_"));
    (!who.is_empty()).then(|| Label {
        claim: Claim {
            text: who,
            canvas_id: Some(parts[at].into()),
            moodle_id: None,
        },
        exercise: None,
        attempt,
        own_name: Some(own_name),
        late,
    })
}

/// `lib-1.rs` is `lib.rs`, handed in for the second time.
fn canvas_attempt(name: &str) -> (String, u32) {
    let stem = Packed::stem(name);
    let stem = match stem.len() == name.len() {
        true => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
        false => stem,
    };
    let again = stem
        .rsplit_once('-')
        .filter(|(own, number)| !own.is_empty() && number.len() <= 3 && is_number(number));
    match again {
        Some((own, number)) => {
            let ending = &name[stem.len()..];
            (format!("{own}{ending}"), number.parse().unwrap_or(0) + 1)
        }
        None => (name.into(), 1),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_canvas_are_read() {
        let check = |name: &str, who: &str, id: &str, own: &str, attempt: u32, late: bool| {
            let label = canvas(name).unwrap();
            assert_eq!(label.claim.text, who, "{name}");
            assert_eq!(label.claim.canvas_id.as_deref(), Some(id), "{name}");
            assert_eq!(label.own_name.as_deref(), Some(own), "{name}");
            assert_eq!((label.attempt, label.late), (attempt, late), "{name}");
        };
        check(
            "nglee_4211_98765_lib.rs",
            "nglee",
            "4211",
            "lib.rs",
            1,
            false,
        );
        check(
            "nglee_LATE_4211_98765_lib-2.rs",
            "nglee",
            "4211",
            "lib.rs",
            3,
            true,
        );
        check(
            "nglee_4211_98765_a-1.tar.gz",
            "nglee",
            "4211",
            "a.tar.gz",
            2,
            false,
        );
        // What a student called the file changes nothing of what Canvas has put before it.
        check(
            "nglee_4211_98765_bo_1_2_lib.rs",
            "nglee",
            "4211",
            "bo_1_2_lib.rs",
            1,
            false,
        );
        assert!(canvas("ann_lib.rs").is_none());
        assert!(canvas("ann_1_2").is_none());
        assert!(canvas("_1_2_lib.rs").is_none());
    }

    #[test]
    fn names_of_moodle_are_read() {
        let check = |name: &str, who: &str, own: Option<&str>| {
            let label = moodle(name).unwrap();
            assert_eq!(label.claim.text, who, "{name}");
            assert_eq!(label.claim.moodle_id.as_deref(), Some("77"), "{name}");
            assert_eq!(label.own_name.as_deref(), own, "{name}");
        };
        check("Ann Ng_77_assignsubmission_file_", "Ann Ng", None);
        check("Ann Ng_77_assignsubmission_file", "Ann Ng", None);
        check(
            "Ann_N_77_assignsubmission_file_lib.rs",
            "Ann_N",
            Some("lib.rs"),
        );
        assert!(moodle("Ann Ng_x_assignsubmission_file_").is_none());
        assert!(moodle("Ann Ng_77_assignsubmission_onlinetext_").is_none());
    }
}
