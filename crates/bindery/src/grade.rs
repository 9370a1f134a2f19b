//! `grade`: what a class handed in, and what it comes to.
//!
//! It is done in three steps, each of which can be done by itself, on another machine:
//! `plan` takes in what was handed in, `run` judges a share of it, and `merge` puts the marks
//! together. This parses and prints; what is fair and what is safe is the crate `grader`'s.

mod class;
mod explain;
mod gradescope;
pub mod judging;
mod plan;

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
        #[arg(long, value_name = "I/N", default_value = "1/1", value_parser = judging::share)]
        shard: (usize, usize),
        #[command(flatten)]
        how: judging::Options,
    },
    /// Put the marks together, and say what nobody has judged
    Merge {
        /// The folder of a plan
        out: PathBuf,
        /// Take judgements from this folder of a shard, too; may be given again
        #[arg(long, value_name = "DIR")]
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

pub fn run(options: &Options) -> Result<ExitCode, Trouble> {
    if let Some(home) = &options.gradescope {
        return gradescope::run(home, &options.class);
    }
    match &options.step {
        None => class::grade(&options.class),
        Some(Step::Plan(class)) => plan::make(class).map(|_| ExitCode::SUCCESS),
        Some(Step::Run { out, shard, how }) => judging::run(out, *shard, how),
        Some(Step::Merge { out, from, marks }) => class::merge(out, from, marks),
        Some(Step::Explain {
            student,
            exercise,
            out,
        }) => explain::run(out, student, exercise),
    }
}
