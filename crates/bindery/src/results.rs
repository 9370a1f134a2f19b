//! `progress`: what has been done, for a person or for a program, and back from a file into
//! the workbook of another machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use console::style;
use course::{Exercise, HintsSeen, Progress, Reveal, results_dir};
use serde_json::{Value, json};

use crate::screen::{here, me};
use crate::trouble::Trouble;
use crate::workshop::{State, Workshop};

/// The version of the exported JSON. It grows when a program that reads it would misread it.
const VERSION: u64 = 1;

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// Print JSON instead, with everything that is on record
    #[arg(long)]
    pub json: bool,
    /// Take over what another copy of the workbook has exported; nothing done is undone
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub import: Option<PathBuf>,
}

pub fn run(options: &Options) -> Result<ExitCode, Trouble> {
    let workshop = Workshop::open()?;
    match &options.import {
        Some(file) => import(&workshop, file)?,
        None if options.json => println!("{:#}", in_json(&workshop)?),
        None => print(&workshop)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A line of the table.
#[derive(Default)]
struct Sum {
    done: usize,
    begun: usize,
    new: usize,
    earned: u32,
    points: u32,
}

impl Sum {
    fn add(&mut self, other: &Sum) {
        self.done += other.done;
        self.begun += other.begun;
        self.new += other.new;
        self.earned += other.earned;
        self.points += other.points;
    }

    fn of(workshop: &Workshop, exercises: &[Exercise]) -> Result<Sum, Trouble> {
        let mut sum = Sum::default();
        for exercise in exercises {
            *match workshop.state(exercise) {
                State::Done => &mut sum.done,
                State::Begun => &mut sum.begun,
                State::New => &mut sum.new,
            } += 1;
            sum.earned += Progress::load(&workshop.root, exercise)?.earned(exercise);
            sum.points += exercise.total_points();
        }
        Ok(sum)
    }

    fn line(&self, name: &str) -> String {
        let points = format!("{} of {}", self.earned, self.points);
        let Sum {
            done, begun, new, ..
        } = self;
        format!("{name:<18} {done:>4} {begun:>6} {new:>4}   {points:>12}")
    }
}

fn print(workshop: &Workshop) -> Result<(), Trouble> {
    let head = format!("{:<18} done  begun  new         points", "chapter");
    println!("{}", style(head).bold());
    let mut all = Sum::default();
    for (chapter, exercises) in workshop.survey.course.chapters() {
        let sum = Sum::of(workshop, exercises)?;
        println!("{}", sum.line(&chapter.name.replace('_', " ")));
        all.add(&sum);
    }
    println!("{}", style(all.line("all")).bold());
    for exercise in workshop.exercises() {
        let progress = Progress::load(&workshop.root, exercise)?;
        let new = progress.new_checks(exercise);
        if !new.is_empty() {
            let slug = &exercise.slug;
            let names: Vec<_> = new
                .iter()
                .map(|check| format!("`{}`", check.name))
                .collect();
            println!(
                "\n`{slug}` is done, and the course asks more of it since then: {}\n`{} check {slug}` asks it",
                names.join(", "),
                me()
            );
        }
    }
    for aside in set_aside(&workshop.root) {
        println!(
            "\nset aside, because it could not be read: `{}`",
            here(&aside)
        );
    }
    Ok(())
}

/// Records that made no sense. They may be all that is left of what somebody did.
fn set_aside(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(results_dir(root)).into_iter().flatten();
    let paths = entries.flatten().map(|entry| entry.path());
    let mut aside: Vec<_> = paths
        .filter(|path| path.to_string_lossy().contains(".corrupt"))
        .collect();
    aside.sort();
    aside
}

fn in_json(workshop: &Workshop) -> Result<Value, Trouble> {
    let mut exercises = Vec::new();
    for exercise in workshop.exercises() {
        let progress = Progress::load(&workshop.root, exercise)?;
        let hints = HintsSeen::load(&workshop.root, exercise)?.shown;
        let hints: Vec<_> = hints.iter().map(Reveal::to_string).collect();
        let new: Vec<_> = progress
            .new_checks(exercise)
            .iter()
            .map(|c| &c.name)
            .collect();
        exercises.push(json!({
            "id": exercise.id(),
            "slug": exercise.slug,
            "title": exercise.manifest.title,
            "chapter": exercise.chapter.name,
            "state": workshop.state(exercise).word(),
            "points": progress.earned(exercise),
            "max_points": exercise.total_points(),
            "edited_since_check": progress.stale(exercise).unwrap_or(false),
            "new_checks": new,
            "hints": hints,
            "record": progress,
        }));
    }
    Ok(json!({
        "version": VERSION,
        "program": env!("CARGO_PKG_VERSION"),
        "exercises": exercises,
    }))
}

/// What a file has of one exercise.
struct Elsewhere {
    record: Progress,
    hints: Vec<Reveal>,
}

fn import(workshop: &Workshop, file: &Path) -> Result<(), Trouble> {
    let before = workshop.done();
    let (mut taken, mut unknown) = (0, Vec::new());
    for Elsewhere { record, hints } in read(file)? {
        let mut exercises = workshop.exercises().iter();
        let Some(exercise) = exercises.find(|e| e.is_called(&record.slug)) else {
            unknown.push(format!("`{}`", record.slug));
            continue;
        };
        if !hints.is_empty() {
            HintsSeen::join(&workshop.root, exercise, hints)?;
        }
        if record.done || !record.checks.is_empty() {
            Progress::join(&workshop.root, exercise, record)?;
            taken += 1;
        }
    }
    let done = workshop.done();
    println!(
        "taken over from `{}`: {taken} {}, {} newly done\n{done} of {} done",
        here(file),
        if taken == 1 { "exercise" } else { "exercises" },
        done - before,
        workshop.exercises().len()
    );
    if !unknown.is_empty() {
        println!(
            "left out, since this course has no such exercise: {}",
            unknown.join(", ")
        );
    }
    Ok(())
}

/// Reads all of a file before anything is taken from it.
fn read(file: &Path) -> Result<Vec<Elsewhere>, Trouble> {
    let name = here(file);
    let wrong = |what: String| {
        Trouble::new(
            format!("`{name}` {what}"),
            format!("write one with `{} progress --json > FILE`", me()),
        )
    };
    let text = fs::read_to_string(file).map_err(|e| wrong(format!("cannot be read: {e}")))?;
    let value: Value =
        serde_json::from_str(&text).map_err(|e| wrong(format!("is not JSON: {e}")))?;
    let exercises = value["exercises"].as_array();
    let (Some(exercises), Some(version)) = (exercises, value["version"].as_u64()) else {
        return Err(wrong(format!("was not written by `{} progress`", me())));
    };
    if version > VERSION {
        return Err(Trouble::new(
            format!("`{name}` was written by a newer version of this program"),
            format!("run `{} update` to bring this copy up to date", me()),
        ));
    }
    let one = |exercise: &Value| {
        let hints = exercise["hints"].as_array().into_iter().flatten();
        Some(Elsewhere {
            record: serde_json::from_value(exercise["record"].clone()).ok()?,
            hints: hints.filter_map(|h| h.as_str()?.parse().ok()).collect(),
        })
    };
    let all: Option<Vec<Elsewhere>> = exercises.iter().map(one).collect();
    all.ok_or_else(|| wrong("has an exercise without a record".to_owned()))
}
