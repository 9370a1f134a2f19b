//! Why a collection was not taken in at all, each with its one next step.
//!
//! What is wrong with one student's files is no error: it is a [`crate::model::Problem`], or a
//! submission that is refused, and the others are taken in.

use std::io;
use std::path::PathBuf;

/// Why nothing was taken in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// The file system said no.
    #[error("`{}` cannot be read: {source}", path.display())]
    Unreadable {
        /// Which file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Neither a folder nor an archive.
    #[error("`{}` is neither a folder nor a zip or tar archive", .0.display())]
    NoCollection(PathBuf),
    /// An archive with the whole collection cannot be opened.
    #[error("`{}` {why}", path.display())]
    Unopened {
        /// The archive.
        path: PathBuf,
        /// Why not, as the rest of a sentence.
        why: String,
    },
    /// A roster or a list of receipts makes no sense.
    #[error("`{}` {why}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// What is wrong, as the rest of a sentence.
        why: String,
        /// The next step.
        hint: &'static str,
    },
    /// `--names` makes no sense.
    #[error("`{pattern}` cannot map names to students: {why}")]
    Pattern {
        /// As it was given.
        pattern: String,
        /// What is wrong.
        why: &'static str,
    },
}

impl IntakeError {
    /// The one next step.
    pub fn hint(&self) -> String {
        match self {
            IntakeError::Unreadable { path, .. } => {
                let there = path.ancestors().find(|p| p.exists()).unwrap_or(path);
                format!("look at it with `ls -ld {}`", there.display())
            }
            IntakeError::NoCollection(_) => {
                "name a folder in which each student has a folder, an archive or a file".into()
            }
            IntakeError::Unopened { .. } => {
                "download it again, or unpack it and name the folder".into()
            }
            IntakeError::Table { hint, .. } => (*hint).into(),
            IntakeError::Pattern { .. } => {
                "write one as in `--names '{student}_{rest}_{exercise}.rs'`".into()
            }
        }
    }
}
