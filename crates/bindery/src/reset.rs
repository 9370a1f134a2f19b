//! `reset`: an exercise's starter comes back, and what was there is kept.

use std::process::ExitCode;

use crate::trouble::Trouble;

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// An exercise, or part of its name
    pub name: String,
    /// Do not ask
    #[arg(long, short)]
    pub yes: bool,
}

pub fn run(_options: &Options) -> Result<ExitCode, Trouble> {
    Err(Trouble::new("this is not written yet", ""))
}
