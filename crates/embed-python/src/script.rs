//! A script: loaded by its path, called by a function's name.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use pyo3::exceptions::{PyModuleNotFoundError, PySyntaxError};
use pyo3::prelude::*;

use crate::failure::Outcome;
use crate::interpreter::c_string;

/// Why a script cannot be run at all.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// It cannot be read.
    #[error("cannot read `{path}`: {source}")]
    Unreadable {
        path: String,
        source: std::io::Error,
    },
    /// C's text ends at its first NUL.
    #[error("`{path}` has a NUL inside")]
    NulInside { path: String },
    /// It is not Python.
    #[error("`{path}` is not Python, at line {}, column {}: {words}", place.0, place.1)]
    Syntax {
        path: String,
        place: (usize, usize),
        words: String,
    },
    /// It imports what is not there.
    #[error("`{path}` needs the module `{module}`, which is not there")]
    MissingModule { path: String, module: String },
    /// It has no such function.
    #[error("`{path}` has no function `{function}`")]
    MissingFunction { path: String, function: String },
    /// Its own code, outside of any function, did not come to an end.
    #[error("`{path}` does not load")]
    Ended { path: String, how: Outcome },
}

impl ScriptError {
    /// The next step.
    pub fn hint(&self) -> String {
        match self {
            Self::Unreadable { .. } => "give the path of a Python file".into(),
            Self::NulInside { path } => format!("see that `{path}` is a text file"),
            Self::Syntax { path, place, .. } => format!("mend line {} of `{path}`", place.0),
            Self::MissingModule { module, .. } => {
                format!("run `{} -m pip install {module}`", crate::PYTHON)
            }
            Self::MissingFunction { path, function } => {
                format!("define `{function}` at the top of `{path}`")
            }
            Self::Ended { path, .. } => format!("mend what `{path}` does when it is loaded"),
        }
    }
}

/// A loaded script. It holds a Python object, so it must be gone before Python is.
pub struct Script {
    path: String,
    module: Py<PyModule>,
}

impl Script {
    /// Reads, compiles and executes it.
    pub fn load(py: Python<'_>, file: &OsStr) -> Result<Self, ScriptError> {
        let path = file.to_string_lossy().into_owned();
        let code = match std::fs::read(file) {
            Ok(code) => code,
            Err(source) => return Err(ScriptError::Unreadable { path, source }),
        };
        let (Some(code), Some(name)) = (c_string(&code), c_string(file.as_bytes())) else {
            return Err(ScriptError::NulInside { path });
        };
        match PyModule::from_code(py, &code, &name, c"script") {
            Ok(module) => Ok(Self {
                path,
                module: module.unbind(),
            }),
            Err(error) => Err(why_not(py, &error, path)),
        }
    }

    /// Calls one function without arguments. The thread is attached, which `py` stands for.
    pub fn call(&self, py: Python<'_>, function: &OsStr) -> Result<Outcome, ScriptError> {
        let Ok(callable) = self.module.bind(py).getattr(function) else {
            return Err(ScriptError::MissingFunction {
                path: self.path.clone(),
                function: function.to_string_lossy().into_owned(),
            });
        };
        let called = callable.call0().and_then(|result| result.repr());
        Ok(match called {
            Ok(text) => Outcome::Returned(text.to_string_lossy().into_owned()),
            Err(error) => Outcome::of(py, &error),
        })
    }
}

/// What went wrong with it, in the host's words.
fn why_not(py: Python<'_>, error: &PyErr, path: String) -> ScriptError {
    let value = error.value(py);
    // A syntax error may also be in a file that the script imports: then it is no answer.
    let is_here = value
        .getattr("filename")
        .is_ok_and(|name| name.eq(&path).unwrap_or(false));
    if error.is_instance_of::<PySyntaxError>(py) && is_here {
        let number = |name| value.getattr(name).and_then(|n| n.extract::<usize>());
        let place = (number("lineno").unwrap_or(0), number("offset").unwrap_or(0));
        let words = value
            .getattr("msg")
            .map(|words| words.to_string())
            .unwrap_or_default();
        return ScriptError::Syntax { path, place, words };
    }
    if error.is_instance_of::<PyModuleNotFoundError>(py)
        && let Ok(module) = value.getattr("name")
    {
        return ScriptError::MissingModule {
            path,
            module: module.to_string(),
        };
    }
    ScriptError::Ended {
        path,
        how: Outcome::of(py, error),
    }
}
