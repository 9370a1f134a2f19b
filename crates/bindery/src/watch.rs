//! `watch`: the current exercise on the screen, checked again on each save.

use std::process::ExitCode;

use crate::trouble::Trouble;

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// An exercise, or part of its name; without one, the next exercise
    pub name: Option<String>,
    /// Plain lines and typed commands, for a screen reader or a log
    #[arg(long)]
    pub plain: bool,
}

pub fn run(_options: &Options) -> Result<ExitCode, Trouble> {
    Err(Trouble::new("this is not written yet", ""))
}
