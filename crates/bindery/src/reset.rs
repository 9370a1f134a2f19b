//! `reset`: an exercise's starter comes back, and what was there is kept and can come back
//! too. What has been done stays on record.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use console::style;
use course::{Exercise, exchange, is_as_kept, kept};
use similar::{ChangeTag, TextDiff};

use crate::screen::{here, me};
use crate::trouble::Trouble;
use crate::workshop::{State, Workshop};

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// An exercise, or part of its name
    pub name: String,
    /// Do not ask
    #[arg(long, short)]
    pub yes: bool,
    /// Bring back what was kept: the latest copy, or the one you name
    #[arg(
        long,
        value_name = "COPY",
        num_args = 0..=1,
        require_equals = true,
        conflicts_with = "yes"
    )]
    pub back: Option<Option<String>>,
}

pub fn run(options: &Options) -> Result<ExitCode, Trouble> {
    let workshop = Workshop::open()?;
    let exercise = workshop.named_or_next(Some(&options.name))?;
    let slug = &exercise.slug;
    if let Some(which) = &options.back {
        return back(&workshop, exercise, which.as_deref());
    }
    if exercise.is_untouched()? {
        println!("{}", untouched(slug));
        return Ok(ExitCode::SUCCESS);
    }
    if !options.yes {
        println!(
            "{}\n",
            style(format!("{slug}: {}", exercise.manifest.title)).bold()
        );
        println!("{}\n", at_stake(exercise).join("\n"));
        println!("The starter takes its place. What you wrote is kept, and can be brought back.");
        if !agreed(slug)? {
            println!("Nothing was changed.");
            return Ok(ExitCode::SUCCESS);
        }
    }
    let copy = put_starter(&workshop, exercise)?;
    println!("`{slug}` is its starter again");
    if let Some(copy) = copy {
        println!("what you wrote is kept in `{}`", here(&copy));
        println!("`{} reset {slug} --back` brings it back", me());
    }
    if workshop.state(exercise) == State::Done {
        println!("it stays done, since it was");
    }
    Ok(ExitCode::SUCCESS)
}

/// Brings the starter back without asking. The path of the copy that is kept comes back;
/// it is a trouble if there was nothing to keep.
pub fn reset(workshop: &Workshop, exercise: &Exercise) -> Result<PathBuf, Trouble> {
    let slug = &exercise.slug;
    if exercise.is_untouched()? {
        return Err(Trouble::new(untouched(slug), ""));
    }
    let gone = || {
        Trouble::new(
            format!("nothing of `{slug}` was left; its starter is back"),
            "",
        )
    };
    put_starter(workshop, exercise)?.ok_or_else(gone)
}

fn untouched(slug: &str) -> String {
    format!("`{slug}` is as it came: there is nothing to reset")
}

fn put_starter(workshop: &Workshop, exercise: &Exercise) -> Result<Option<PathBuf>, Trouble> {
    let from = exercise.starter_dir();
    Ok(exchange(&workshop.root, exercise, &from, &now())?)
}

/// The learner's files, a line each, and how far they are from the starter.
pub fn at_stake(exercise: &Exercise) -> Vec<String> {
    let files = exercise.manifest.editable.iter();
    let line = |relative: &PathBuf| {
        let (starter, answer) = (
            exercise.starter_dir().join(relative),
            exercise.dir.join(relative),
        );
        let name = here(&answer).into_owned();
        if !answer.exists() {
            return format!("  {name}: not there");
        }
        match changed_lines(&read(&starter), &read(&answer)) {
            (0, 0) => format!("  {name}: as it came"),
            (more, fewer) => format!("  {name}: +{more} -{fewer} lines against the starter"),
        }
    };
    files.map(line).collect()
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned()
}

fn changed_lines(from: &str, to: &str) -> (usize, usize) {
    let diff = TextDiff::from_lines(from, to);
    let count = |tag| diff.iter_all_changes().filter(|c| c.tag() == tag).count();
    (count(ChangeTag::Insert), count(ChangeTag::Delete))
}

/// Asks on a terminal. Anything but a clear yes is a no.
fn agreed(slug: &str) -> Result<bool, Trouble> {
    if !std::io::stdin().is_terminal() || !console::user_attended() {
        return Err(Trouble::new(
            format!("nobody can be asked here whether `{slug}` is to be reset"),
            format!("run `{} reset {slug} --yes` if it is", me()),
        ));
    }
    print!("Reset `{slug}`? [y/N] ");
    let _ = std::io::stdout().flush();
    let mut answer = String::new();
    let _ = std::io::stdin().read_line(&mut answer);
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}

/// Brings a copy back; what is there now is kept in turn.
fn back(
    workshop: &Workshop,
    exercise: &Exercise,
    which: Option<&str>,
) -> Result<ExitCode, Trouble> {
    let slug = &exercise.slug;
    let copies = kept(&workshop.root, exercise);
    let copy = match which {
        None => copies.last(),
        Some(name) => copies.iter().find(|copy| name_of(copy) == name),
    };
    let Some(copy) = copy else {
        return Err(no_copy(slug, which, &copies));
    };
    if is_as_kept(exercise, copy) {
        println!("`{slug}` is already as `{}` has it", here(copy));
        return Ok(ExitCode::SUCCESS);
    }
    let replaced = exchange(&workshop.root, exercise, copy, &now())?;
    println!("`{slug}` is again as it was kept in `{}`", here(copy));
    if let Some(replaced) = replaced {
        println!("what it replaced is kept in `{}`", here(&replaced));
    }
    Ok(ExitCode::SUCCESS)
}

fn no_copy(slug: &str, which: Option<&str>, copies: &[PathBuf]) -> Trouble {
    let Some(last) = copies.last() else {
        return Trouble::new(
            format!("nothing of `{slug}` has been kept yet"),
            format!(
                "run `{} reset {slug}` to begin again, which keeps a copy",
                me()
            ),
        );
    };
    let names: String = copies
        .iter()
        .map(|c| format!("\n    {}", name_of(c)))
        .collect();
    Trouble::new(
        format!(
            "`{slug}` has no copy `{}`; there are:{names}",
            which.unwrap_or_default()
        ),
        format!(
            "run `{} reset {slug} --back={}` for the latest",
            me(),
            name_of(last)
        ),
    )
}

fn name_of(copy: &Path) -> String {
    copy.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// A name for a copy: the time on the learner's clock, which sorts as time does.
fn now() -> String {
    jiff::Zoned::now().strftime("%Y-%m-%d_%H-%M-%S").to_string()
}
