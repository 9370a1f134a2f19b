//! A Python exception as plain data: nothing in it belongs to Python, so it can be kept, sent to
//! another thread, and printed after Python has ended. What a host does about it is in `report`.

use pyo3::exceptions::{PyKeyboardInterrupt, PySystemExit};
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyTraceback};

/// A chain of causes may be a circle. Nobody reads further than this.
const DEEPEST: usize = 8;

/// An exception, copied.
#[derive(Debug, thiserror::Error)]
#[error("{kind}: {message}")]
pub struct PythonError {
    /// The type with its module, such as `host.HostError`.
    pub kind: String,
    /// `str()` of the exception.
    pub message: String,
    /// The traceback as Python prints it, without the exception; empty if there is none.
    pub traceback: String,
    /// What it was raised `from`.
    #[source]
    pub cause: Option<Box<PythonError>>,
}

impl PythonError {
    /// Copies an exception. No step may fail for good: `str()` runs the exception's own code.
    pub fn copy(py: Python<'_>, error: &PyErr) -> Self {
        Self::copy_to(py, error, DEEPEST)
    }

    fn copy_to(py: Python<'_>, error: &PyErr, depth: usize) -> Self {
        let value = error.value(py);
        let kind = error.get_type(py).fully_qualified_name();
        let message = value.str().map_or_else(
            |_| "(its text cannot be had)".to_owned(),
            |text| text.to_string_lossy().into_owned(),
        );
        let traceback = error.traceback(py).and_then(|frames| format(&frames).ok());
        let cause = if depth == 0 { None } else { error.cause(py) };
        Self {
            kind: kind.map_or_else(|_| "an exception".to_owned(), |k| k.to_string()),
            message,
            traceback: traceback.unwrap_or_default(),
            cause: cause.map(|cause| Box::new(Self::copy_to(py, &cause, depth - 1))),
        }
    }
}

/// The traceback in Python's own words: its module `traceback` writes them.
fn format(frames: &Bound<'_, PyTraceback>) -> PyResult<String> {
    let module = frames.py().import("traceback")?;
    let lines: Vec<String> = module.call_method1("format_tb", (frames,))?.extract()?;
    Ok(lines.concat())
}

/// What became of a call.
#[derive(Debug)]
pub enum Outcome {
    /// It returned this, by `repr()`.
    Returned(String),
    /// It raised.
    Raised(PythonError),
    /// It wants the process to end, with this code and these words.
    Exits(i32, Option<String>),
    /// Somebody pressed Ctrl-C.
    Interrupted,
}

impl Outcome {
    /// Sorts an exception. `PyErr_Print` would end the process at a `SystemExit`; in a host
    /// that is the host's decision, so its code is read and nothing is printed.
    pub fn of(py: Python<'_>, error: &PyErr) -> Self {
        if error.is_instance_of::<PyKeyboardInterrupt>(py) {
            return Self::Interrupted;
        }
        if !error.is_instance_of::<PySystemExit>(py) {
            return Self::Raised(PythonError::copy(py, error));
        }
        // None is success, a number is itself, and anything else is words for stderr and 1.
        match error.value(py).getattr("code") {
            Ok(code) if code.is_none() => Self::Exits(0, None),
            Ok(code) if code.is_instance_of::<PyInt>() => {
                // A number that does not fit is -1; cut off, it might be 0.
                Self::Exits(code.extract().unwrap_or(-1), None)
            }
            Ok(code) => Self::Exits(1, code.str().ok().map(|t| t.to_string_lossy().into_owned())),
            Err(_) => Self::Exits(1, None),
        }
    }
}
