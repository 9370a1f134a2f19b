//! `check`: builds an exercise, has it judged, and prints the verdict.

use std::process::ExitCode;

use builder::Running;
use course::{Course, Exercise, Progress};
use serde_json::json;

use crate::judging::{Asking, judge};
use crate::screen::{Status, me};
use crate::trouble::Trouble;
use crate::verdict;
use crate::workshop::{self, State, Workshop};

/// What `check --json` prints, for `--help`.
pub const JSON: &str = "\
Print JSON instead: one object with `version`, which is 1, and the list `exercises`.

Each has `id`, `slug`, `title`, `status` (passed, failed, error, does-not-build), `points`, \
`max_points`, `compiler` (what it said) and the list `checks`. Each check has `check` (its \
name), `claim`, `points`, `status` (passed, failed, error) and `seed`. One that did not pass \
also has `kind` (such as wrong-value, crash, leaked-references), `message`, `expected`, `got` \
and `notes`, a list of pairs: title and text.

The exit code is 0 where all pass, 1 where an answer is wrong, and 2 where nobody could say.";

pub fn run(
    name: Option<&str>,
    all: bool,
    as_json: bool,
    verbose: bool,
) -> Result<ExitCode, Trouble> {
    let root = workshop::root()?;
    let one = |exercise: &Exercise| {
        let asking = Asking {
            coloured: console::colors_enabled() && !as_json,
            verbose,
        };
        let mut status = Status::new();
        let running = Running::together();
        judge(&root, exercise, asking, &running, &mut |said| {
            status.say(said)
        })
    };
    // Whoever names an exercise in full waits for that one: the others are read meanwhile.
    let named = name.and_then(|name| Course::exactly(&root, name));
    let (workshop, mut judged) = match &named {
        None => (Workshop::open(), None),
        Some(exercise) => std::thread::scope(|scope| {
            let others = scope.spawn(Workshop::open);
            let judged = one(exercise);
            let others = others.join().unwrap_or_else(|_| Workshop::open());
            (others, Some(judged))
        }),
    };
    let workshop = workshop?;
    let chosen: Vec<&Exercise> = match (all, &named) {
        (true, _) => workshop
            .exercises()
            .iter()
            .filter(|e| workshop.state(e) != State::New)
            .collect(),
        (false, Some(exercise)) => vec![exercise],
        (false, None) => vec![workshop.named_or_next(name)?],
    };
    if chosen.is_empty() {
        return Err(Trouble::new(
            "you have not begun an exercise yet",
            format!("run `{} check` for the first one", me()),
        ));
    }
    let (mut reports, mut worst) = (Vec::new(), 0);
    for exercise in chosen {
        let judged = judged.take().unwrap_or_else(|| one(exercise))?;
        worst = worst.max(judged.code());
        match as_json {
            true => reports.push(judged.in_json(exercise)),
            false => verdict::print(&workshop, exercise, &judged),
        }
    }
    if as_json {
        println!("{}", json!({"version": 1, "exercises": reports}));
    }
    Ok(ExitCode::from(worst))
}

/// Whether the last run of an exercise is still about what is in its files.
pub fn last_run(workshop: &Workshop, exercise: &Exercise) -> Option<(usize, usize)> {
    let progress = Progress::load(&workshop.root, exercise).ok()?;
    (!progress.checks.is_empty()).then(|| {
        (
            progress.checks.iter().filter(|c| c.passed).count(),
            progress.checks.len(),
        )
    })
}
