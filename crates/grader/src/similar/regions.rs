//! The places that two answers have in common.
//!
//! Each fingerprint that both have is a seed. From there the match is followed both ways as
//! long as the tokens are the same, within one piece on either side, and from the longest match
//! down each takes the tokens that no other has taken (greedy string tiling).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::prints::{Document, GRAM};
use super::{Place, Region};

/// In how many places of each answer a fingerprint is looked at. There are more only where a
/// text repeats itself, and there any will do.
const MOST_PLACES: usize = 8;

/// So many tokens of each side, the same ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Match {
    a: usize,
    b: usize,
    length: usize,
}

/// What `a` and `b` have in common, by the order of `a`.
pub(super) fn regions(a: &Document, b: &Document, shared: &BTreeSet<u64>) -> Vec<Region> {
    let mut matches = matches(a, b, shared);
    matches.sort_by_key(|m| (std::cmp::Reverse(m.length), m.a, m.b));
    let mut taken_a = vec![false; a.tokens.len()];
    let mut taken_b = vec![false; b.tokens.len()];
    let mut tiles = Vec::new();
    for found in matches {
        let free = |offset: &usize| !taken_a[found.a + offset] && !taken_b[found.b + offset];
        let Some(part) = longest(found.length, free) else {
            continue;
        };
        let tile = Match {
            a: found.a + part.start,
            b: found.b + part.start,
            length: part.len(),
        };
        taken_a[tile.a..tile.a + tile.length].fill(true);
        taken_b[tile.b..tile.b + tile.length].fill(true);
        tiles.push(tile);
    }
    tiles.sort_by_key(|tile| tile.a);
    let named = tiles.into_iter().enumerate();
    named
        .map(|(index, tile)| Region {
            letter: letter(index),
            tokens: tile.length,
            a: place(a, tile.a..tile.a + tile.length),
            b: place(b, tile.b..tile.b + tile.length),
        })
        .collect()
}

/// The matches that the shared fingerprints lead to, each once, without what is the starter's
/// at their ends.
fn matches(a: &Document, b: &Document, shared: &BTreeSet<u64>) -> Vec<Match> {
    let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for print in b.prints.iter().filter(|p| shared.contains(&p.hash)) {
        let known = places.entry(print.hash).or_default();
        if known.len() < MOST_PLACES {
            known.push(print.at);
        }
    }
    // How far each diagonal is known.
    let mut known: BTreeMap<isize, usize> = BTreeMap::new();
    let mut looked_at: BTreeMap<u64, usize> = BTreeMap::new();
    let mut matches = Vec::new();
    for print in a.prints.iter().filter(|p| shared.contains(&p.hash)) {
        let times = looked_at.entry(print.hash).or_default();
        *times += 1;
        if *times > MOST_PLACES {
            continue;
        }
        for &in_b in places.get(&print.hash).into_iter().flatten() {
            let diagonal = print.at as isize - in_b as isize;
            if known.get(&diagonal).is_some_and(|end| print.at < *end) {
                continue;
            }
            let Some(found) = follow(a, b, print.at, in_b) else {
                continue;
            };
            known.insert(diagonal, found.a + found.length);
            matches.extend(trimmed(a, b, found));
        }
    }
    matches
}

/// The longest match around two tokens, within the pieces that they are in.
fn follow(a: &Document, b: &Document, in_a: usize, in_b: usize) -> Option<Match> {
    let (piece_a, piece_b) = (piece(a, in_a)?, piece(b, in_b)?);
    let same = |a_at: usize, b_at: usize| a.tokens[a_at].code == b.tokens[b_at].code;
    let room_before = (in_a - piece_a.start).min(in_b - piece_b.start);
    let before = (1..=room_before).take_while(|n| same(in_a - n, in_b - n));
    let before = before.count();
    let room_after = (piece_a.end - in_a).min(piece_b.end - in_b);
    let after = (0..room_after).take_while(|n| same(in_a + n, in_b + n));
    Some(Match {
        a: in_a - before,
        b: in_b - before,
        length: before + after.count(),
    })
}

fn piece(document: &Document, token: usize) -> Option<&Range<usize>> {
    let pieces = &document.pieces;
    let index = pieces.partition_point(|(_, piece)| piece.end <= token);
    pieces.get(index).map(|(_, piece)| piece)
}

/// Without the starter's tokens at both ends.
fn trimmed(a: &Document, b: &Document, found: Match) -> Option<Match> {
    let own = |offset: &usize| a.own[found.a + offset] && b.own[found.b + offset];
    let first = (0..found.length).find(own)?;
    let last = (0..found.length).rfind(own)?;
    Some(Match {
        a: found.a + first,
        b: found.b + first,
        length: last + 1 - first,
    })
}

/// The longest run of free tokens, if it is long enough to be shown.
fn longest(length: usize, free: impl Fn(&usize) -> bool) -> Option<Range<usize>> {
    let (mut best, mut start) = (0..0, 0);
    for offset in 0..=length {
        if offset == length || !free(&offset) {
            if offset - start > best.len() {
                best = start..offset;
            }
            start = offset + 1;
        }
    }
    // Half of a fingerprint may be the starter's.
    (best.len() >= GRAM / 2).then_some(best)
}

fn place(document: &Document, tokens: Range<usize>) -> Place {
    let index = document
        .pieces
        .partition_point(|(_, piece)| piece.end <= tokens.start);
    let file = document.pieces.get(index).map_or(0, |(file, _)| *file);
    Place {
        file: document.files.get(file).cloned().unwrap_or_default(),
        first: document.tokens[tokens.start].line,
        last: document.tokens[tokens.end - 1].line,
    }
}

/// `A` to `Z`, then `AA` and so on.
fn letter(index: usize) -> String {
    let last = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        let letters = [0, 25, 26, 52, 701, 702].map(letter);
        assert_eq!(letters, ["A", "Z", "AA", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn the_longest_free_run_is_taken() {
        let taken = [3, 4, 14];
        let free = |offset: &usize| !taken.contains(offset);
        assert_eq!(longest(16, free), Some(5..14));
        assert_eq!(longest(6, free), None);
    }
}
