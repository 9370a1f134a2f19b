//! Likeness: which answers of a class have places in common, and where.
//!
//! It accuses nobody. It says how alike two answers are, how alike the other pairs of the class
//! are, and shows the places side by side; what that means is for a human to find out.
//!
//! An answer becomes tokens in which names, comments and layout make no difference (`lexer`),
//! tokens become pieces whose order makes no difference (`pieces`), pieces become fingerprints
//! (`prints`). Fingerprints of the starter do not count, nor those that many of the class have:
//! that is how one writes it. Those that remain are compared through an inverted index, so that
//! no text is ever held against all others, and for the pairs that are most alike the places
//! are found (`regions`). [`write()`] puts it all on pages, [`export`] hands the texts to JPlag
//! and Dolos.
//!
//! Of several attempts the last one is compared.

pub mod export;
mod lexer;
mod page;
mod pieces;
mod prints;
mod rank;
mod regions;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Student, StudentId, Submission};
use crate::text::one_line;
pub use page::write;

/// The contents of files, by their path in the exercise's folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// How many columns a histogram has.
pub const COLUMNS: usize = 20;

/// What an exercise gave its class.
#[derive(Clone, Debug)]
pub struct Given {
    /// The exercise's slug.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// The editable files as everybody got them.
    pub starter: Files,
    /// The published answer, where there is one.
    pub solution: Option<Files>,
}

/// What is compared: everybody's answers to some exercises.
#[derive(Clone, Copy, Debug)]
pub struct Class<'a> {
    /// Everybody.
    pub students: &'a BTreeMap<StudentId, Student>,
    /// What they handed in; several attempts in the order of their receipt.
    pub submissions: &'a [Submission],
    /// The exercises.
    pub given: &'a [Given],
}

/// What came of it: what `similar.json` holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Likeness {
    /// Of this format.
    pub version: u32,
    /// How many tokens a fingerprint is of.
    pub gram: usize,
    /// Of how many fingerprints in a row one is kept.
    pub window: usize,
    /// Each exercise.
    pub exercises: Vec<Compared>,
    /// The pairs that are most alike, the most alike first.
    pub pairs: Vec<Pair>,
    /// The answers that are most like the published one.
    pub solutions: Vec<Pair>,
}

/// How alike the answers to one exercise are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// The exercise's slug.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// How many answers there are.
    pub answers: usize,
    /// Whose answer has too little in it that is neither the starter's nor everybody's.
    pub too_little: Vec<StudentId>,
    /// How many fingerprints are left out since many of the class have them.
    pub common: usize,
    /// How many pairs of answers are how alike, from 0 to 1 in [`COLUMNS`] equal steps.
    pub histogram: Vec<u64>,
    /// The same for each answer and the published one; nothing where there is none.
    pub to_solution: Option<Vec<u64>>,
}

/// Two answers to one exercise that have something in common.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The exercise's slug.
    pub exercise: String,
    /// The one.
    pub a: StudentId,
    /// The other; nobody where it is the published answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b: Option<StudentId>,
    /// The larger of the two shares below, by which pairs are ranked: who puts something
    /// around what they took does not make it less.
    pub likeness: f64,
    /// How much of the first is in the second.
    pub a_in_b: f64,
    /// How much of the second is in the first.
    pub b_in_a: f64,
    /// How much both have of what either has (Jaccard).
    pub jaccard: f64,
    /// How many fingerprints they share.
    pub shared: usize,
    /// Where, by the first one's lines.
    pub regions: Vec<Region>,
}

/// A place that two answers have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Region {
    /// How a page calls it: `A`, `B`, …
    pub letter: String,
    /// How many tokens it has.
    pub tokens: usize,
    /// In the first answer.
    pub a: Place,
    /// In the second.
    pub b: Place,
}

/// Lines of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The path in the exercise's folder.
    pub file: String,
    /// The first line, from 1.
    pub first: u32,
    /// The last line.
    pub last: u32,
}

impl<'a> Class<'a> {
    /// Everybody's last attempt that has anything in it.
    fn answers(&self, exercise: &str) -> BTreeMap<&'a StudentId, &'a Submission> {
        let handed_in = self.submissions.iter();
        handed_in
            .filter(|s| s.exercise == exercise && !s.files.is_empty())
            .map(|submission| (&submission.student, submission))
            .collect()
    }

    fn answer(&self, exercise: &str, student: &StudentId) -> Option<&'a Files> {
        let answer = self.answers(exercise).get(student).copied()?;
        Some(&answer.files)
    }

    /// The student's name, or the identifier where the name is not known.
    fn name<'b>(&'b self, id: &'b StudentId) -> &'b str {
        match self.students.get(id) {
            Some(student) if !student.name.is_empty() => &student.name,
            _ => &id.0,
        }
    }

    /// A student's name and identifier on a line: of one name there may be two. Without a
    /// student it is the published answer.
    pub fn who(&self, id: Option<&StudentId>) -> String {
        let Some(id) = id else {
            return "the published answer".to_owned();
        };
        let name = one_line(self.name(id));
        match name == id.0 {
            true => name,
            false => format!("{name} ({})", id.0),
        }
    }
}

/// Compares all answers to each exercise, and finds the places for the `top` pairs. The same
/// class has the same ranking, in whatever order it comes.
pub fn compare(class: &Class<'_>, top: usize) -> Likeness {
    let mut likeness = Likeness {
        version: 1,
        gram: prints::GRAM,
        window: prints::WINDOW,
        exercises: Vec::new(),
        pairs: Vec::new(),
        solutions: Vec::new(),
    };
    for given in class.given {
        let (compared, pairs, solutions) = rank::exercise(class, given, top);
        likeness.exercises.push(compared);
        likeness.pairs.extend(pairs);
        likeness.solutions.extend(solutions);
    }
    rank::keep_the_most_alike(&mut likeness.pairs, top);
    rank::keep_the_most_alike(&mut likeness.solutions, top);
    likeness
}
