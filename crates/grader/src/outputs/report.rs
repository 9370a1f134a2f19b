//! `report.html`: the class, for its instructor. Hidden checks and what they saw are in here, so
//! it is not for students.

use maud::{Markup, html};

use super::overview::{CheckCount, Overview, Way};
use super::page::{self, bar, lines, name};
use super::{chart, seen};
use crate::marks::shown;
use crate::model::{Graded, MadeBy, Results, Standing, StudentId};
use crate::text::{one_line, points, visible};

/// How many ways of failing a check are shown, and how many students for each.
const WAYS: usize = 8;
const NAMES: usize = 40;

pub(super) fn encode(results: &Results) -> String {
    let overview = Overview::of(results);
    let body = html! {
        h1 { "The class" }
        p.soft { "For the instructor: it shows hidden checks and what they saw." }
        (tiles(results, &overview))
        (human(&overview))
        h2 { "Distribution" }
        p { "Of those whose marks are complete, as a share of what counts for each." }
        (chart::draw(&chart::histogram(&overview.shares)))
        (exercises(&overview))
        (checks(&overview))
        (concepts(&overview))
        (students(results))
        (made_by(results))
    };
    page::page("The class", results.unsandboxed, &body)
}

fn tiles(results: &Results, overview: &Overview<'_>) -> Markup {
    let standing = |standing| overview.standing(standing);
    html! {
        ul.tiles {
            li { b { (results.students.len()) } "students" }
            li { b { (standing(Standing::Graded)) } "marks" }
            li { b { (standing(Standing::Missing)) } "missing" }
            li { b { (standing(Standing::Pending)) } "pending" }
            li { b { (overview.not_built.len()) } "do not build" }
            @if let Some(median) = overview.median() {
                li { b { (percent(median)) } "median" }
            }
        }
    }
}

fn human(overview: &Overview<'_>) -> Markup {
    html! {
        h2 { "Needs a human" }
        @if overview.human.is_empty() && overview.pending.is_empty() { p { "Nothing." } }
        @if !overview.pending.is_empty() {
            p { (overview.pending.len()) " answers are not graded yet, so they have no mark. Grade again." }
        }
        @if !overview.human.is_empty() {
            div.wide { table {
                thead { tr { th { "where" } th { "what" } } }
                tbody { @for problem in &overview.human {
                    tr { td { (name(&problem.place)) } td dir="auto" { (visible(&problem.what)) } }
                } }
            } }
        }
    }
}

fn exercises(overview: &Overview<'_>) -> Markup {
    html! {
        h2 { "Per exercise" }
        div.wide { table {
            thead { tr {
                th { "exercise" } th.n { "graded" } th.n { "missing" } th.n { "do not build" }
                th.n { "all points" } th.n { "mean" } th {}
            } }
            tbody { @for count in &overview.exercises {
                @let mean = count.points / count.graded.max(1) as f64;
                tr {
                    td { (visible(count.title)) " " span.soft { (count.exercise) } }
                    td.n { (count.graded) } td.n { (count.missing) } td.n { (count.not_built) }
                    td.n { (count.full) }
                    td.n { (points(mean)) " of " (points(count.max_points)) }
                    td { (bar(mean / count.max_points.max(f64::MIN_POSITIVE))) }
                }
            } }
        } }
    }
}

fn checks(overview: &Overview<'_>) -> Markup {
    html! {
        h2 { "Per check" }
        p { "Those first that failed for most, of the answers that they were run on." }
        @for count in &overview.checks { (check(count)) }
    }
}

fn check(count: &CheckCount<'_>) -> Markup {
    let all = count.passed + count.failed;
    html! {
        section.card {
            div.check {
                span.what {
                    (visible(&count.check.claim)) " "
                    span.soft { (count.exercise) " " (one_line(&count.check.name)) }
                    @if count.check.hidden { " " span.hidden { "(hidden from students)" } }
                    @if count.counted_inside {
                        " " span.hidden { "(counted inside the student's own process)" }
                    }
                }
                span.points { (count.failed) " of " (all) " failed" }
                (bar(count.failed as f64 / all.max(1) as f64))
            }
            @for one in count.ways.iter().take(WAYS) { (way(one)) }
            @if count.ways.len() > WAYS {
                p.soft { "and " (count.ways.len() - WAYS) " other ways; results.json has them all" }
            }
        }
    }
}

fn way(way: &Way<'_>) -> Markup {
    let example = way.example;
    html! {
        details {
            summary { (way.students.len()) " x " span.soft { (example.kind) } " " (visible(&example.message)) }
            p { @for student in way.students.iter().take(NAMES) { (link(student)) " " }
                @if way.students.len() > NAMES { "and " (way.students.len() - NAMES) " more" } }
            dl {
                @if let Some(expected) = &example.expected { dt { "expected" } dd { (lines(expected)) } }
                @if let Some(got) = &example.got { dt { "got" } dd { (lines(got)) } }
                @for (title, note) in &example.notes { dt { (visible(title)) } dd { (lines(note)) } }
            }
        }
    }
}

fn concepts(overview: &Overview<'_>) -> Markup {
    html! {
        h2 { "Per concept" }
        p { "How many of the checks about it passed, the hardest first." }
        div.wide { table {
            thead { tr { th { "concept" } th.n { "passed" } th {} } }
            tbody { @for count in &overview.concepts {
                tr {
                    td { (visible(count.concept)) }
                    td.n { (count.passed) " of " (count.all) " (" (percent(count.share())) ")" }
                    td { (bar(count.share())) }
                }
            } }
        } }
    }
}

fn students(results: &Results) -> Markup {
    html! {
        h2 { "Students" }
        div.wide { table {
            thead { tr {
                th { "student" }
                @for asked in &results.exercises { th.n { (asked.exercise) } }
                th.n { "sum" } th.n { "of" }
            } }
            tbody { @for graded in &results.students { (student(graded)) } }
        } }
    }
}

fn student(graded: &Graded) -> Markup {
    html! {
        tr {
            td { (name(&graded.student.name)) " " (link(&graded.id)) }
            @for mark in &graded.exercises { td.n { (shown(mark)) } }
            td.n { (seen::total(graded).map_or("pending".into(), points)) }
            td.n { (points(graded.max_points)) }
        }
    }
}

fn link(student: &StudentId) -> Markup {
    html! { a href=(format!("feedback/{}/index.html", student.0)) { (student.0) } }
}

/// Everything that made these marks: more than one line where a class was graded in pieces.
fn made_by(results: &Results) -> Markup {
    let all = results.students.iter().flat_map(|graded| &graded.exercises);
    let mut by: Vec<MadeBy> = all
        .filter_map(|mark| mark.judgement.as_ref())
        .map(|judgement| MadeBy {
            // Of each exercise another one; results.json has them.
            checks: String::new(),
            ..judgement.made_by.clone()
        })
        .collect();
    // Nothing has made what was refused.
    by.retain(|by| !by.bindery.is_empty());
    by.sort();
    by.dedup();
    html! {
        footer { @for by in &by {
            p { "bindery " (by.bindery) ", sandbox: " (by.tier) ", seed " (by.seed) ", " (by.rustc) ", "
                (by.python) ", " (by.machine) }
        } }
    }
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}
