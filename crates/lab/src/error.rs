//! What can go wrong, each with its hint: the one next command.

use std::io;
use std::path::{Path, PathBuf};

use gallery::GalleryError;
use thiserror::Error;

/// Why something cannot be measured or shown.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LabError {
    /// An `experiment.toml`, a list of claims or a page that does not say what it has to.
    #[error("`{path}` {why}", path = path.display())]
    Description {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, as the rest of a sentence.
        why: String,
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
    /// A compiler or a tool refused something that should build.
    #[error("cannot build `{name}` for the experiment `{experiment}`\n\n{said}")]
    Build {
        /// The experiment.
        experiment: String,
        /// What was to be built.
        name: String,
        /// What the tool said.
        said: String,
    },
    /// `measure.py` failed, or its process died.
    #[error("the experiment `{experiment}` broke off\n\n{said}")]
    Broken {
        /// The experiment.
        experiment: String,
        /// Its last words.
        said: String,
    },
    /// A file that is no measurement, or one that was changed by hand.
    #[error("`{path}` {why}", path = path.display())]
    Measurement {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, as the rest of a sentence.
        why: String,
    },
    /// No Python, no packages, no bindings.
    #[error(transparent)]
    Gallery(#[from] GalleryError),
}

impl LabError {
    /// The one next command.
    pub fn hint(&self) -> String {
        match self {
            Self::Description { .. } => {
                "compare it with the one of another experiment in `crates/lab/experiments`".into()
            }
            Self::Io { path, .. } => format!(
                "run `ls -ld {}` to see who may use it",
                path.parent().unwrap_or(path).display()
            ),
            Self::Build { .. } => "run `cargo bindery doctor` to see what is missing here".into(),
            Self::Broken { experiment, .. } => {
                format!("mend `crates/lab/experiments/{experiment}/measure.py`, and run it again")
            }
            Self::Measurement { .. } => {
                "run `cargo bindery lab run` to make a new measurement file".into()
            }
            Self::Gallery(error) => error.hint(),
        }
    }
}

/// For `map_err` on what the file system refuses.
pub(crate) fn io_error(
    doing: &'static str,
    path: &Path,
) -> impl FnOnce(io::Error) -> LabError + use<> {
    let path = path.to_path_buf();
    move |source| LabError::Io {
        doing,
        path,
        source,
    }
}
