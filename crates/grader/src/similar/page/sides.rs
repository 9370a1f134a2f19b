//! A page with two answers side by side.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::prints::{Document, Starter};
use super::super::{Class, Files, Pair, Region};
use super::percent;
use crate::text::{one_line, visible};

/// So many lines of a file are shown, and so much of each: nobody reads more.
const MOST_LINES: usize = 2_000;
const LONGEST_LINE: usize = 300;

/// So many colours take turns.
const COLOURS: usize = 6;

/// One of the two.
#[derive(Clone, Copy)]
enum Side {
    A,
    B,
}

impl Side {
    fn letter(self) -> &'static str {
        match self {
            Side::A => "a",
            Side::B => "b",
        }
    }

    fn other(self) -> Side {
        match self {
            Side::A => Side::B,
            Side::B => Side::A,
        }
    }

    fn place(self, region: &Region) -> &super::super::Place {
        match self {
            Side::A => &region.a,
            Side::B => &region.b,
        }
    }
}

/// The page of a pair.
pub(super) fn page(class: &Class<'_>, pair: &Pair) -> String {
    let given = class.given.iter().find(|g| g.exercise == pair.exercise);
    let starter = given.map(|given| Starter::new(&given.starter));
    let starter = starter.unwrap_or_default();
    let none = Files::new();
    let a = class.answer(&pair.exercise, &pair.a);
    let b = match &pair.b {
        Some(student) => class.answer(&pair.exercise, student),
        None => given.and_then(|given| given.solution.as_ref()),
    };
    let names = [class.who(Some(&pair.a)), class.who(pair.b.as_ref())];
    let title = format!("{}: {} and {}", pair.exercise, names[0], names[1]);
    let [one, other] = &names;
    let body = html! {
        p { a href="../similar.html" { "All pairs" } }
        h1 { (pair.exercise) ": " bdi { (one) } " and " bdi { (other) } }
        p {
            "Likeness " (percent(pair.likeness)) ": " (percent(pair.a_in_b))
            " of the first is in the second, " (percent(pair.b_in_a))
            " of the second in the first. A letter leads to the same place on the other side. \
             Slanted lines are the starter's. What is alike here may have more than one reason: \
             see " a href="../similar.html" { "what likeness means" } "."
        }
        (places(&pair.regions))
        div.sides {
            (side(Side::A, one, a.unwrap_or(&none), &starter, &pair.regions))
            (side(Side::B, other, b.unwrap_or(&none), &starter, &pair.regions))
        }
    };
    super::page(&title, &body)
}

fn places(regions: &[Region]) -> Markup {
    html! {
        ul.places {
            @for (index, region) in regions.iter().enumerate() {
                li class=(colour(index)) {
                    a href={ "#a-" (region.letter) } { b { (region.letter) } }
                    " " (region.tokens) " tokens: lines "
                    (region.a.first) "\u{2013}" (region.a.last) " and "
                    (region.b.first) "\u{2013}" (region.b.last)
                }
            }
        }
    }
}

fn side(side: Side, name: &str, files: &Files, starter: &Starter, regions: &[Region]) -> Markup {
    let document = Document::read(files, starter);
    html! {
        section {
            h2 { bdi { (name) } }
            @for (number, (file, content)) in files.iter().enumerate() {
                h3 { (one_line(file)) }
                (source(side, file, content, &own_lines(&document, number), regions))
            }
        }
    }
}

/// The lines of a file that have tokens, and whether any of them is the author's own.
fn own_lines(document: &Document, file: usize) -> BTreeMap<u32, bool> {
    let mut lines = BTreeMap::new();
    let pieces = document.pieces.iter().filter(|(of, _)| *of == file);
    for token in pieces.flat_map(|(_, piece)| piece.clone()) {
        *lines.entry(document.tokens[token].line).or_default() |= document.own[token];
    }
    lines
}

fn source(
    side: Side,
    file: &str,
    content: &[u8],
    own: &BTreeMap<u32, bool>,
    regions: &[Region],
) -> Markup {
    let text = String::from_utf8_lossy(content);
    let lines = text.lines().count();
    let marked = marked(side, file, regions);
    html! {
        div.source {
            @for (line, number) in text.lines().zip(1_u32..).take(MOST_LINES) {
                @let mark = marked.get(&number).copied();
                @let starters = own.get(&number) == Some(&false);
                div class={ "line " (mark.map(colour).unwrap_or_default())
                    @if starters { " starters" } } {
                    span.gutter { (number) }
                    span.letter {
                        @if let Some(index) = mark {
                            (letter(side, number, &regions[index]))
                        }
                    }
                    code { (cut(line)) }
                }
            }
            @if lines > MOST_LINES {
                p { (lines - MOST_LINES) " more lines are not shown." }
            }
        }
    }
}

/// On its first line a place is linked with its counterpart.
fn letter(side: Side, line: u32, region: &Region) -> Markup {
    let letter = &region.letter;
    html! {
        @if side.place(region).first == line {
            a id={ (side.letter()) "-" (letter) } href={ "#" (side.other().letter()) "-" (letter) } {
                (letter)
            }
        } @else {
            (letter)
        }
    }
}

/// The region that each line belongs to: of several the one that begins there, else the first.
fn marked(side: Side, file: &str, regions: &[Region]) -> BTreeMap<u32, usize> {
    let mut marked = BTreeMap::new();
    for (index, region) in regions.iter().enumerate() {
        let place = side.place(region);
        if place.file == file {
            for line in place.first..=place.last {
                marked.entry(line).or_insert(index);
            }
        }
    }
    for (index, region) in regions.iter().enumerate() {
        let place = side.place(region);
        if place.file == file {
            marked.insert(place.first, index);
        }
    }
    marked
}

fn colour(index: usize) -> String {
    format!("r{}", index % COLOURS)
}

fn cut(line: &str) -> String {
    let mut shown: String = line.chars().take(LONGEST_LINE).collect();
    if shown.len() < line.len() {
        shown.push_str(" \u{2026}");
    }
    visible(&shown)
}
