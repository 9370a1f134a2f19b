//! `progress`: what has been done, for a person or for a program.

use std::process::ExitCode;

use crate::trouble::Trouble;

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// Print JSON instead
    #[arg(long)]
    pub json: bool,
}

pub fn run(_options: &Options) -> Result<ExitCode, Trouble> {
    Err(Trouble::new("this is not written yet", ""))
}
