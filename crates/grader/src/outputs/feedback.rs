//! `feedback/<id>/`: what a student reads, as a page and as plain text.
//!
//! Both are made from [`Seen`] and say the same.

use maud::{Markup, html};

use super::STAMP;
use super::gradescope::said;
use super::page::{self, lines, name};
use super::seen::{Failure, Seen, SeenCheck, SeenExercise, SeenStatus};
use crate::marks;
use crate::model::Standing;
use crate::text::{one_line, points, visible};

const SEALED: &str = "hidden check: no more than this is shown";

pub(super) fn page(seen: &Seen<'_>) -> String {
    let who = match seen.name.is_empty() {
        true => &seen.id.0,
        false => seen.name,
    };
    let body = html! {
        h1 { "Feedback for " (name(who)) }
        p.total { (total(seen)) }
        @if let (Some(total), true) = (seen.total, seen.max_points > 0.0) {
            (page::bar(total / seen.max_points))
        }
        @for exercise in &seen.exercises { (card(exercise)) }
        footer { "Points are rounded to hundredths. If something here seems wrong, ask: a mark can be looked at again." }
    };
    page::page(&format!("Feedback for {who}"), seen.unsandboxed, &body)
}

fn total(seen: &Seen<'_>) -> String {
    match seen.total {
        Some(total) => format!("{total:.2} of {:.2} points", seen.max_points),
        None => "Not all of it is graded yet, so there is no sum".into(),
    }
}

fn card(exercise: &SeenExercise<'_>) -> Markup {
    html! {
        section.card {
            h2 {
                span { (visible(exercise.title)) }
                span.points { (worth(exercise)) }
            }
            @for remark in remarks(exercise) { p.soft { (remark) } }
            @if let Some(comment) = comment(exercise) { p.comment dir="auto" { (visible(comment)) } }
            @if let Some(stopped) = &exercise.stopped {
                p { b { (stopped.sentence()) } }
                @if !stopped.said.is_empty() { (lines(stopped.said)) }
            }
            @if shows_checks(exercise) {
                ul.checks { @for check in &exercise.checks { (line(check)) } }
            }
        }
    }
}

fn line(check: &SeenCheck<'_>) -> Markup {
    let class = match check.status {
        SeenStatus::Passed => "mark passed",
        SeenStatus::Failed => "mark failed",
        SeenStatus::TimedOut | SeenStatus::NotRun => "mark other",
    };
    html! {
        li {
            div.check {
                span class=(class) { (check.status.word()) }
                span.what {
                    (visible(check.title))
                    @if check.hidden { " " span.hidden { "(" (SEALED) ")" } }
                }
                span.points { (earned(check)) }
            }
            @if let Some(failure) = &check.failure { (why(failure)) }
            @if check.retried { p.why.soft { (RETRIED) } }
        }
    }
}

fn why(failure: &Failure<'_>) -> Markup {
    html! {
        div.why {
            p dir="auto" { (visible(failure.message)) }
            @if failure.expected.is_some() || failure.got.is_some() {
                dl {
                    @if let Some(expected) = failure.expected { dt { "expected" } dd { (lines(expected)) } }
                    @if let Some(got) = failure.got { dt { "got" } dd { (lines(got)) } }
                }
            }
            @for (title, note) in failure.notes {
                details { summary { (visible(title)) } (lines(note)) }
            }
        }
    }
}

const RETRIED: &str = "It ran out of time, and was tried once more with the machine to itself.";

pub(super) fn text(seen: &Seen<'_>) -> String {
    let mut out = format!("Feedback for {} ({})\n", one_line(seen.name), seen.id.0);
    if seen.unsandboxed {
        out.push_str(&format!("Careful: {STAMP}.\n"));
    }
    out.push_str(&format!("{}\n", total(seen)));
    for exercise in &seen.exercises {
        let title = one_line(exercise.title);
        out.push_str(&format!(
            "\n{title} ({}): {}\n",
            exercise.slug,
            worth(exercise)
        ));
        for remark in remarks(exercise) {
            out.push_str(&format!("  {remark}\n"));
        }
        if let Some(comment) = comment(exercise) {
            out.push_str(&indented(comment));
        }
        if let Some(stopped) = &exercise.stopped {
            out.push_str(&format!("  {}\n", stopped.sentence()));
            out.push_str(&indented(stopped.said));
        }
        if shows_checks(exercise) {
            exercise
                .checks
                .iter()
                .for_each(|check| tell(check, &mut out));
        }
    }
    out
}

fn tell(check: &SeenCheck<'_>, out: &mut String) {
    let sealed = match check.hidden {
        true => format!(" ({SEALED})"),
        false => String::new(),
    };
    let (word, points) = (check.status.word(), earned(check));
    out.push_str(&format!(
        "  [{word}] {}{sealed} ({points})\n",
        one_line(check.title)
    ));
    if check.failure.is_some() {
        out.push_str(&indented(&said(check)));
    }
    if check.retried {
        out.push_str(&indented(RETRIED));
    }
}

fn indented(text: &str) -> String {
    let text = visible(text);
    text.lines().map(|line| format!("      {line}\n")).collect()
}

/// Checks that were not run say nothing, unless it is why there is a mark at all.
fn shows_checks(exercise: &SeenExercise<'_>) -> bool {
    let ran = |check: &SeenCheck<'_>| check.status != SeenStatus::NotRun;
    exercise.checks.iter().any(ran)
}

fn worth(exercise: &SeenExercise<'_>) -> String {
    let max = points(exercise.max_points);
    match exercise.standing {
        Standing::Graded => format!("{} of {max}", points(exercise.points)),
        Standing::Missing => format!(
            "{}, {} of {max}",
            marks::word(Standing::Missing),
            points(exercise.points)
        ),
        standing => marks::word(standing).into(),
    }
}

fn remarks(exercise: &SeenExercise<'_>) -> Vec<String> {
    let mut remarks = Vec::new();
    if exercise.standing == Standing::Pending {
        remarks.push("It is not graded yet. That is no fault of yours.".into());
    }
    if exercise.attempts > 1 {
        remarks.push(format!(
            "Attempt {} of {} counts.",
            exercise.attempt, exercise.attempts
        ));
    }
    if let Some(received) = exercise.received {
        let received = received.strftime("%Y-%m-%d %H:%M:%S UTC");
        remarks.push(format!("Received {received}."));
    }
    remarks.extend(exercise.lateness().map(|late| format!("{late}.")));
    if let Some(manual) = exercise.manual {
        match manual.set {
            Some(set) => remarks.push(format!("Set to {set:.2} by hand.")),
            None if manual.add != 0.0 => remarks.push(format!("{:+.2} by hand.", manual.add)),
            None => {}
        }
    }
    remarks
}

fn comment<'a>(exercise: &SeenExercise<'a>) -> Option<&'a str> {
    let manual = exercise.manual?;
    (!manual.comment.is_empty()).then_some(manual.comment.as_str())
}

fn earned(check: &SeenCheck<'_>) -> String {
    let got = match check.status {
        SeenStatus::Passed => check.max_points,
        _ => 0.0,
    };
    format!("{got:.2} of {:.2}", check.max_points)
}
