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

/// Puts a file there, whole or not at all, whoever else does the same at this moment.
pub(crate) fn put(path: &Path, content: &[u8]) -> Result<(), LabError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(io_error("make", folder))?;
    let fresh = tempfile::NamedTempFile::new_in(folder).map_err(io_error("write in", folder))?;
    std::fs::write(fresh.path(), content).map_err(io_error("write", path))?;
    // A temporary file is for its owner alone, and what is put is to be read by others.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = std::fs::set_permissions(fresh.path(), std::fs::Permissions::from_mode(0o644));
    }
    let put = fresh.persist(path);
    put.map(drop)
        .map_err(|error| io_error("write", path)(error.error))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_at_once_put_the_same_file_and_it_is_whole() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("new/lab.py");
        let content = vec![b'x'; 100_000];
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        put(&path, &content).expect("it can be written");
                        assert_eq!(std::fs::read(&path).expect("it is there"), content);
                    }
                });
            }
        });
    }
}
