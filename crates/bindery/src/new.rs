//! `new`: the two folders of a new exercise.

use std::process::ExitCode;

use crate::trouble::Trouble;

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// Chapter and name, as `gil/pinned`
    pub name: String,
}

pub fn run(_options: &Options) -> Result<ExitCode, Trouble> {
    Err(Trouble::new("this is not written yet", ""))
}
