//! What was found, as files: `similar.json`, and pages that need no network and no script.
//!
//! `similar.html` holds the ranking and how alike the class's answers usually are; a page for
//! each ranked pair shows both sources side by side. A place that both have is marked by a
//! letter and a border, and by colour besides.

mod sides;

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use maud::{Markup, PreEscaped, html};

use super::{COLUMNS, Class, Compared, Likeness, Pair};
use crate::outputs::OutputError;
use crate::outputs::folder::Folder;
use crate::outputs::page as frame;

const STYLE: &str = include_str!("page/style.css");

/// Where the pages of the pairs lie.
const PAIRS: &str = "pairs";

/// Writes `similar.json`, `similar.html` and the pages of the pairs into a folder. Pages of an
/// earlier ranking are removed.
pub fn write(class: &Class<'_>, likeness: &Likeness, out: &Path) -> Result<(), OutputError> {
    let folder = Folder::new(out);
    let mut places = BTreeSet::new();
    let pairs = likeness.pairs.iter().zip(1..);
    let solutions = likeness.solutions.iter().zip(1..);
    for (pair, number) in pairs.chain(solutions) {
        let place = place(pair, number);
        folder.write(&place, sides::page(class, pair).as_bytes())?;
        places.insert(place);
    }
    for place in pages(out)?.difference(&places) {
        folder.remove(place)?;
    }
    let json = serde_json::to_string_pretty(likeness).expect("names and numbers are JSON");
    folder.write("similar.json", (json + "\n").as_bytes())?;
    folder.write("similar.html", index(class, likeness).as_bytes())
}

/// A pair's page, within the folder.
fn place(pair: &Pair, number: usize) -> String {
    match pair.b {
        Some(_) => format!("{PAIRS}/pair-{number:03}.html"),
        None => format!("{PAIRS}/solution-{number:03}.html"),
    }
}

/// What [`place`] has named, and nothing else that may lie there.
fn pages(out: &Path) -> Result<BTreeSet<String>, OutputError> {
    let path = out.join(PAIRS);
    let entries = match std::fs::read_dir(&path) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        entries => entries.map_err(OutputError::io("read", &path))?,
    };
    let mut found = BTreeSet::new();
    for entry in entries {
        let entry = entry.map_err(OutputError::io("read", &path))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let number = name
            .strip_prefix("pair-")
            .or_else(|| name.strip_prefix("solution-"))
            .and_then(|rest| rest.strip_suffix(".html"));
        if number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
            found.insert(format!("{PAIRS}/{name}"));
        }
    }
    Ok(found)
}

/// A page in the frame that all pages have, with what ours need besides.
fn page(title: &str, body: &Markup) -> String {
    let body = html! {
        // Ours, from a file beside this one.
        style { (PreEscaped(STYLE)) }
        (body)
    };
    frame::page(title, false, &body)
}

fn index(class: &Class<'_>, likeness: &Likeness) -> String {
    let body = html! {
        h1 { "Likeness" }
        (what_it_means(likeness))
        h2 { "The pairs that are most alike" }
        (ranking(class, &likeness.pairs))
        @if likeness.exercises.iter().any(|e| e.to_solution.is_some()) {
            h2 { "Nearest to the published answer" }
            p {
                "The published answer is public, and it is often the natural one. What many of \
                 the class wrote counts in this table, since they may have it from there."
            }
            (ranking(class, &likeness.solutions))
        }
        h2 { "What is usual" }
        p {
            "All pairs of answers to an exercise, by their likeness in percent. A pair says \
             something only where it stands apart from the others. The bars grow with the \
             logarithm of the count, so that a single pair can be seen."
        }
        @for exercise in &likeness.exercises { (usual(class, exercise)) }
    };
    page("Likeness", &body)
}

/// What a high number can mean, and what it cannot.
fn what_it_means(likeness: &Likeness) -> Markup {
    html! {
        p {
            "This page shows places that two answers have in common. It says nothing about how \
             they came to be there. A high likeness can mean that two worked together, that one \
             saw the other's answer, that both had the same help or read the same page, or that \
             there is one natural way to write it: a short exercise has one natural answer. It \
             cannot tell these apart, and it cannot say who was first. Look at the places, \
             compare with what is usual below, and talk to people before you conclude anything."
        }
        p {
            "Likeness is the share of the shorter answer that is found in the other one, by \
             fingerprints of " (likeness.gram) " tokens. Names, comments, layout, literals and \
             the order of functions make no difference. The starter's text does not count, and \
             neither does what more than a fifth of a class (and more than ten) wrote alike: \
             places that so many share are therefore not shown. Of several attempts the last \
             one is compared."
        }
    }
}

fn ranking(class: &Class<'_>, pairs: &[Pair]) -> Markup {
    if pairs.is_empty() {
        return html! { p { "None has anything in common." } };
    }
    html! {
        div.wide {
            table {
                thead {
                    tr {
                        th { "" } th.n { "likeness" } th { "exercise" } th { "one" } th { "other" }
                        th.n { "one in other" } th.n { "other in one" } th.n { "in both" }
                        th.n { "shared" } th.n { "places" }
                    }
                }
                tbody {
                    @for (pair, number) in pairs.iter().zip(1..) {
                        tr {
                            td.n {
                                a href=(place(pair, number)) { (number) }
                            }
                            td.n { (percent(pair.likeness)) }
                            td { (pair.exercise) }
                            td { bdi { (class.who(Some(&pair.a))) } }
                            td { bdi { (class.who(pair.b.as_ref())) } }
                            td.n { (percent(pair.a_in_b)) }
                            td.n { (percent(pair.b_in_a)) }
                            td.n { (percent(pair.jaccard)) }
                            td.n { (pair.shared) }
                            td.n { (pair.regions.len()) }
                        }
                    }
                }
            }
        }
    }
}

fn usual(class: &Class<'_>, compared: &Compared) -> Markup {
    let pairs: u64 = compared.histogram.iter().sum();
    html! {
        h3 { (compared.title) " (" (compared.exercise) ")" }
        p {
            (compared.answers) " answers, " (pairs) " pairs."
            @if compared.common > 0 {
                " " (compared.common) " fingerprints do not count: many have them."
            }
        }
        @if pairs > 0 {
            (histogram("pairs of answers", &compared.histogram))
        }
        @if let Some(columns) = &compared.to_solution {
            (histogram("answers, by their likeness to the published one", columns))
        }
        @if !compared.too_little.is_empty() {
            details {
                summary {
                    (compared.too_little.len())
                    " not compared: too little in them is neither the starter's nor everybody's"
                }
                p {
                    @for (index, student) in compared.too_little.iter().enumerate() {
                        @if index > 0 { ", " }
                        bdi { (class.who(Some(student))) }
                    }
                }
            }
        }
    }
}

fn histogram(what: &str, columns: &[u64]) -> Markup {
    let most = columns.iter().copied().max().unwrap_or(0) as f64;
    let step = 100 / COLUMNS;
    html! {
        table.histogram {
            caption { (what) }
            @for (index, count) in columns.iter().enumerate() {
                tr {
                    th { (index * step) "\u{2013}" ((index + 1) * step) " %" }
                    td {
                        div.column style={ "width:" (width(*count, most)) "%" } {}
                    }
                    td.n { @if *count > 0 { (count) } }
                }
            }
        }
    }
}

/// Of a bar, in percent.
fn width(count: u64, most: f64) -> String {
    let share = (1.0 + count as f64).ln() / (1.0 + most).ln().max(1.0);
    format!("{:.1}", 100.0 * share.min(1.0))
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}
