//! How alike the answers to one exercise are, all pairs of them, without a look at any two
//! texts: each fingerprint knows the answers that have it, and an answer counts those that it
//! meets there.

use std::collections::{BTreeMap, BTreeSet};

use super::prints::{Document, Starter};
use super::regions::regions;
use super::{COLUMNS, Class, Compared, Given, Pair};
use crate::model::StudentId;

/// An answer with fewer fingerprints that count says nothing: it is some forty tokens, five
/// lines, and there are not many ways to write them.
const FEWEST_PRINTS: usize = 10;

/// A fingerprint in more than a fifth of the class, and in more than ten answers, is how one
/// writes it. A small class has no such thing: there four who sat together are more than a
/// fifth.
fn is_common(answers: usize, class: usize) -> bool {
    answers > 10 && answers > class / 5
}

/// The hashes of an answer that count.
type Hashes = BTreeSet<u64>;

/// What two answers have in common, by numbers.
struct Shared {
    a: usize,
    b: usize,
    shared: usize,
    likeness: f64,
}

/// Compares the answers to one exercise with each other, and with the published one.
pub(super) fn exercise(
    class: &Class<'_>,
    given: &Given,
    top: usize,
) -> (Compared, Vec<Pair>, Vec<Pair>) {
    let starter = Starter::new(&given.starter);
    let answers = class.answers(&given.exercise);
    let students: Vec<&StudentId> = answers.keys().copied().collect();
    let documents: Vec<Document> = answers
        .values()
        .map(|answer| Document::read(&answer.files, &starter))
        .collect();
    let all: Vec<Hashes> = documents.iter().map(hashes).collect();
    let common = common(&all);
    let counted: Vec<Hashes> = all.iter().map(|hashes| hashes - &common).collect();

    let (mut found, histogram) = meet(&counted);
    found.sort_by(|one, other| {
        let by_likeness = other.likeness.total_cmp(&one.likeness);
        by_likeness.then((other.shared, one.a, one.b).cmp(&(one.shared, other.a, other.b)))
    });
    found.truncate(top);
    let pair = |Shared { a, b, .. }| {
        let sides = [(&documents[a], &counted[a]), (&documents[b], &counted[b])];
        place(given, students[a], Some(students[b]), sides)
    };
    let pairs = found.into_iter().map(pair).collect();

    // What many wrote counts here: they may have it from the published answer.
    let solution = given.solution.as_ref();
    let solution = solution.map(|files| Document::read(files, &starter));
    let mut solutions = Vec::new();
    let mut to_solution = None;
    if let Some(solution) = &solution {
        let published = hashes(solution);
        let columns = to_solution.insert(vec![0; COLUMNS]);
        let mut near: Vec<_> = (0..all.len())
            .filter(|a| all[*a].len().min(published.len()) >= FEWEST_PRINTS)
            .map(|a| {
                (
                    likeness(&all[a], &published, all[a].intersection(&published).count()),
                    a,
                )
            })
            .inspect(|(likeness, _)| columns[column(*likeness)] += 1)
            .filter(|(likeness, _)| *likeness > 0.0)
            .collect();
        near.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        near.truncate(top);
        solutions.extend(near.into_iter().map(|(_, a)| {
            let sides = [(&documents[a], &all[a]), (solution, &published)];
            place(given, students[a], None, sides)
        }));
    }
    let too_little = students.iter().zip(&counted);
    let compared = Compared {
        exercise: given.exercise.clone(),
        title: given.title.clone(),
        answers: documents.len(),
        too_little: too_little
            .filter(|(_, hashes)| hashes.len() < FEWEST_PRINTS)
            .map(|(student, _)| (*student).clone())
            .collect(),
        common: common.len(),
        histogram,
        to_solution,
    };
    (compared, pairs, solutions)
}

/// The most alike first; of equals, those that share more.
pub(super) fn keep_the_most_alike(pairs: &mut Vec<Pair>, top: usize) {
    pairs.sort_by(|one, other| {
        let by_likeness = other.likeness.total_cmp(&one.likeness);
        let name = |pair: &Pair| (pair.exercise.clone(), pair.a.clone(), pair.b.clone());
        by_likeness
            .then(other.shared.cmp(&one.shared))
            .then_with(|| name(one).cmp(&name(other)))
    });
    pairs.truncate(top);
}

fn hashes(document: &Document) -> Hashes {
    document.prints.iter().map(|print| print.hash).collect()
}

/// What so many have that it is how one writes it.
fn common(answers: &[Hashes]) -> Hashes {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for hash in answers.iter().flatten() {
        *counts.entry(*hash).or_default() += 1;
    }
    let common = counts.into_iter();
    common
        .filter(|(_, count)| is_common(*count, answers.len()))
        .map(|(hash, _)| hash)
        .collect()
}

/// All pairs that share anything, and how many pairs are how alike.
fn meet(answers: &[Hashes]) -> (Vec<Shared>, Vec<u64>) {
    let mut having: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (answer, hashes) in answers.iter().enumerate() {
        if hashes.len() >= FEWEST_PRINTS {
            for hash in hashes {
                having.entry(*hash).or_default().push(answer);
            }
        }
    }
    let compared = answers.iter().filter(|a| a.len() >= FEWEST_PRINTS).count();
    let mut histogram = vec![0; COLUMNS];
    let mut found = Vec::new();
    for (a, hashes) in answers.iter().enumerate() {
        let mut counts = vec![0_usize; answers.len()];
        for others in hashes.iter().filter_map(|hash| having.get(hash)) {
            for b in others.iter().filter(|b| **b > a) {
                counts[*b] += 1;
            }
        }
        if hashes.len() < FEWEST_PRINTS {
            continue;
        }
        for (b, shared) in counts.into_iter().enumerate().filter(|(_, n)| *n > 0) {
            let likeness = likeness(hashes, &answers[b], shared);
            histogram[column(likeness)] += 1;
            found.push(Shared {
                a,
                b,
                shared,
                likeness,
            });
        }
    }
    let pairs = compared * compared.saturating_sub(1) / 2;
    histogram[0] += (pairs - found.len()) as u64;
    (found, histogram)
}

fn share(part: usize, whole: usize) -> f64 {
    match whole {
        0 => 0.0,
        whole => part as f64 / whole as f64,
    }
}

/// The larger share: of the shorter answer.
fn likeness(a: &Hashes, b: &Hashes, shared: usize) -> f64 {
    share(shared, a.len().min(b.len()))
}

/// The column of a histogram that a likeness is counted in.
fn column(likeness: f64) -> usize {
    ((likeness * COLUMNS as f64) as usize).min(COLUMNS - 1)
}

/// A pair with its places.
fn place(
    given: &Given,
    a: &StudentId,
    b: Option<&StudentId>,
    [(of_a, in_a), (of_b, in_b)]: [(&Document, &Hashes); 2],
) -> Pair {
    let shared = in_a & in_b;
    let count = shared.len();
    Pair {
        exercise: given.exercise.clone(),
        a: a.clone(),
        b: b.cloned(),
        likeness: likeness(in_a, in_b, count),
        a_in_b: share(count, in_a.len()),
        b_in_a: share(count, in_b.len()),
        jaccard: share(count, in_a.len() + in_b.len() - count),
        shared: count,
        regions: regions(of_a, of_b, &shared),
    }
}
