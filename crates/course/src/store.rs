//! Files that two terminals write at once and a crash must not tear.
//!
//! Knows nothing of what is in them.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{CourseError, Problem};
use crate::exercise::Exercise;

/// How the name of a file begins that is not whole yet.
const WRITING: &str = ".writing-";

/// Where a root keeps what is its learner's own and no answer.
pub(crate) fn bindery_dir(root: &Path) -> PathBuf {
    root.join(".bindery")
}

/// Where a root keeps its learner's results.
pub fn results_dir(root: &Path) -> PathBuf {
    bindery_dir(root).join("results")
}

/// Runs `change` while no other process changes anything in a root's records. It is not
/// to be called from within itself.
///
/// The kernel drops the lock with the process, so a crash leaves none behind.
/// Where the file system has no locks the change is made all the same: it is
/// atomic, and the loser of the race is at worst one result behind.
pub(crate) fn alone<T>(
    root: &Path,
    change: impl FnOnce() -> Result<T, CourseError>,
) -> Result<T, CourseError> {
    alone_by(root, File::lock, change)
}

fn alone_by<T>(
    root: &Path,
    take: impl Fn(&File) -> io::Result<()>,
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
    loop {
        match take(&lock) {
            // Whoever was writing is done, or was killed on the way.
            Ok(()) => {
                sweep(&bindery_dir(root));
                sweep(&dir);
            }
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(_) => {}
        }
        return change();
    }
}

/// Removes what a writer that was killed has left in a folder. Call it in [`alone`].
pub(crate) fn sweep(dir: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(WRITING) {
            // What cannot be removed harms nobody, and the next writer tries again.
            let _ = match entry.path().is_dir() {
                true => fs::remove_dir_all(entry.path()),
                false => fs::remove_file(entry.path()),
            };
        }
    }
}

/// The name of something that is being written.
pub(crate) fn writing() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(WRITING);
    builder
}

/// Replaces a file in one step: readers see the old one or the new one.
pub(crate) fn replace(
    path: &Path,
    content: &[u8],
    mode: Option<Permissions>,
) -> Result<(), CourseError> {
    let write = || -> io::Result<()> {
        let dir = path.parent().unwrap_or(Path::new("."));
        let mut file = writing().tempfile_in(dir)?;
        file.write_all(content)?;
        if let Some(mode) = mode {
            file.as_file().set_permissions(mode)?;
        }
        // Without this a power cut may leave the new name on an empty file.
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    write().map_err(|e| CourseError::new(path, Problem::Unwritable(e)))
}

/// One file about an exercise, under its slug and under those that it had before.
pub(crate) struct Record {
    present: PathBuf,
    former: Vec<PathBuf>,
}

impl Record {
    pub(crate) fn of(root: &Path, exercise: &Exercise, extension: &str) -> Record {
        let dir = results_dir(root);
        let mut paths = exercise
            .slugs()
            .map(|slug| dir.join(format!("{slug}.{extension}")));
        Record {
            present: paths.next().unwrap_or_default(),
            former: paths.collect(),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.present
    }

    /// The former ones first. A writer moves them to the present one, so that who
    /// looks in this order meets what is moved at least once.
    fn paths(&self) -> impl Iterator<Item = &Path> {
        let former = self.former.iter();
        former.chain([&self.present]).map(PathBuf::as_path)
    }

    /// What is on record, without a lock, so that a reader never waits for a writer and
    /// needs no leave to write. `None` if any of it makes no sense.
    pub(crate) fn peek<T>(&self, parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        let read = |path| match fs::read_to_string(path) {
            Ok(text) => Some(parse(&text)),
            // Where no folder of records can be, there are none.
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => None,
            Err(_) => Some(None),
        };
        self.paths().filter_map(read).collect()
    }

    /// What is on record. What makes no sense is moved aside, never deleted; the last
    /// of the paths it went to comes back. Call it in [`alone`], or a file made good
    /// meanwhile may be moved.
    pub(crate) fn read<T>(
        &self,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<(Vec<T>, Option<PathBuf>), CourseError> {
        let (mut good, mut aside) = (Vec::new(), None);
        for path in self.paths() {
            match fs::read_to_string(path) {
                Ok(text) => match parse(&text) {
                    Some(parsed) => good.push(parsed),
                    None => aside = Some(set_aside(path)?),
                },
                Err(e) if e.kind() == ErrorKind::NotFound => {}
                Err(_) => aside = Some(set_aside(path)?),
            }
        }
        Ok((good, aside))
    }

    /// Writes it under the present slug, and only then removes it under the others.
    pub(crate) fn write(&self, content: &[u8]) -> Result<(), CourseError> {
        replace(&self.present, content, None)?;
        for former in &self.former {
            // One that stays is joined with the present one as often as it is read.
            let _ = fs::remove_file(former);
        }
        Ok(())
    }
}

fn set_aside(path: &Path) -> Result<PathBuf, CourseError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let aside = (1..)
        .map(|n| match n {
            1 => path.with_file_name(format!("{name}.corrupt")),
            n => path.with_file_name(format!("{name}.corrupt{n}")),
        })
        .find(|aside| !aside.exists());
    let aside = aside.unwrap_or_else(|| path.with_file_name(format!("{name}.corrupt")));
    match fs::rename(path, &aside) {
        Ok(()) => Ok(aside),
        Err(e) => Err(CourseError::new(path, Problem::Unwritable(e))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_made_where_there_are_no_locks() {
        let root = tempfile::tempdir().unwrap();
        let none = |_: &File| Err(ErrorKind::Unsupported.into());
        let path = results_dir(root.path()).join("detach.hints");
        alone_by(root.path(), none, || replace(&path, b"1\n", None)).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"1\n");
    }

    #[test]
    fn what_may_be_another_writers_is_left_alone_without_a_lock() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(results_dir(root.path())).unwrap();
        let half = results_dir(root.path()).join(".writing-half");
        fs::write(&half, "").unwrap();
        let none = |_: &File| Err(ErrorKind::Unsupported.into());
        alone_by(root.path(), none, || Ok(())).unwrap();
        assert!(half.exists());
        alone(root.path(), || Ok(())).unwrap();
        assert!(!half.exists());
    }

    #[test]
    fn a_signal_does_not_take_the_lock_away() {
        let root = tempfile::tempdir().unwrap();
        let asked = std::cell::Cell::new(0);
        let take = |_: &File| {
            asked.set(asked.get() + 1);
            match asked.get() {
                1 => Err(ErrorKind::Interrupted.into()),
                _ => Ok(()),
            }
        };
        alone_by(root.path(), take, || Ok(())).unwrap();
        assert_eq!(asked.get(), 2);
    }
}
