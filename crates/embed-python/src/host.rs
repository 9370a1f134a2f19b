//! The host in Rust: starts Python, calls what it is told to, and ends Python, in this order.

use std::ffi::OsString;
use std::process::ExitCode;

use pyo3::append_to_inittab;
use pyo3::prelude::*;

use crate::failure::Outcome;
use crate::interpreter::{Interpreter, c_string};
use crate::native::host;
use crate::script::{Script, ScriptError};
use crate::{PYTHON, refuse, report};

/// Runs these functions of the script, and says what became of each. The last decides how the
/// program ends.
pub fn run(script: &OsString, functions: &[OsString]) -> ExitCode {
    // ANCHOR: hand_it_over_before_the_start
    // Before Python starts, or never: the list of built-in modules is read once.
    append_to_inittab!(host);
    // ANCHOR_END: hand_it_over_before_the_start
    let python = c_string(PYTHON.as_bytes()).expect("an environment variable has no NUL");
    let interpreter = match Interpreter::start(&python) {
        Ok(interpreter) => interpreter,
        Err(error) => return refuse(&error.to_string(), "unset `PYTHONHOME` and `PYTHONPATH`"),
    };

    // Not attached out here: Python's own threads run while the host does something else.
    let ended = call_all(script, functions);
    let code = match ended {
        Ok(outcome) => report::exit_code(outcome.as_ref()),
        Err(error) => report::script_error(&error),
    };

    println!("the end");
    let flushed = interpreter.finish();
    // Python is gone. `attach` would panic now; this asks first.
    let gone = Python::try_attach(|_| ()).is_none();
    if !flushed {
        return report::lost_output();
    }
    println!(
        "  done      {}",
        if gone {
            "nobody can attach any more"
        } else {
            "still there"
        }
    );
    ExitCode::from(code)
}

// ANCHOR: attach_and_let_go
/// Attaches for the script, for each call, and to let go of the script.
fn call_all(script: &OsString, functions: &[OsString]) -> Result<Option<Outcome>, ScriptError> {
    let script = Python::attach(|py| Script::load(py, script))?;
    let ended = call_each(&script, functions);
    // Attached: else PyO3 puts the drop off until somebody attaches, and nobody will.
    Python::attach(|_| drop(script));
    ended
}
// ANCHOR_END: attach_and_let_go

fn call_each(script: &Script, functions: &[OsString]) -> Result<Option<Outcome>, ScriptError> {
    let mut last = None;
    for function in functions {
        let outcome = Python::attach(|py| script.call(py, function))?;
        println!("{}", function.to_string_lossy());
        report::outcome(&outcome);
        let stop = matches!(outcome, Outcome::Interrupted);
        last = Some(outcome);
        if stop {
            break;
        }
    }
    Ok(last)
}
