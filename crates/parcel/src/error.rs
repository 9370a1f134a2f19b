//! What can go wrong with a copy, each with its one next step.

use std::io;
use std::path::PathBuf;

/// Why a copy was not made or not brought up to date.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ParcelError {
    /// There is something where the copy shall be.
    #[error("`{}` is there already, and is not an empty folder", .0.display())]
    Taken(PathBuf),
    /// The copy's folder has no name to be made under.
    #[error("`{}` has no name that a new folder could have", .0.display())]
    Nameless(PathBuf),
    /// There is no record of a copy, but there is git.
    #[error("`{}` is a git checkout and no copy that `bindery init` has made", .0.display())]
    Checkout(PathBuf),
    /// There is no record of a copy.
    #[error("`{}` is no copy that `bindery init` has made: it has no `{}`", .0.display(), crate::record::PLACE)]
    NoCopy(PathBuf),
    /// The record makes no sense.
    #[error("`{}` cannot be understood: {why}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        why: String,
    },
    /// The course at hand is older than the copy.
    #[error(
        "this copy has the course's version {copy}, and the one at hand is {at_hand}, which is older"
    )]
    Older {
        /// The copy's version.
        copy: String,
        /// The version of the files that were offered.
        at_hand: String,
    },
    /// Somebody else is at it.
    #[error("another `bindery update` is at work in this copy")]
    Busy,
    /// Something in a repository was not committed.
    #[error("`{}` has changes that are not committed", .0.display())]
    Unclean(PathBuf),
    /// A repository with commits, of which none is a release.
    #[error("`{}` is a git repository, and no commit in it is a release", .0.display())]
    Stranger(PathBuf),
    /// Git said no.
    #[error("`git {command}` fails: {said}")]
    Git {
        /// What it was asked to do.
        command: String,
        /// What it said.
        said: String,
    },
    /// The file system said no.
    #[error("`{}` cannot be {verb}: {source}", path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What was to be done with it.
        verb: &'static str,
        /// Why not.
        source: io::Error,
    },
}

impl ParcelError {
    /// The one next step.
    pub fn hint(&self) -> String {
        match self {
            ParcelError::Taken(_) | ParcelError::Nameless(_) => {
                "name a folder that is not there yet, as in `bindery init my-bindery`".into()
            }
            ParcelError::Checkout(_) => "bring it up to date with `git pull`".into(),
            ParcelError::NoCopy(_) => "make a copy with `bindery init my-bindery`".into(),
            ParcelError::Record { path, .. } => format!(
                "make a new copy with `bindery init my-bindery`, take your answers over, or mend `{}`",
                path.display()
            ),
            ParcelError::Older { .. } => {
                "install the newer `bindery`, or name a newer checkout with `--from`".into()
            }
            ParcelError::Unclean(dir) => {
                format!(
                    "commit them or put them away; `git -C {} status` shows them",
                    dir.display()
                )
            }
            ParcelError::Stranger(_) => {
                "name a folder that is not there yet, or a clone of an empty repository".into()
            }
            ParcelError::Git { command, .. } => match command.as_str() {
                "var" => "tell git who you are: `git config --global user.name NAME`, and \
                          `user.email` with your address"
                    .into(),
                _ => "see that git works there, or release a folder or an archive".into(),
            },
            ParcelError::Busy => "wait until it is done".into(),
            ParcelError::Io { path, .. } => {
                // What could not be made is not there to be looked at.
                let there = path.ancestors().find(|p| p.exists()).unwrap_or(path);
                let there = there.display();
                format!(
                    "look at the permissions with `ls -ld {there}`, and whether the disk is full with `df {there}`"
                )
            }
        }
    }

    /// For `map_err`: what was to be done with this path.
    pub(crate) fn io(
        verb: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> ParcelError {
        let path = path.into();
        move |source| ParcelError::Io { path, verb, source }
    }
}
