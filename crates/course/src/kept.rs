//! Answers that made room for others, in `.bindery/kept/<slug>/<name>/`.
//!
//! A copy is whole before anything is replaced, and no copy is ever written over. What
//! it is called, and when one is made, is left to the command.

use std::fs::{self, Permissions};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{CourseError, Problem};
use crate::exercise::Exercise;
use crate::store::{alone, bindery_dir, replace, sweep, writing};

/// The copies that were kept of an exercise, under whatever slug, by their names.
pub fn kept(root: &Path, exercise: &Exercise) -> Vec<PathBuf> {
    let dirs = exercise.slugs().map(|slug| dir(root, slug));
    let entries = dirs.filter_map(|dir| fs::read_dir(dir).ok()).flatten();
    let mut copies: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir() && !file_name(path).starts_with('.'))
        .collect();
    copies.sort_by_key(|path| file_name(path));
    copies
}

/// Puts the files of `from`, a copy or the starter, in the place of what a learner has
/// written, which is kept under `name`. The copy's path comes back; where the files are
/// those of the starter, or are all gone, there is nothing to keep.
///
/// Each file is replaced in one step, with its permissions; one that `from` has not is
/// left as it is.
pub fn exchange(
    root: &Path,
    exercise: &Exercise,
    from: &Path,
    name: &str,
) -> Result<Option<PathBuf>, CourseError> {
    alone(root, || {
        let copy = match exercise.is_untouched()? {
            true => None,
            false => keep(root, exercise, name)?,
        };
        for relative in &exercise.manifest.editable {
            let (source, target) = (from.join(relative), exercise.dir.join(relative));
            if source.is_file() {
                bring(&source, &target)?;
            }
        }
        Ok(copy)
    })
}

/// Whether the learner's files are those of a copy, as far as it has them.
pub fn is_as_kept(exercise: &Exercise, copy: &Path) -> bool {
    exercise.manifest.editable.iter().all(|relative| {
        let kept = fs::read(copy.join(relative));
        kept.map_or(true, |kept| {
            fs::read(exercise.dir.join(relative)).is_ok_and(|now| now == kept)
        })
    })
}

fn dir(root: &Path, slug: &str) -> PathBuf {
    bindery_dir(root).join("kept").join(slug)
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Copies what there is of the learner's files to a folder of its own.
fn keep(root: &Path, exercise: &Exercise, name: &str) -> Result<Option<PathBuf>, CourseError> {
    let there: Vec<&PathBuf> = exercise
        .manifest
        .editable
        .iter()
        .filter(|relative| exercise.dir.join(relative).is_file())
        .collect();
    if there.is_empty() {
        return Ok(None);
    }
    let dir = dir(root, &exercise.slug);
    let write = || -> io::Result<PathBuf> {
        fs::create_dir_all(&dir)?;
        sweep(&dir);
        let half = writing().tempdir_in(&dir)?;
        for relative in there {
            let target = half.path().join(relative);
            fs::create_dir_all(target.parent().unwrap_or(&dir))?;
            fs::copy(exercise.dir.join(relative), &target)?;
            fs::File::open(&target)?.sync_all()?;
        }
        let free = (1..)
            .map(|n| match n {
                1 => dir.join(name),
                n => dir.join(format!("{name}-{n:02}")),
            })
            .find(|path| !path.exists());
        let copy = free.unwrap_or_else(|| dir.join(name));
        fs::rename(half.keep(), &copy)?;
        Ok(copy)
    };
    let copy = write().map_err(|e| CourseError::new(&dir, Problem::Unwritable(e)))?;
    Ok(Some(copy))
}

fn bring(source: &Path, target: &Path) -> Result<(), CourseError> {
    let content = fs::read(source).map_err(|e| CourseError::new(source, Problem::Unreadable(e)))?;
    let parent = target.parent().unwrap_or(target);
    fs::create_dir_all(parent).map_err(|e| CourseError::new(parent, Problem::Unwritable(e)))?;
    sweep(parent);
    replace(
        target,
        &content,
        permissions(target).or_else(|| permissions(source)),
    )
}

fn permissions(path: &Path) -> Option<Permissions> {
    fs::metadata(path).ok().map(|m| m.permissions())
}
