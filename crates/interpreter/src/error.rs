//! What can go wrong, each with its hint: the one next command. Printing them as
//! `error:` and `hint:` is left to the command.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

use crate::advice;
use crate::facts::Abi;

/// Why there is no interpreter.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InterpreterError {
    /// The current folder is gone or may not be read.
    #[error("cannot read the current folder: {source}")]
    CurrentFolder {
        /// What the system said.
        source: io::Error,
    },
    /// A variable that chooses the interpreter is set to the empty string.
    #[error("`{variable}` is set to nothing")]
    Empty {
        /// Its name.
        variable: &'static str,
    },
    /// The name in a variable is nowhere on `PATH`.
    #[error("`{variable}` names `{name}`, which is not on `PATH`")]
    NotOnPath {
        /// The variable.
        variable: &'static str,
        /// The name.
        name: String,
    },
    /// A variable leads to something that cannot be run.
    #[error("`{variable}` points at `{path}`, {cause}", path = path.display())]
    Unusable {
        /// The variable.
        variable: &'static str,
        /// Where it leads.
        path: PathBuf,
        /// What is wrong there.
        cause: &'static str,
    },
    /// Nothing chooses an interpreter, and none is found.
    #[error("no Python found: neither `python` nor `python3` on `PATH` is a Python 3")]
    NotFound,
    /// PyPy, GraalPy and the like.
    #[error(
        "`{path}` is {name}, not CPython",
        path = path.display(),
        name = proper_name(implementation)
    )]
    NotCPython {
        /// What was run.
        path: PathBuf,
        /// What `sys.implementation.name` says.
        implementation: String,
        /// One that may do.
        newer: Option<PathBuf>,
    },
    /// A version below the floor.
    #[error("`{path}` is Python {version}, and 3.10 or newer is needed", path = path.display())]
    TooOld {
        /// What was run.
        path: PathBuf,
        /// Its version.
        version: String,
        /// One that may do.
        newer: Option<PathBuf>,
    },
    /// `Python.h` is not where this Python says it would be.
    #[error(
        "`Python.h` is missing for `{executable}`: it is not in `{include}`",
        executable = executable.display(),
        include = include.display()
    )]
    NoHeaders {
        /// The interpreter.
        executable: PathBuf,
        /// Where the header should be.
        include: PathBuf,
        /// Which Python it is.
        abi: Abi,
        /// Its full version.
        version: String,
    },
    /// Something is there, and it does not answer as a Python does.
    #[error("cannot ask `{path}` what it is: {cause}", path = path.display())]
    Probe {
        /// What was run.
        path: PathBuf,
        /// How it failed.
        cause: ProbeFailure,
    },
}

/// How a program failed to say what it is.
#[derive(Debug, Error)]
pub enum ProbeFailure {
    /// The system would not start it.
    #[error("it does not start: {source}")]
    Start {
        /// What the system said.
        source: io::Error,
    },
    /// It ended with a failure or a signal.
    #[error("it failed ({status}){}", after_colon(said))]
    Crashed {
        /// Exit code or signal.
        status: String,
        /// The line of its errors that says most.
        said: String,
    },
    /// It printed something else.
    #[error("it printed something else than was asked{}", after_colon(said))]
    Rubbish {
        /// The first line of it.
        said: String,
    },
    /// It did not end.
    #[error("no answer within {} seconds", patience.as_secs())]
    TimedOut {
        /// How long it was given.
        patience: Duration,
    },
}

impl InterpreterError {
    /// The one next command.
    pub fn hint(&self) -> String {
        match self {
            Self::CurrentFolder { .. } => "change to a folder that exists".to_owned(),
            Self::Empty {
                variable: "PYO3_PYTHON",
            } => "run `unset PYO3_PYTHON`, or set it to a Python".to_owned(),
            Self::Empty { variable } => format!("run `unset {variable}`"),
            Self::NotOnPath { variable, .. } | Self::Unusable { variable, .. } => {
                format!("run `unset {variable}` to use the `python` on `PATH`")
            }
            Self::NotFound => advice::install_python(),
            Self::NotCPython { newer, .. } | Self::TooOld { newer, .. } => match newer {
                Some(path) => format!("run `export PYO3_PYTHON={}`", path.display()),
                None => advice::install_python(),
            },
            Self::NoHeaders {
                executable,
                abi,
                version,
                ..
            } => advice::install_headers(executable, *abi, version),
            Self::Probe { path, .. } => format!(
                "run `{} --version` to see it fail, or set `PYO3_PYTHON` to another Python",
                path.display()
            ),
        }
    }
}

/// Why there is no private environment.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EnvironmentError {
    /// A file or folder of the environment.
    #[error("cannot {doing} `{path}`: {source}", path = path.display())]
    Io {
        /// A verb.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Python without its `venv` or `ensurepip`, as Debian ships it.
    #[error(
        "`{executable}` cannot make a virtual environment: its `venv` or `ensurepip` is missing",
        executable = executable.display()
    )]
    NoVenv {
        /// The interpreter.
        executable: PathBuf,
        /// Which Python it is.
        abi: Abi,
    },
    /// The packages could not be fetched.
    #[error(
        "`{tool}` cannot reach a package index, and the first use needs one{}",
        lines(said)
    )]
    NoNetwork {
        /// `pip` or `uv`.
        tool: &'static str,
        /// The last lines it printed.
        said: String,
        /// The variable that forbids the network, if one does.
        forbidden_by: Option<&'static str>,
    },
    /// Any other failure of a step.
    #[error(
        "`{tool}` failed while making the private Python environment ({status}){}",
        lines(said)
    )]
    Failed {
        /// `venv`, `pip`, `uv` or `python`.
        tool: &'static str,
        /// Exit code or signal.
        status: String,
        /// The last lines it printed.
        said: String,
        /// The whole command, to try by hand.
        command: String,
    },
}

impl EnvironmentError {
    /// The one next command.
    pub fn hint(&self) -> String {
        match self {
            Self::Io { doing, path, .. } => match *doing {
                "lock" => format!(
                    "put the home folder on a file system with locks; `{}` is on one without",
                    path.display()
                ),
                _ => {
                    let folder = path.parent().unwrap_or(path);
                    format!(
                        "run `ls -ld {}` to see who may write there",
                        folder.display()
                    )
                }
            },
            Self::NoVenv { executable, abi } => advice::install_venv(executable, *abi),
            Self::NoNetwork {
                forbidden_by: Some(variable),
                ..
            } => {
                format!("run `unset {variable}`, then the same command again")
            }
            Self::NoNetwork { .. } => "run the same command again with a network; behind a \
                                       proxy, set `HTTPS_PROXY` first"
                .to_owned(),
            Self::Failed { command, .. } => format!("run `{command}` to see all of it"),
        }
    }
}

fn proper_name(implementation: &str) -> &str {
    match implementation {
        "pypy" => "PyPy",
        "graalpy" => "GraalPy",
        "micropython" => "MicroPython",
        "jython" => "Jython",
        "ironpython" => "IronPython",
        other => other,
    }
}

fn after_colon(said: &str) -> String {
    if said.is_empty() {
        String::new()
    } else {
        format!(": {said}")
    }
}

/// A tool's own lines below the error, set off from it.
fn lines(said: &str) -> String {
    said.lines().map(|line| format!("\n  | {line}")).collect()
}
