//! `lab`: the experiments, run on this machine.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use ::lab::{Bank, Event, Experiment, Lab, Measurement, Outcome, Pace, Results};
use clap::Subcommand;
use console::{Alignment, pad_str, style};
use gallery::{Bench, Gallery};

use crate::demo::root;
use crate::progress::Progress;
use crate::screen::{me, prose};
use crate::trouble::Trouble;

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
    },
}

pub fn run(command: Option<LabCommand>) -> Result<ExitCode, Trouble> {
    let root = root()?;
    let lab = Lab::open(&root)?;
    match command {
        None => {
            list(&lab);
            Ok(ExitCode::SUCCESS)
        }
        Some(LabCommand::Run { names, quick, out }) => {
            let pace = if quick { Pace::Quick } else { Pace::Full };
            measure(&root, &lab, &names, pace, out)
        }
    }
}

fn list(lab: &Lab) {
    let names = lab.experiments().iter().map(|e| e.name.len());
    let longest = names.max().unwrap_or_default();
    for experiment in lab.experiments() {
        let name = pad_str(&experiment.name, longest, Alignment::Left, None);
        println!("{}  {}", style(name).bold(), experiment.question);
    }
    println!(
        "\n`{} lab run NAME` answers one, `{0} lab run --quick` all of them",
        me()
    );
}

fn chosen<'a>(lab: &'a Lab, names: &[String]) -> Result<Vec<&'a Experiment>, Trouble> {
    if names.is_empty() {
        return Ok(lab.experiments().iter().collect());
    }
    let one = |name: &String| {
        lab.find(name).ok_or_else(|| {
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
) -> Result<ExitCode, Trouble> {
    let experiments = chosen(lab, names)?;
    let mut progress = Progress::new(experiments.iter().map(|e| e.seconds).sum(), pace);
    let bench = Bench::open(root)?;
    let gallery = Gallery::open(root)?;
    let home = bench.home().join("lab");
    let out = out.unwrap_or_else(|| home.join("runs").join(format!("{}.json", stamp())));
    let bank = Bank {
        bench: &bench,
        gallery: &gallery,
        home,
    };
    let mut measurement = Measurement::new(&bench, pace != Pace::Full);
    let begun = Instant::now();
    for experiment in experiments {
        progress.begin(&experiment.title, experiment.seconds);
        let results = bank.run(experiment, pace, &mut |event| match event {
            Event::Step(step) => progress.step(step),
            Event::Done(share) => progress.done(share),
        })?;
        progress.print(|| say(experiment, &results, pace));
        measurement
            .experiments
            .insert(experiment.name.clone(), results);
        measurement.write(&out)?;
    }
    progress.end();
    let took = Duration::from_secs(begun.elapsed().as_secs());
    println!(
        "measured in {took:?}, kept in {}",
        crate::screen::here(&out)
    );
    Ok(ExitCode::SUCCESS)
}

/// The name of a run's file: seconds since 1970 sort as time does.
fn stamp() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}

fn say(experiment: &Experiment, results: &Results, pace: Pace) {
    let quick = if pace == Pace::Full { "" } else { "  (quick)" };
    println!("{}{}", style(&experiment.title).bold(), style(quick).dim());
    println!("{}\n", prose(&::lab::answer(experiment, results), 2));
    let longest = experiment.figure.iter().map(|f| f.says.len()).max();
    for figure in &experiment.figure {
        let says = pad_str(
            &figure.says,
            longest.unwrap_or_default(),
            Alignment::Left,
            None,
        );
        let number = match results.figures.get(&figure.name) {
            Some(range) => ::lab::shown_range(range, figure.unit),
            None => "not measured".to_owned(),
        };
        println!("  {says}  {number}");
    }
    println!();
    for finding in &experiment.finding {
        let outcome = &results.findings[&finding.name];
        let word = match outcome {
            Outcome::Holds => style(outcome.word()).green(),
            Outcome::Fails => style(outcome.word()).red(),
            Outcome::Unclear | Outcome::Skipped(_) => style(outcome.word()).yellow(),
        };
        println!("  {}: {word}", finding.says.trim_end_matches('.'));
        if let Outcome::Skipped(why) = outcome {
            println!("     {why}");
        }
    }
    println!();
}
