//! `update`: what is new in the course, into a learner's copy.

use std::process::ExitCode;

use crate::trouble::Trouble;

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// Say what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

pub fn run(_options: &Options) -> Result<ExitCode, Trouble> {
    Err(Trouble::new("this is not written yet", ""))
}
