//! `hint`: one step further each time, or the hint for a message.

use std::process::ExitCode;

use console::style;
use course::{Exercise, Hint, HintsSeen, Progress, Reveal};

use crate::screen::{me, prose};
use crate::trouble::Trouble;
use crate::workshop::Workshop;

pub fn show(
    name: Option<&str>,
    step: Option<u8>,
    message: Option<&str>,
) -> Result<ExitCode, Trouble> {
    let workshop = Workshop::open()?;
    let exercise = workshop.named_or_next(name)?;
    let hints = exercise.hints()?;
    let slug = &exercise.slug;
    println!(
        "{}\n",
        style(format!("{slug}: {}", exercise.manifest.title)).bold()
    );

    if let Some(message) = message {
        let keyed = hints.keyed(message).ok_or_else(|| {
            Trouble::new(
                format!("`{slug}` has no hint for `{message}`"),
                format!("run `{} hint {slug}` for the next step", me()),
            )
        })?;
        print_hint(keyed);
        remember(&workshop, exercise, Reveal::Keyed(message.to_owned()));
        return Ok(ExitCode::SUCCESS);
    }
    let seen = HintsSeen::load(&workshop.root, exercise)?.furthest_step();
    let upto = step.map_or((seen + 1).min(3), usize::from);
    let first = if step.is_some() { 1 } else { upto };
    for number in first..=upto {
        if let Some(hint) = hints.step(number) {
            print_hint(hint);
        }
    }
    remember(&workshop, exercise, Reveal::Step(upto));
    // What the last check said may have a hint of its own.
    let progress = Progress::load(&workshop.root, exercise)?;
    let failed = progress
        .checks
        .iter()
        .filter(|c| !c.passed)
        .filter_map(|c| c.message.as_deref());
    if let Some(keyed) = failed.filter_map(|said| hints.keyed(said)).next() {
        println!("Your last check failed with a message that has a hint of its own:\n");
        print_hint(keyed);
    }
    if upto < 3 {
        println!(
            "{}",
            style(format!(
                "step {upto} of 3; `{} hint {slug}` goes one further",
                me()
            ))
            .dim()
        );
    } else {
        println!(
            "{}",
            style(format!(
                "step 3 of 3; `{} hint {slug} --step 3` shows all again",
                me()
            ))
            .dim()
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Where nothing can be written, the hint was shown all the same.
fn remember(workshop: &Workshop, exercise: &Exercise, hint: Reveal) {
    if let Err(trouble) = HintsSeen::add(&workshop.root, exercise, hint) {
        eprintln!("note: that it was shown is not kept: {trouble}");
    }
}

fn print_hint(hint: &Hint) {
    println!("{}\n", style(&hint.title).cyan());
    println!("{}\n", prose(hint.body.trim(), 2));
}
