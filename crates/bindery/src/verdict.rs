//! A verdict in a terminal: each check's claim, whether it holds, and what is known where
//! it does not.

use console::style;
use course::Exercise;

use crate::judging::{Judged, Status};
use crate::screen::{here, indent, me};
use crate::workshop::Workshop;

/// Prints what an exercise came to, and the next command.
pub fn print(workshop: &Workshop, exercise: &Exercise, judged: &Judged) {
    let slug = &exercise.slug;
    println!(
        "{}  {}",
        style(format!("{slug}: {}", exercise.manifest.title)).bold(),
        style(here(&exercise.dir)).dim()
    );
    let (checks, warnings, said) = match judged {
        Judged::DoesNotBuild(messages) => {
            println!("\n{}\n", messages.trim_end());
            println!("{} it does not compile yet", style("FAIL").red().bold());
            advise(exercise, std::iter::once(messages.as_str()));
            return;
        }
        Judged::Ran {
            checks,
            warnings,
            said,
        } => (checks, warnings, said),
    };
    if !warnings.is_empty() {
        println!("\n{}", warnings.trim_end());
    }
    println!();
    let (mut points, mut passed, mut failures) = (0, 0, Vec::new());
    for check in checks {
        let word = match check.status {
            Status::Passed => {
                points += check.points;
                passed += 1;
                style("pass").green()
            }
            Status::Failed => style("FAIL").red().bold(),
            Status::Error => style("ERROR").magenta().bold(),
        };
        println!("  {word}  {}", check.claim);
        if check.status == Status::Passed {
            continue;
        }
        failures.push(check.message.clone());
        println!("\n{}", indent(&check.message, 8));
        if let (Some(expected), Some(got)) = (&check.expected, &check.got) {
            println!("          expected  {expected}\n          got       {got}");
        }
        for (title, body) in &check.notes {
            println!(
                "\n{}\n{}",
                indent(&format!("{title}:"), 8),
                indent(body, 10)
            );
        }
        println!();
    }
    if !said.trim().is_empty() {
        eprintln!("{}", said.trim_end());
    }
    println!(
        "\n{passed} of {} checks pass, {points} of {} points",
        checks.len(),
        exercise.total_points()
    );
    if failures.is_empty() {
        match workshop.next() {
            Some(next) => println!(
                "\nnext: {}, in {}: `{} check {}`",
                next.slug,
                here(&next.dir),
                me(),
                next.slug
            ),
            None => println!(
                "\nThat was the last one: all {} exercises are done.",
                workshop.exercises().len()
            ),
        }
    } else {
        advise(exercise, failures.iter().map(String::as_str));
    }
}

/// The next command: the hint for this very message where there is one.
fn advise<'a>(exercise: &Exercise, mut said: impl Iterator<Item = &'a str>) {
    let slug = &exercise.slug;
    let keyed = exercise
        .hints()
        .ok()
        .and_then(|hints| said.find_map(|text| hints.keyed(text).map(|h| h.title.clone())));
    let hint = style("hint:").cyan().bold();
    match keyed {
        Some(signature) => println!(
            "\n{hint} there is one for this: `{} hint {slug} --for \"{signature}\"`",
            me()
        ),
        None => println!("\n{hint} `{} hint {slug}`", me()),
    }
}
