//! `bindery jail`: what the grader starts in front of a program that nobody trusts. Hidden, since
//! nobody types it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::trouble::Trouble;

#[derive(clap::Args)]
pub struct Options {
    /// The policy, a JSON file
    policy: PathBuf,
    /// The program and its arguments
    #[arg(last = true, required = true)]
    command: Vec<OsString>,
}

pub fn run(options: &Options) -> Result<ExitCode, Trouble> {
    let (program, args) = options.command.split_first().expect("clap asks for one");
    let error = sandbox::enter(&options.policy, program, args);
    eprintln!("{}", Trouble::new(error.to_string(), "").rendered());
    Ok(ExitCode::from(sandbox::NO_JAIL))
}
