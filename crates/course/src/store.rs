//! Files that two terminals write at once and a crash must not tear.
//!
//! Knows nothing of what is in them.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{CourseError, Problem};

/// Where a root keeps what is its learner's own and no answer.
pub(crate) fn bindery_dir(root: &Path) -> PathBuf {
    root.join(".bindery")
}

/// Where a root keeps its learner's results.
pub fn results_dir(root: &Path) -> PathBuf {
    bindery_dir(root).join("results")
}

/// Runs `change` while no other process changes anything in a root's records.
///
/// The kernel drops the lock with the process, so a crash leaves none behind.
/// Where the file system has no locks the change is made all the same: it is
/// atomic, and the loser of the race is at worst one result behind.
pub(crate) fn alone<T>(
    root: &Path,
    change: impl FnOnce() -> Result<T, CourseError>,
) -> Result<T, CourseError> {
    let dir = results_dir(root);
    let unwritable = |e| CourseError::new(&dir, Problem::Unwritable(e));
    fs::create_dir_all(&dir).map_err(unwritable)?;
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(dir.join(".lock"))
        .map_err(unwritable)?;
    while let Err(e) = lock.lock() {
        if e.kind() != ErrorKind::Interrupted {
            break;
        }
    }
    change()
}

/// Replaces a file in one step: readers see the old one or the new one.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<(), CourseError> {
    let write = || -> io::Result<()> {
        let dir = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new()
            .prefix(".writing-")
            .tempfile_in(dir)?;
        file.write_all(content)?;
        // Without this a power cut may leave the new name on an empty file.
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    write().map_err(|e| CourseError::new(path, Problem::Unwritable(e)))
}

/// What a file was found to be.
pub(crate) enum Found<T> {
    Nothing,
    Good(T),
    /// Not understood, and moved to this path.
    Corrupt(PathBuf),
}

/// Reads a file; one that `parse` cannot make sense of is moved aside, never
/// deleted. Call it in [`alone`], or a file made good meanwhile may be moved.
pub(crate) fn read_or_set_aside<T>(
    path: &Path,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Found<T>, CourseError> {
    match fs::read_to_string(path) {
        Ok(text) => match parse(&text) {
            Some(good) => Ok(Found::Good(good)),
            None => set_aside(path),
        },
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
        Err(_) => set_aside(path),
    }
}

fn set_aside<T>(path: &Path) -> Result<Found<T>, CourseError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let aside = (1..)
        .map(|n| match n {
            1 => path.with_file_name(format!("{name}.corrupt")),
            n => path.with_file_name(format!("{name}.corrupt{n}")),
        })
        .find(|aside| !aside.exists());
    let aside = aside.unwrap_or_else(|| path.with_file_name(format!("{name}.corrupt")));
    match fs::rename(path, &aside) {
        Ok(()) => Ok(Found::Corrupt(aside)),
        Err(e) => Err(CourseError::new(path, Problem::Unwritable(e))),
    }
}
