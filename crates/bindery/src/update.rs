//! `update`: what is new in the course, into a learner's copy.

use std::path::PathBuf;
use std::process::ExitCode;

use console::style;
use parcel::{Record, Step, Update};

use crate::screen::me;
use crate::supply::Supply;
use crate::trouble::Trouble;
use crate::workshop::root;

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// Say what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// A newer checkout of the course; without it, what is in this program
    #[arg(long, value_name = "CHECKOUT")]
    pub from: Option<PathBuf>,
}

pub fn run(options: &Options) -> Result<ExitCode, Trouble> {
    let root = root()?;
    // Said first: what is no copy cannot be updated from anywhere.
    Record::read(&root)?;
    let supply = match &options.from {
        Some(folder) => Supply::from(folder)?,
        None => Supply::at_hand()?,
    };
    if supply.folder.as_ref() == Some(&root) {
        return Err(Trouble::new(
            "the course at hand is this copy itself, so there is nothing new in it",
            format!(
                "name a newer checkout, as in `{} update --from ../bindery`, or run a newer `bindery` that is installed",
                me()
            ),
        ));
    }
    let update = Update::plan(&root, &supply.files)?;
    let version = update.version().to_owned();
    let lines = told(update.steps());
    for line in &lines {
        println!("{line}");
    }
    if options.dry_run && !lines.is_empty() {
        println!("\nNothing was changed: without `--dry-run` it will be");
        return Ok(ExitCode::SUCCESS);
    }
    if !options.dry_run {
        // Also where there is no step left: an update that was ended may lack its record.
        update.run()?;
    }
    match lines.is_empty() {
        true => println!("This copy has all of the course's version {version} already"),
        false => println!("\nThis copy has the course's version {version} now"),
    }
    Ok(ExitCode::SUCCESS)
}

/// What an update does, in lines: what concerns the learner's own work file by file, the rest
/// by exercise, or as a number where there is much of it.
fn told(steps: &[Step]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut say = |mark: &str, text: String| {
        lines.push(format!("  {} {text}", style(format!("{mark:<8}")).bold()));
    };
    for step in steps {
        match step {
            Step::Move { from, to } => {
                say(
                    "moved",
                    format!("`{from}` is `{to}` now, with all that is in it"),
                );
                if let (Some(old), Some(new)) = (slug(from), slug(to))
                    && old != new
                {
                    say(
                        "renamed",
                        format!("what is called `{old}` in your answer has to be `{new}`"),
                    );
                }
            }
            Step::Add(path) => {
                if let Some(folder) = path.strip_suffix("/exercise.toml") {
                    say("new", format!("`{folder}`"));
                }
            }
            Step::KeepAnswer(path) => say(
                "kept",
                format!("`{path}` is as you wrote it; the starter is a new one"),
            ),
            Step::Keep { path, new } => say(
                "kept",
                format!("`{path}` is as you wrote it; the course's is `{new}`"),
            ),
            Step::PutAway { path, to } => say(
                "put away",
                format!("`{path}` is not in the course any more; your work is in `{to}`"),
            ),
            Step::Renew(_) | Step::Restore(_) | Step::Remove(_) => {}
        }
    }
    let mut count = |mark: &str, of: fn(&Step) -> bool| {
        let number = steps.iter().filter(|step| of(step)).count();
        if number > 0 {
            let files = if number == 1 { "file" } else { "files" };
            say(mark, format!("{number} {files}"));
        }
    };
    count("added", |step| matches!(step, Step::Add(_)));
    count("renewed", |step| matches!(step, Step::Renew(_)));
    count("restored", |step| matches!(step, Step::Restore(_)));
    count("removed", |step| matches!(step, Step::Remove(_)));
    lines
}

/// The slug in the name of an exercise's folder.
fn slug(folder: &str) -> Option<&str> {
    Some(folder.rsplit_once('/')?.1.split_once('_')?.1)
}
