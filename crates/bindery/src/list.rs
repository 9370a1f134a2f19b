//! `list`: all exercises, and what has been done of each.

use std::process::ExitCode;

use console::{Alignment, pad_str, style};
use course::Progress;
use serde_json::json;

use crate::screen::{here, me};
use crate::trouble::Trouble;
use crate::workshop::{State, Workshop};

/// What was typed.
#[derive(clap::Args, Default)]
pub struct Options {
    /// Print JSON instead
    #[arg(long)]
    json: bool,
}

pub fn show(options: &Options) -> Result<ExitCode, Trouble> {
    let workshop = Workshop::open()?;
    if options.json {
        println!("{}", in_json(&workshop));
        return Ok(ExitCode::SUCCESS);
    }
    for (chapter, exercises) in workshop.survey.course.chapters() {
        println!("{}", style(chapter.name.replace('_', " ")).bold());
        for exercise in exercises {
            let state = workshop.state(exercise);
            let word = match state {
                State::Done => style(state.word()).green(),
                State::Begun => style(state.word()).yellow(),
                State::New => style(state.word()).dim(),
            };
            println!(
                "  {} {} {} {}",
                pad_str(&word.to_string(), 6, Alignment::Left, None),
                pad_str(&exercise.slug, 16, Alignment::Left, None),
                pad_str(&exercise.manifest.title, 46, Alignment::Left, Some("…")),
                style(format!("{:>2} min", exercise.manifest.minutes)).dim(),
            );
        }
    }
    println!(
        "\n{} of {} done",
        workshop.done(),
        workshop.exercises().len()
    );
    for trouble in &workshop.survey.troubles {
        eprintln!(
            "\n{} {trouble}\n   hint: {}",
            style("left out:").for_stderr().yellow(),
            trouble.hint()
        );
    }
    if let Some(next) = workshop.next() {
        println!(
            "next: {}, in {}: `{} check {}`",
            next.slug,
            here(&next.dir),
            me(),
            next.slug
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn in_json(workshop: &Workshop) -> serde_json::Value {
    let exercise = |e: &course::Exercise| {
        let progress = Progress::load(&workshop.root, e).ok();
        json!({
            "id": e.id(),
            "slug": e.slug,
            "title": e.manifest.title,
            "minutes": e.manifest.minutes,
            "difficulty": e.manifest.difficulty,
            "concepts": e.manifest.concepts,
            "state": workshop.state(e).word(),
            "points": progress.as_ref().map_or(0, Progress::points),
            "max_points": e.total_points(),
            "edited_since_check": progress.and_then(|p| p.stale(e).ok()).unwrap_or(false),
        })
    };
    let troubles = workshop
        .survey
        .troubles
        .iter()
        .map(|t| json!({"message": t.to_string(), "hint": t.hint()}));
    json!({
        "exercises": workshop.exercises().iter().map(exercise).collect::<Vec<_>>(),
        "left_out": troubles.collect::<Vec<_>>(),
    })
}
