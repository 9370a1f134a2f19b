//! The list as text for a pipe, a log or a screen reader, and as JSON for a program.
//!
//! Nothing is cut off here, however narrow the terminal is.

use console::{Alignment, measure_text_width, pad_str, style};
use course::{Exercise, Progress};
use serde_json::{Value, json};

use super::filter::Filter;
use super::rows::{Row, count};
use crate::screen::{here, me};
use crate::workshop::{State, Workshop};

/// The rest of `--help`. A test compares it with what `--json` prints.
pub const HELP: &str = "\
On a terminal this is a screen to look for an exercise in. In a pipe, on a dumb
terminal and under BINDERY_PLAIN=1 it is text.

With --json:
  version    of this format: 1; what is here keeps its name and meaning
  exercises  those that fit, in the order of the course, each with
             id, slug, title, chapter, concepts, minutes, difficulty,
             path (its folder, from the workbook's root),
             state (`new`, `begun` or `done`), done (true or false),
             current (true for the one that you went to last),
             points, max_points,
             edited_since_check (whether its files are others than were checked)
  left_out   exercises that cannot be read, each with message and hint";

/// Chapter by chapter, with a word for how far each exercise is.
pub fn print(workshop: &Workshop, rows: &[Row], filter: &Filter) {
    let shown: Vec<&Row> = rows.iter().filter(|row| filter.keeps(row)).collect();
    let widest = |text: fn(&Row) -> &str| {
        let widths = shown.iter().map(|row| measure_text_width(text(row)));
        widths.max().unwrap_or(0)
    };
    let (slug, title) = (widest(|row| &row.slug), widest(|row| &row.title));
    for chapter in shown.chunk_by(|a, b| a.chapter == b.chapter) {
        println!(
            "{}",
            style(chapter[0].chapter.name.replace('_', " ")).bold()
        );
        for row in chapter {
            println!("{}", line(row, slug, title));
        }
    }
    let words = filter.in_words();
    match (&words, shown.is_empty()) {
        (Some(words), true) => println!("nothing fits: {words}"),
        (Some(words), false) => println!("\n{}: {words}", count(rows, shown.len())),
        (None, _) => println!("\n{}", count(rows, shown.len())),
    }
    if words.is_none()
        && let Some(next) = workshop.next()
    {
        println!(
            "next: {}, in {}: `{} check {}`",
            next.slug,
            here(&next.dir),
            me(),
            next.slug
        );
    }
}

fn line(row: &Row, slug: usize, title: usize) -> String {
    let word = match row.state {
        State::Done => style(row.state.word()).green(),
        State::Begun => style(row.state.word()).yellow(),
        State::New => style(row.state.word()).dim(),
    };
    format!(
        "  {} {} {} {}{}",
        pad_str(&word.to_string(), 6, Alignment::Left, None),
        pad_str(&row.slug, slug.max(16), Alignment::Left, None),
        pad_str(&row.title, title, Alignment::Left, None),
        style(format!("{:>2} min", row.minutes)).dim(),
        if row.current { "  current" } else { "" },
    )
}

/// The same for programs; [`JSON`] says what is in it.
pub fn in_json(workshop: &Workshop, rows: &[Row], filter: &Filter) -> Value {
    let shown = rows.iter().zip(workshop.exercises());
    let shown = shown.filter(|(row, _)| filter.keeps(row));
    let left_out = workshop.survey.troubles.iter();
    let left_out = left_out.map(|t| json!({"message": t.to_string(), "hint": t.hint()}));
    json!({
        "version": 1,
        "exercises": shown.map(|(row, e)| one_in_json(workshop, row, e)).collect::<Vec<_>>(),
        "left_out": left_out.collect::<Vec<_>>(),
    })
}

fn one_in_json(workshop: &Workshop, row: &Row, exercise: &Exercise) -> Value {
    let progress = Progress::load(&workshop.root, exercise).ok();
    json!({
        "id": exercise.id(),
        "slug": row.slug,
        "title": row.title,
        "chapter": row.chapter.name,
        "concepts": row.concepts,
        "minutes": row.minutes,
        "difficulty": exercise.manifest.difficulty,
        "path": row.path,
        "state": row.state.word(),
        "done": row.is_done(),
        "current": row.current,
        "points": progress.as_ref().map_or(0, Progress::points),
        "max_points": exercise.total_points(),
        "edited_since_check": progress.and_then(|p| p.stale(exercise).ok()).unwrap_or(false),
    })
}
