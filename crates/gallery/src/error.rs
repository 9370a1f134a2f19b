//! What can go wrong, each with its hint: the one next command.

use std::io;
use std::path::{Path, PathBuf};

use builder::BuildError;
use interpreter::{EnvironmentError, InterpreterError};
use thiserror::Error;

/// Why an example cannot be read or made ready.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum GalleryError {
    /// A `binding.toml` that does not say what it has to.
    #[error("`{path}` {why}", path = path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, as the rest of a sentence.
        why: String,
        /// How to mend it.
        hint: String,
    },
    /// A file or folder could not be used.
    #[error("cannot {doing} `{path}`: {source}", path = path.display())]
    Io {
        /// A verb.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A step of a build failed.
    #[error(
        "cannot build `{name}`: {step} failed ({status}){said}\n\nthe whole log is in `{log}`",
        said = lines(said),
        log = log.display()
    )]
    Failed {
        /// The example.
        name: String,
        /// What was being done.
        step: &'static str,
        /// Exit code or signal.
        status: String,
        /// The lines of the log that say most.
        said: String,
        /// The file with everything it printed.
        log: PathBuf,
        /// The command, to try by hand.
        by_hand: String,
    },
    /// The build went well, and what should have come of it is not there.
    #[error("cannot use `{name}`: {why}", why = why)]
    Unfit {
        /// The example.
        name: String,
        /// What is missing.
        why: String,
        /// How to mend it.
        hint: String,
    },
    /// No Python.
    #[error(transparent)]
    Interpreter(#[from] InterpreterError),
    /// No private environment.
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    /// No compiler, no cargo.
    #[error(transparent)]
    Build(#[from] BuildError),
}

impl GalleryError {
    /// The one next command.
    pub fn hint(&self) -> String {
        match self {
            Self::Manifest { hint, .. } | Self::Unfit { hint, .. } => hint.clone(),
            Self::Io { path, .. } => format!(
                "run `ls -ld {}` to see who may write there",
                path.parent().unwrap_or(path).display()
            ),
            Self::Failed { by_hand, .. } => format!("run `{by_hand}` to try it by hand"),
            Self::Interpreter(error) => error.hint(),
            Self::Environment(error) => error.hint(),
            Self::Build(error) => error.hint(),
        }
    }
}

/// For `map_err` on what the file system refuses.
pub(crate) fn io_error(
    doing: &'static str,
    path: &Path,
) -> impl FnOnce(io::Error) -> GalleryError + use<> {
    let path = path.to_path_buf();
    move |source| GalleryError::Io {
        doing,
        path,
        source,
    }
}

/// A tool's own lines below the error, set off from it.
fn lines(said: &str) -> String {
    said.lines().map(|line| format!("\n  | {line}")).collect()
}
