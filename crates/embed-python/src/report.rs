//! Outcomes in words, and as the code that the process ends with. Python is not needed here.

use std::process::ExitCode;

use crate::failure::{Outcome, PythonError};
use crate::script::ScriptError;

/// As a shell reports a program that Ctrl-C ended: 128 and the signal's number.
const INTERRUPTED: u8 = 130;
/// As `python` itself ends when what it wrote could not be flushed.
const NOT_FLUSHED: u8 = 120;

/// One outcome, on stdout.
pub fn outcome(outcome: &Outcome) {
    match outcome {
        Outcome::Returned(text) => println!("  returned  {text}"),
        Outcome::Raised(error) => raised(error),
        Outcome::Exits(code, None) => println!("  exits     with {code}; the host decides"),
        Outcome::Exits(code, Some(words)) => {
            println!("  exits     with {code} and `{words}`; the host decides");
        }
        Outcome::Interrupted => println!("  stopped   by Ctrl-C; the host ends in order"),
    }
}

fn raised(error: &PythonError) {
    println!("  raised    {error}");
    for line in error.traceback.lines().filter(|line| line.starts_with(' ')) {
        println!("            {}", line.strip_prefix("  ").unwrap_or(line));
    }
    let mut cause = error.cause.as_deref();
    while let Some(error) = cause {
        println!("  because   {error}");
        cause = error.cause.as_deref();
    }
}

/// How the process ends after this last outcome.
pub fn exit_code(last: Option<&Outcome>) -> u8 {
    match last {
        None | Some(Outcome::Returned(_)) => 0,
        Some(Outcome::Raised(_)) => 1,
        Some(Outcome::Exits(code, words)) => {
            if let Some(words) = words {
                eprintln!("{words}");
            }
            *code as u8 // the system keeps eight bits of it
        }
        Some(Outcome::Interrupted) => INTERRUPTED,
    }
}

/// A script that cannot be run, on stderr.
pub fn script_error(error: &ScriptError) -> u8 {
    if let ScriptError::Ended { how, .. } = error {
        println!("(loading)");
        outcome(how);
        if !matches!(how, Outcome::Raised(_)) {
            return exit_code(Some(how));
        }
    }
    eprintln!("error: {error}\n\nhint: {}", error.hint());
    1
}

/// `Py_FinalizeEx` said so.
pub fn lost_output() -> ExitCode {
    eprintln!("error: Python could not flush what the script wrote: some of it is lost");
    eprintln!("\nhint: see that there is room where its output goes");
    ExitCode::from(NOT_FLUSHED)
}
