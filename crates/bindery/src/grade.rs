//! `grade`: what a class handed in, and what it comes to.
//!
//! It is done in three steps, each of which can be done by itself, on another machine:
//! `plan` takes in what was handed in, `run` judges a share of it, and `merge` puts the marks
//! together. This parses and prints; what is fair and what is safe is the crate `grader`'s.

mod class;
mod engines;
mod explain;
mod gradescope;
pub mod judging;
mod plan;
mod shards;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::trouble::Trouble;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Options {
    #[command(subcommand)]
    step: Option<Step>,
    /// Grade the one submission in a container of Gradescope, and leave its results.json there
    #[arg(
        long,
        value_name = "DIR",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = gradescope::HOME,
        conflicts_with = "collection"
    )]
    gradescope: Option<PathBuf>,
    #[command(flatten)]
    class: class::Options,
    #[command(flatten)]
    engine: engines::Options,
}

#[derive(clap::Subcommand)]
enum Step {
    /// Take in what was handed in, and write down what is to be judged
    Plan(class::Options),
    /// Judge what a plan says, or a share of it
    Run {
        /// The folder of a plan
        out: PathBuf,
        /// The share, such as 2/5
        #[arg(long, value_name = "I/N", default_value = "1/1", value_parser = shards::share)]
        shard: (usize, usize),
        /// Where hidden checks are on this machine, if not where the plan has them
        #[arg(long, value_name = "DIR")]
        hidden: Option<PathBuf>,
        #[command(flatten)]
        how: judging::Options,
    },
    /// Put the marks together, and say what nobody has judged
    Merge {
        /// The folder of a plan
        out: PathBuf,
        /// Take judgements from these folders of shards, too
        #[arg(long, value_name = "DIR", num_args = 1..)]
        from: Vec<PathBuf>,
        #[command(flatten)]
        marks: class::Marks,
    },
    /// Judge one answer of a student again, and show everything that came of it
    Explain {
        /// A student's id, as the results have it
        student: String,
        /// The exercise
        exercise: String,
        /// The folder of the results
        #[arg(long, value_name = "DIR", default_value = class::OUT)]
        out: PathBuf,
    },
}

/// As shells say it of SIGINT.
const INTERRUPTED: u8 = 130;

pub fn run(options: &Options) -> Result<ExitCode, Trouble> {
    let outcome = step(options);
    // What fails after Ctrl-C fails since everything was ended: that is all there is to say.
    if outcome.is_err() && judging::was_interrupted() {
        let stopped = Trouble::new(
            "grading was stopped; what was judged is kept",
            "run the same command again, and it goes on",
        );
        eprintln!("{}", stopped.rendered());
        return Ok(ExitCode::from(INTERRUPTED));
    }
    outcome
}

fn step(options: &Options) -> Result<ExitCode, Trouble> {
    if let Some(home) = &options.gradescope {
        return gradescope::run(home, &options.class);
    }
    match &options.step {
        None => engines::grade(&options.class, &options.engine),
        Some(Step::Plan(class)) => plan::make(class).map(|_| ExitCode::SUCCESS),
        Some(Step::Run {
            out,
            shard,
            hidden,
            how,
        }) => shards::run(out, *shard, hidden.as_deref(), how),
        Some(Step::Merge { out, from, marks }) => shards::merge(out, from, marks),
        Some(Step::Explain {
            student,
            exercise,
            out,
        }) => explain::run(out, student, exercise),
    }
}
