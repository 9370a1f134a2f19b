//! `lab`: the experiments, run on this machine.

mod shown;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use ::lab::{Bank, Claims, Event, Experiment, Lab, Measurement, Pace};
use clap::Subcommand;
use console::{Alignment, pad_str, style};
use gallery::{Bench, Gallery};
use serde_json::json;

use crate::progress::Progress;
use crate::screen::{here, me};
use crate::trouble::Trouble;
use crate::workshop::root;

#[derive(Subcommand)]
pub enum LabCommand {
    /// Run experiments and say what came out: all, or those you name
    Run {
        /// Experiments, by name
        names: Vec<String>,
        /// Answer everything in a few minutes, less precisely
        #[arg(long)]
        quick: bool,
        /// Write the measurements to this file
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Put them into this file, in the place of older ones of the same machine
        #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "quick"])]
        into: Option<PathBuf>,
    },
    /// Draw the charts of a run, as a page and as SVG files for light and dark
    Show {
        /// A measurement file; without one, your last run
        file: Option<PathBuf>,
        /// The folder to draw into
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
    },
    /// Say what differs between two runs; exit code 1 if they contradict each other
    Compare {
        /// A measurement file; `published` is the book's
        first: PathBuf,
        /// Another one; without it, your last run
        second: Option<PathBuf>,
    },
}

pub fn run(command: Option<LabCommand>, as_json: bool) -> Result<ExitCode, Trouble> {
    let root = root()?;
    let lab = Lab::open(&root)?;
    match command {
        None if as_json => println!("{}", in_json(&lab)),
        None => list(&lab),
        Some(LabCommand::Run {
            names,
            quick,
            out,
            into,
        }) => {
            let pace = if quick { Pace::Quick } else { Pace::Full };
            let into = into.map(|file| named(&root, file));
            measure(&root, &lab, &names, pace, out, into)?;
        }
        Some(LabCommand::Show { file, out }) => {
            let home = home(&root)?;
            let file = match file {
                Some(file) => named(&root, file),
                None => last_run(&home)?,
            };
            let measured = Measurement::read(&file)?;
            shown::draw(&lab, &measured, &out.unwrap_or_else(|| home.join("charts")))?;
        }
        Some(LabCommand::Compare { first, second }) => {
            let second = match second {
                Some(second) => named(&root, second),
                None => last_run(&home(&root)?)?,
            };
            let first = Measurement::read(&named(&root, first))?;
            return shown::differences(&lab, &first, &Measurement::read(&second)?);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn home(root: &Path) -> Result<PathBuf, Trouble> {
    Ok(Bench::open(root)?.home().join("lab"))
}

/// The book's own measurements have a name.
fn named(root: &Path, file: PathBuf) -> PathBuf {
    match file.as_os_str() == "published" {
        true => root.join("book/measurements/published.json"),
        false => file,
    }
}

fn last_run(home: &Path) -> Result<PathBuf, Trouble> {
    let runs = std::fs::read_dir(home.join("runs"))
        .into_iter()
        .flatten()
        .flatten();
    let runs = runs.map(|run| run.path());
    let last = runs
        .filter(|run| run.extension().is_some_and(|e| e == "json"))
        .max();
    last.ok_or_else(|| {
        Trouble::new(
            "no experiment has been run here",
            format!("run `{} lab run --quick`", me()),
        )
    })
}

fn list(lab: &Lab) {
    let names = lab.experiments().iter().map(|e| e.name.len());
    let longest = names.max().unwrap_or_default();
    let width = usize::from(console::Term::stdout().size().1).max(60);
    let options = textwrap::Options::new(width.saturating_sub(longest + 2));
    for experiment in lab.experiments() {
        let lines = textwrap::wrap(experiment.question.trim(), &options);
        for (index, line) in lines.iter().enumerate() {
            let name = if index == 0 {
                experiment.name.as_str()
            } else {
                ""
            };
            let name = pad_str(name, longest, Alignment::Left, None);
            println!("{}  {line}", style(name).bold());
        }
    }
    for trouble in lab.troubles() {
        eprintln!("\n{} {trouble}", style("left out:").for_stderr().yellow());
        eprintln!("   hint: {}", trouble.hint());
    }
    println!(
        "\n`{} lab run NAME` answers one, `{0} lab run --quick` all of them",
        me()
    );
}

fn in_json(lab: &Lab) -> serde_json::Value {
    let experiments = lab.experiments().iter().map(|experiment| {
        let findings = experiment.finding.iter();
        json!({
            "name": experiment.name,
            "title": experiment.title,
            "question": experiment.question.trim(),
            "method": experiment.method.trim(),
            "findings": findings.map(|f| json!({"name": f.name, "says": f.says})).collect::<Vec<_>>(),
        })
    });
    json!({"version": 1, "experiments": experiments.collect::<Vec<_>>()})
}

fn chosen<'a>(lab: &'a Lab, names: &[String]) -> Result<Vec<&'a Experiment>, Trouble> {
    if names.is_empty() {
        return Ok(lab.experiments().iter().collect());
    }
    let one = |name: &String| {
        lab.find(name).ok_or_else(|| {
            // Its description may be one of those that cannot be read.
            let folder = format!("/{name}/");
            let trouble = lab
                .troubles()
                .iter()
                .find(|t| t.to_string().contains(&folder));
            if let Some(trouble) = trouble {
                return Trouble::new(trouble.to_string(), trouble.hint());
            }
            let near = lab.near(name);
            let like = match near.is_empty() {
                true => String::new(),
                false => format!("; similar: `{}`", near.join("`, `")),
            };
            Trouble::new(
                format!("there is no experiment `{name}`{like}"),
                format!("run `{} lab` to see them all", me()),
            )
        })
    };
    names.iter().map(one).collect()
}

fn measure(
    root: &Path,
    lab: &Lab,
    names: &[String],
    pace: Pace,
    out: Option<PathBuf>,
    into: Option<PathBuf>,
) -> Result<(), Trouble> {
    let experiments = chosen(lab, names)?;
    let seconds = experiments.iter().map(|e| e.seconds).sum();
    let mut progress = Progress::new(seconds, pace);
    let bench = Bench::open(root)?;
    let gallery = Gallery::open(root)?;
    let home = bench.home().join("lab");
    let mut measurement = Measurement::new(&bench, pace != Pace::Full);
    if let Some(file) = &into {
        measurement.take_over(Measurement::read(file)?, file)?;
    }
    let out = into
        .or(out)
        .unwrap_or_else(|| home.join("runs").join(format!("{}.json", stamp())));
    let bank = Bank {
        bench: &bench,
        gallery: &gallery,
        home,
    };
    let begun = Instant::now();
    for experiment in experiments {
        progress.begin(&experiment.title, experiment.seconds);
        let results = bank.run(experiment, pace, &mut |event| match event {
            Event::Step(step) => progress.step(step),
            Event::Done(share) => progress.done(share),
        })?;
        progress.print(|| shown::results(experiment, &results, pace));
        measurement.insert(&experiment.name, results);
        // After each one, so that a run that is broken off leaves what it has.
        measurement.write(&out)?;
    }
    progress.end();
    shown::statements(&Claims::read(root)?, &measurement);
    let took = Duration::from_secs(begun.elapsed().as_secs());
    let quick = if pace == Pace::Full { "" } else { " quickly" };
    println!("measured{quick} in {took:?}, kept in `{}`", here(&out));
    println!(
        "`{} lab show` draws it, `{0} lab compare published` compares it",
        me()
    );
    Ok(())
}

/// The name of a run's file: seconds since 1970 sort as time does.
fn stamp() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}
