//! Takes in what students handed in: whose it is, for which exercise, and the editable files.
//!
//! A collection is a folder, or one zip or tar archive of it. In it each student has
//!
//! - a folder: `ann/exercises/06_gil/02_detach/src/lib.rs`, `ann/detach/src/lib.rs`,
//!   `ann/detach/lib.rs`, `ann/detach.rs`, and where it can be no other exercise, `ann/lib.rs`,
//!   each of them as deep as one likes;
//! - an archive (`ann.zip`, `ann.tar`, `ann.tar.gz`) with the same inside, in which there may be
//!   one more archive;
//! - a file for each exercise: `ann_detach.rs`, or `ann.rs` where it can be no other;
//! - or what Canvas (`nglee_4211_98765_lib.rs`) and Moodle (`Ann Ng_77_assignsubmission_file_`)
//!   make of these.
//!
//! Other names are described with `--names`, see [`Options`]. Attempts are folders such as
//! `ann/attempt-2`, or the numbers that Canvas adds (`lib-1.rs`); when they were received stands
//! in `receipts.csv`.
//!
//! All of it was written by strangers. Nothing is unpacked to disk, no link is followed, no file
//! is read that is not asked for, and everything has a limit. What is wrong with one student's
//! files is a [`Problem`] or a submission that is refused, and the others are taken in. Whether
//! an answer is any good is left to others.

mod archive;
mod bytes;
mod choose;
mod error;
mod folder;
mod gather;
mod names;
mod pattern;
mod people;
mod place;
mod receipts;
pub(crate) mod table;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use course::Exercise;

pub use error::IntakeError;

use crate::model::{Intake, Problem, Submission};
use crate::roster::Roster;
use crate::text::one_line;
use archive::Packed;
use choose::{Draft, choose};
use gather::{Gather, HandIn};
use names::Reader;
use pattern::Pattern;
use people::People;
use place::Wanted;
use receipts::Receipts;

/// How a collection is to be read.
#[derive(Clone, Debug)]
pub struct Options {
    /// How names are mapped to students, such as `{student}_{rest}_{exercise}.rs`. Each
    /// placeholder takes as little as it can, from the left; `{attempt}` is a number, and a
    /// slash goes one folder deeper.
    pub names: Option<String>,
    /// Whose all of it is, where a portal hands over one student's files at a time. Then the
    /// collection is what otherwise is a student's folder, and `names` is not looked at.
    pub whose: Option<String>,
    /// The longest file that is taken, in bytes.
    pub file_size: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            names: None,
            whose: None,
            file_size: 1 << 20,
        }
    }
}

/// Takes in a collection. The same collection is taken in the same way each time.
pub fn take_in(
    collection: &Path,
    roster: Option<&Path>,
    wanted: &[Exercise],
    options: &Options,
) -> Result<Intake, IntakeError> {
    let roster = roster.map(Roster::read).transpose()?;
    let pattern = options.names.as_deref().map(Pattern::parse).transpose()?;
    let wanted: Vec<Wanted<'_>> = wanted.iter().map(Wanted::new).collect();
    let reader = Reader {
        wanted: &wanted,
        roster: roster.as_ref(),
        pattern: pattern.as_ref(),
        whose: options.whose.as_deref(),
    };
    let gathered = gather(collection, reader, options.file_size)?;

    let mut problems = gathered.problems;
    problems.extend(roster.iter().flat_map(|roster| roster.problems.clone()));
    let mut people = People::new(roster.as_ref());
    let mut by_student: BTreeMap<usize, Vec<(String, HandIn)>> = BTreeMap::new();
    for (name, hand_in) in gathered.hand_ins {
        let place = one_line(&name);
        match &hand_in.label {
            Ok(label) => {
                let student = people.who(&label.claim, &place, &mut problems);
                by_student.entry(student).or_default().push((name, hand_in));
            }
            Err(why) => problems.push(Problem {
                place,
                what: why.clone(),
            }),
        }
    }
    let receipts = match gathered.receipts {
        Some(bytes) => Receipts::read(&bytes, &wanted, &people, &mut problems)?,
        None => Receipts::default(),
    };

    let people = people.named();
    let mut submissions = Vec::new();
    for (student, hand_ins) in by_student {
        let mut drafts = choose(&wanted, hand_ins, &mut problems);
        while let Some(first) = drafts.first() {
            let same = drafts.iter().take_while(|d| d.exercise == first.exercise);
            let attempts: Vec<Draft> = drafts.drain(..same.count()).collect();
            let exercise = &wanted[attempts[0].exercise].exercise.slug;
            let id = &people[student].0;
            let tell = |what: String| Problem {
                place: format!("{}: {exercise}", id.0),
                what,
            };
            let received = receipts.of(student, &attempts).unwrap_or_else(|why| {
                problems.push(tell(why));
                vec![None; attempts.len()]
            });
            for (draft, received) in attempts.into_iter().zip(received) {
                if draft.late && received.is_none() {
                    problems.push(tell(
                        "is late, says Canvas, and no receipt says by how much".into(),
                    ));
                }
                problems.extend(
                    draft
                        .refused
                        .iter()
                        .map(|why| tell(format!("is refused: {why}"))),
                );
                submissions.push(Submission {
                    student: id.clone(),
                    exercise: exercise.clone(),
                    received,
                    files: draft.files,
                    refused: draft.refused,
                });
            }
        }
    }
    // The attempts at an exercise stay in their order where nobody knows the times.
    submissions.sort_by(|a, b| {
        let by_name = (&a.student, &a.exercise).cmp(&(&b.student, &b.exercise));
        by_name.then_with(|| match (a.received, b.received) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => std::cmp::Ordering::Equal,
        })
    });
    Ok(Intake {
        students: people.into_iter().collect(),
        submissions,
        problems,
    })
}

/// Looks through the collection.
fn gather<'a>(
    collection: &Path,
    reader: Reader<'a>,
    file_size: u64,
) -> Result<Gather<'a>, IntakeError> {
    let unreadable = |source| IntakeError::Unreadable {
        path: collection.to_owned(),
        source,
    };
    let kind = fs::metadata(collection).map_err(unreadable)?;
    if kind.is_dir() {
        let mut gather = Gather::new(reader, file_size, None);
        folder::walk(&mut gather, collection).map_err(unreadable)?;
        return Ok(gather);
    }
    let name = collection.file_name().unwrap_or_default().to_string_lossy();
    let Some(packed) = Packed::of(&name).filter(|_| kind.is_file()) else {
        return Err(IntakeError::NoCollection(collection.to_owned()));
    };
    let file = File::open(collection).map_err(unreadable)?;
    let wrapper = Packed::stem(&name).to_owned();
    let mut gather = Gather::new(reader, file_size, Some(wrapper));
    archive::unpack(&mut gather, packed, file, &[], 0);
    match gather.unopened.take() {
        Some(why) => Err(IntakeError::Unopened {
            path: collection.to_owned(),
            why,
        }),
        None => Ok(gather),
    }
}
