//! An answer's fingerprints: hashes of a few tokens in a row, thinned out by winnowing.
//!
//! Which of them count in a class, and what they come to, is decided elsewhere.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::lexer::{Language, Token};
use super::pieces::pieces;

/// How many tokens in a row are one fingerprint: a long line, or two short ones. With fewer, any
/// two programs are alike in `let a = b.c(d);`; with more, one changed line in five hides what
/// was copied around it. Two places alike in fewer tokens than this are not found.
pub(super) const GRAM: usize = 12;

/// Of so many fingerprints in a row at least one is kept, so that what two answers share is
/// found if it is `GRAM + WINDOW - 1` tokens long, wherever it stands (Schleimer, Wilkerson and
/// Aiken, "Winnowing", 2003). Answers here are short: a wider window would keep too few.
pub(super) const WINDOW: usize = 4;

/// How much of an answer is read. Nobody writes as much by hand in an evening.
const MOST_TOKENS: usize = 50_000;

/// One fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Print {
    pub hash: u64,
    /// The token that it begins with.
    pub at: usize,
}

/// An answer, as far as it can be compared.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The files' names, by their number.
    pub files: Vec<String>,
    /// The tokens of all files.
    pub tokens: Vec<Token>,
    /// The file that each piece is of, and its tokens.
    pub pieces: Vec<(usize, Range<usize>)>,
    /// Whether each token is the author's own, and not the starter's.
    pub own: Vec<bool>,
    /// In the order of their places.
    pub prints: Vec<Print>,
}

/// What the starter says, as it is recognised in an answer.
#[derive(Debug, Default)]
pub(super) struct Starter(HashSet<u64>);

impl Starter {
    /// Of the starter's files.
    pub(super) fn new(files: &BTreeMap<String, Vec<u8>>) -> Starter {
        let document = Document::split(files);
        let grams = document.pieces.iter().flat_map(|(_, piece)| {
            let grams = grams(&document.tokens, piece);
            grams.into_iter().map(|(hash, _)| hash)
        });
        Starter(grams.collect())
    }
}

impl Document {
    /// Reads an answer; what is in the starter is not its own.
    pub(super) fn read(files: &BTreeMap<String, Vec<u8>>, starter: &Starter) -> Document {
        let mut document = Document::split(files);
        document.own = vec![true; document.tokens.len()];
        for (_, piece) in &document.pieces {
            for (hash, place) in grams(&document.tokens, piece) {
                if starter.0.contains(&hash) {
                    document.own[place].fill(false);
                }
            }
        }
        for (_, piece) in &document.pieces {
            let grams = grams(&document.tokens, piece);
            let mut grams = grams.into_iter().map(|(hash, place)| {
                let own = document.own[place.clone()].iter().filter(|own| **own);
                // Where the starter ends and an answer begins, everybody's is alike.
                let counts = place.len() == GRAM && 2 * own.count() >= GRAM;
                counts.then_some(Print {
                    hash,
                    at: place.start,
                })
            });
            let mut row = Vec::new();
            loop {
                match grams.next() {
                    Some(Some(print)) => row.push(print),
                    Some(None) => winnow(&std::mem::take(&mut row), &mut document.prints),
                    None => break,
                }
            }
            winnow(&row, &mut document.prints);
        }
        document
    }

    fn split(files: &BTreeMap<String, Vec<u8>>) -> Document {
        let mut document = Document::default();
        for (number, (name, content)) in files.iter().enumerate() {
            let language = Language::of(name);
            let begin = document.tokens.len();
            let tokens = language.tokens(&String::from_utf8_lossy(content), MOST_TOKENS - begin);
            let pieces = pieces(language, &tokens).into_iter();
            let placed = pieces.map(|piece| (number, piece.start + begin..piece.end + begin));
            document.pieces.extend(placed);
            document.tokens.extend(tokens);
            document.files.push(name.clone());
        }
        document
    }
}

/// Each run of [`GRAM`] tokens of a piece, hashed; of a shorter piece, the whole.
fn grams(tokens: &[Token], piece: &Range<usize>) -> Vec<(u64, Range<usize>)> {
    let length = GRAM.min(piece.len());
    let runs = tokens[piece.clone()].windows(length.max(1)).enumerate();
    runs.map(|(offset, run)| {
        let start = piece.start + offset;
        (hash(run), start..start + run.len())
    })
    .collect()
}

/// FNV-1a over the codes, and then a stir: the least of a window is chosen by it, so that each
/// bit has to depend on each token. It is the same on each machine and in each version of Rust,
/// so that a ranking is, too.
fn hash(tokens: &[Token]) -> u64 {
    let step = |hash: u64, token: &Token| {
        (hash ^ u64::from(token.code)).wrapping_mul(0x0000_0100_0000_01b3)
    };
    let mut hash = tokens.iter().fold(0xcbf2_9ce4_8422_2325, step);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

/// Keeps the least of each window: the one that is kept already, else the last of equal ones,
/// so that a text that repeats itself leaves few. A row that is shorter than a window is one.
fn winnow(row: &[Print], kept: &mut Vec<Print>) {
    let mut last: Option<Print> = None;
    for window in row.windows(WINDOW.min(row.len()).max(1)) {
        let least = window.iter().rev().min_by_key(|print| print.hash).copied();
        let still = last.filter(|last| window[0].at <= last.at);
        if still.is_none_or(|last| least.is_some_and(|least| least.hash < last.hash)) {
            kept.extend(least);
            last = least;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(answer: &str, starter: &str) -> Document {
        let files = |text: &str| BTreeMap::from([("a.rs".to_owned(), text.as_bytes().to_vec())]);
        Document::read(&files(answer), &Starter::new(&files(starter)))
    }

    const ONE: &str =
        "fn one(a: u32, b: u32) -> u32 { let c = a + b; if c > 3 { c - 1 } else { a * b } }\n";
    const TWO: &str = "fn two(v: &[u8]) -> usize { v.iter().map(|x| *x as usize).filter(|x| x % 2 == 0).sum() }\n";

    #[test]
    fn nothing_of_the_starter_is_ones_own() {
        let document = read(&format!("{TWO}{ONE}"), &format!("{ONE}\n\n{TWO}"));
        assert!(document.own.iter().all(|own| !own));
        assert_eq!(document.prints, []);
    }

    #[test]
    fn what_is_added_to_the_starter_is() {
        let document = read(&format!("{ONE}{TWO}"), ONE);
        let alone = read(TWO, "");
        let own = document.own.iter().filter(|own| **own);
        assert_eq!(own.count(), alone.tokens.len());
        let hashes = |d: &Document| d.prints.iter().map(|p| p.hash).collect::<Vec<_>>();
        assert_eq!(hashes(&document), hashes(&alone));
        assert!(!alone.prints.is_empty());
    }

    #[test]
    fn one_of_each_window_is_kept() {
        let print = |hash, at| Print { hash, at };
        let row: Vec<_> = [9, 3, 7, 8, 5, 5, 6]
            .into_iter()
            .zip(0..)
            .map(|(h, at)| print(h, at))
            .collect();
        let mut kept = Vec::new();
        winnow(&row, &mut kept);
        assert_eq!(kept, [print(3, 1), print(5, 5)]);
        kept.clear();
        winnow(&row[..2], &mut kept);
        assert_eq!(kept, [print(3, 1)]);
        kept.clear();
        winnow(&[], &mut kept);
        assert_eq!(kept, []);
    }
}
