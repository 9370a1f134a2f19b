//! `summary.txt`, and what the terminal shows at the end.
//!
//! It is short: who failed to build, who ran out of time, which checks failed for most, and what
//! needs a human. It may end in the log of a continuous integration service, which students may
//! read and which obeys what it finds there. So it holds nothing that a hidden check saw, and no
//! command.

use super::STAMP;
use super::overview::{Overview, Place};
use crate::model::{Results, Standing};
use crate::text::{for_a_log, one_line};

/// How many are named before it is said how many more there are.
const NAMED: usize = 10;
const WIDTH: usize = 78;

pub(super) fn encode(results: &Results) -> String {
    let overview = Overview::of(results);
    let mut out = headline(results, &overview);
    if results.unsandboxed {
        paragraph(&mut out, "CAREFUL", &[format!("these marks were {STAMP}")]);
    }
    paragraph(&mut out, "Do not build", &places(&overview.not_built));
    paragraph(&mut out, "Ran out of time", &places(&overview.timed_out));
    paragraph(&mut out, "Not graded yet", &places(&overview.pending));
    paragraph(&mut out, "Failed for most", &lecture(&overview));
    paragraph(&mut out, "Needs a human", &human(&overview));
    for_a_log(&out) + "\n"
}

fn headline(results: &Results, overview: &Overview<'_>) -> String {
    let count = |n: usize, one: &str, many: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    };
    let mut line = format!(
        "{}, {}: {}",
        count(results.students.len(), "student", "students"),
        count(results.exercises.len(), "exercise", "exercises"),
        count(overview.standing(Standing::Graded), "mark", "marks"),
    );
    for (standing, word) in [
        (Standing::Missing, "missing"),
        (Standing::Excused, "excused"),
        (Standing::Pending, "pending"),
    ] {
        match overview.standing(standing) {
            0 => {}
            n => line.push_str(&format!(", {n} {word}")),
        }
    }
    let percent = |part| overview.quantile(part).map(|share| (share * 100.0).round());
    if let (Some(low), Some(median), Some(high)) = (percent(0.25), percent(0.5), percent(0.75)) {
        line.push_str(&format!(
            "\nMedian {median}% of the points; half of the class is between {low}% and {high}%"
        ));
    }
    line + "\n"
}

/// A heading with lines under it; nothing where there are none.
fn paragraph(out: &mut String, heading: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    out.push_str(&format!("\n{heading}\n"));
    for line in lines {
        let options = textwrap::Options::new(WIDTH)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent("  ")
            .subsequent_indent("    ");
        out.push_str(&textwrap::fill(&one_line(line), options));
        out.push('\n');
    }
}

/// A line for each exercise, with who.
fn places(places: &[Place<'_>]) -> Vec<String> {
    let mut exercises: Vec<&str> = places.iter().map(|place| place.exercise).collect();
    exercises.sort_unstable();
    exercises.dedup();
    let line = |exercise: &&str| {
        let mut who: Vec<&str> = places
            .iter()
            .filter(|place| place.exercise == *exercise)
            .map(|place| place.student.0.as_str())
            .collect();
        let all = who.len();
        who.truncate(NAMED);
        let more = match all - who.len() {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        format!("{exercise} ({all}): {}{more}", who.join(" "))
    };
    exercises.iter().map(line).collect()
}

/// The next lecture.
fn lecture(overview: &Overview<'_>) -> Vec<String> {
    let failed = overview.checks.iter().filter(|count| count.failed > 0);
    let line = |count: &super::overview::CheckCount<'_>| {
        let (failed, all) = (count.failed, count.failed + count.passed);
        let told = count.ways.first().filter(|_| !count.check.hidden);
        let most = told.map_or("", |way| &way.example.message);
        let mostly = match most.is_empty() {
            true => String::new(),
            false => format!("; most often: {most}"),
        };
        let (exercise, claim) = (count.exercise, &count.check.claim);
        format!("{failed} of {all}  {exercise}: {claim}{mostly}")
    };
    failed.take(5).map(line).collect()
}

fn human(overview: &Overview<'_>) -> Vec<String> {
    let all = overview.human.len();
    let mut lines: Vec<String> = overview
        .human
        .iter()
        .take(NAMED)
        .map(|problem| format!("{}: {}", problem.place, problem.what))
        .collect();
    if all > NAMED {
        lines.push(format!("and {} more, in report.html", all - NAMED));
    }
    lines
}
