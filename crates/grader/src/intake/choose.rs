//! Which of the files that may be a student's answer is it.
//!
//! The surest place wins. Where two files are equally sure and not the same, none is taken, and
//! the student is told so: nobody's mark rests on a guess.

use std::collections::{BTreeMap, BTreeSet};

use crate::intake::gather::{Candidate, HandIn};
use crate::intake::names::Kind;
use crate::intake::place::Wanted;
use crate::model::Problem;
use crate::text::one_line;

/// One attempt at one exercise, before anybody knows when it was received.
#[derive(Debug)]
pub(super) struct Draft {
    /// Which of the wanted exercises.
    pub exercise: usize,
    /// Which attempt, as the collection counts them; 0 where it does not.
    pub attempt: u32,
    /// The portal says that it is late.
    pub late: bool,
    /// As [`crate::model::Submission::files`].
    pub files: BTreeMap<String, Vec<u8>>,
    /// As [`crate::model::Submission::refused`].
    pub refused: Option<String>,
}

/// A candidate, and what of the collection stands for the exercise's folder.
type Based = (String, Candidate);

/// All attempts of one student, by exercise and attempt.
pub(super) fn choose(
    wanted: &[Wanted<'_>],
    hand_ins: Vec<(String, HandIn)>,
    problems: &mut Vec<Problem>,
) -> Vec<Draft> {
    name_doubles(&hand_ins, problems);
    let mut groups: BTreeMap<(usize, u32), Vec<Based>> = BTreeMap::new();
    let mut late = BTreeSet::new();
    let mut unopened = Vec::new();
    for (name, hand_in) in hand_ins {
        say_if_nothing_is_there(&name, &hand_in, problems);
        problems.extend(hand_in.problems);
        let Ok(label) = hand_in.label else {
            continue;
        };
        for candidate in hand_in.candidates {
            let place = &candidate.place;
            let group = (place.exercise, place.attempt);
            if label.late {
                late.insert(group);
            }
            // Files that were handed in without a folder belong together.
            let base = match hand_in.kind {
                Kind::File => String::new(),
                _ => format!("{name}/{}", place.folder),
            };
            groups.entry(group).or_default().push((base, candidate));
        }
        unopened.extend(hand_in.unopened.into_iter().map(|u| (label.exercise, u)));
    }

    let mut drafts: Vec<Draft> = Vec::new();
    for (group, candidates) in groups {
        let draft = draft(&wanted[group.0], group, candidates);
        drafts.push(Draft {
            late: late.contains(&group),
            ..draft
        });
    }
    for (only, unopened) in unopened {
        problems.push(Problem {
            place: unopened.source.clone(),
            what: unopened.why.clone(),
        });
        // The answers that are nowhere else may be in there.
        for exercise in 0..wanted.len() {
            let is_meant = only.is_none_or(|only| only == exercise);
            let is_there = |d: &Draft| (d.exercise, d.attempt) == (exercise, unopened.attempt);
            if is_meant && !drafts.iter().any(is_there) {
                drafts.push(Draft {
                    exercise,
                    attempt: unopened.attempt,
                    late: false,
                    files: BTreeMap::new(),
                    refused: Some(format!("`{}` {}", unopened.source, unopened.why)),
                });
            }
        }
    }
    drafts.sort_by_key(|draft| (draft.exercise, draft.attempt));
    drafts
}

/// One attempt, from all that may be its files.
fn draft(wanted: &Wanted<'_>, (exercise, attempt): (usize, u32), candidates: Vec<Based>) -> Draft {
    // Upper and lower case say which file it is, and not which folder.
    let sureness = |candidate: &Candidate| candidate.place.rank / 2;
    let surest = candidates.iter().map(|(_, c)| sureness(c)).min();
    let mut bases: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    for (base, candidate) in candidates {
        if Some(sureness(&candidate)) == surest {
            bases.entry(base).or_default().push(candidate);
        }
    }
    let mut ways: Vec<Result<Files, String>> = Vec::new();
    let mut sources = Vec::new();
    for candidates in bases.into_values() {
        sources.push(candidates[0].source.clone());
        let way = files(wanted, candidates);
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    let one = match ways.len() {
        1 => ways.remove(0),
        _ => Err(either(&sources)),
    };
    let (files, refused) = match one {
        Ok((files, refused)) => (files, refused),
        Err(why) => (BTreeMap::new(), Some(why)),
    };
    Draft {
        exercise,
        attempt,
        late: false,
        files,
        refused,
    }
}

/// The texts, and why it cannot be judged as it is.
type Files = (BTreeMap<String, Vec<u8>>, Option<String>);

/// The files in what stands for the exercise's folder, or why it is not clear which they are.
fn files(wanted: &Wanted<'_>, candidates: Vec<Candidate>) -> Result<Files, String> {
    let mut files = BTreeMap::new();
    let mut refused = Vec::new();
    for (i, path) in wanted.files.iter().enumerate() {
        let mut own: Vec<&Candidate> = candidates.iter().filter(|c| c.place.file == i).collect();
        let exact = own.iter().map(|c| c.place.rank).min();
        own.retain(|c| Some(c.place.rank) == exact);
        let Some(first) = own.first() else {
            continue;
        };
        if own.iter().any(|c| c.content != first.content) {
            let sources: Vec<String> = own.iter().map(|c| c.source.clone()).collect();
            return Err(either(&sources));
        }
        match &first.content {
            Ok(text) => {
                files.insert(path.clone(), text.clone());
            }
            Err(why) => refused.push(format!("`{}` {why}", first.source)),
        }
    }
    Ok((files, (!refused.is_empty()).then(|| refused.join("; "))))
}

fn either(sources: &[String]) -> String {
    let mut sources: Vec<String> = sources.iter().map(|s| format!("`{s}`")).collect();
    sources.dedup();
    let sources = sources.join(", ");
    format!("it is not clear which file is the answer: {sources}")
}

/// Says if a student's folder or archive holds no answer.
fn say_if_nothing_is_there(name: &str, hand_in: &HandIn, problems: &mut Vec<Problem>) {
    if !hand_in.candidates.is_empty() || !hand_in.unopened.is_empty() {
        return;
    }
    let what = match (hand_in.kind, hand_in.strangers.as_slice()) {
        (Kind::File, _) => "does not say which exercise it answers".into(),
        (_, []) => "holds nothing that was asked for".into(),
        (_, strangers) => {
            let strangers: Vec<String> = strangers.iter().map(|s| format!("`{s}`")).collect();
            format!(
                "holds no file where it was asked for; there is {}",
                strangers.join(", ")
            )
        }
    };
    problems.push(Problem {
        place: one_line(name),
        what,
    });
}

/// Says if a student has two folders or archives where one was to be expected.
fn name_doubles(hand_ins: &[(String, HandIn)], problems: &mut Vec<Problem>) {
    let mut first: BTreeMap<_, &String> = BTreeMap::new();
    for (name, hand_in) in hand_ins {
        let (Ok(label), true) = (&hand_in.label, hand_in.kind != Kind::File) else {
            continue;
        };
        let for_what = (label.exercise, label.attempt);
        if let Some(other) = first.get(&for_what) {
            problems.push(Problem {
                place: one_line(name),
                what: format!("is of the same student as `{}`", one_line(other)),
            });
        }
        first.entry(for_what).or_insert(name);
    }
}
