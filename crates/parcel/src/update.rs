//! What is new in the course, brought into a copy in which somebody works.
//!
//! A file is the learner's own as soon as it is not what the course has written there. Such a
//! file is never overwritten. Where the course has something new for it, that is laid into
//! `.bindery/new/`; where the course has the file no more, it goes to `.bindery/kept/`, since
//! a crate without its manifest would stop cargo for all others.
//!
//! Each step is done whole or not at all, and the record is written last. So an update that
//! was ended anywhere is completed by the next one, which finds what is done already.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::ParcelError;
use crate::files::{File, is_edited};
use crate::record::{Record, fingerprint, version_of, write};
use crate::renumbered::{Renumbered, renumbered};

/// One thing that an update does. Paths are below the copy's root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// An exercise has a new place, and all that is in its folder goes there.
    Move {
        /// Its folder until now.
        from: String,
        /// Its folder from now on.
        to: String,
    },
    /// A file that the copy did not have.
    Add(String),
    /// A file that was as the course had written it.
    Renew(String),
    /// A file of the course's that was gone.
    Restore(String),
    /// The learner's answer stays; the new starter lies in `starter/` as always.
    KeepAnswer(String),
    /// Another file that the learner has changed stays.
    Keep {
        /// The file.
        path: String,
        /// Where the course's is laid.
        new: String,
    },
    /// A file that the course has no more.
    Remove(String),
    /// What the course has no more and the learner has worked on is put away.
    PutAway {
        /// A file, or a whole folder.
        path: String,
        /// Where it goes.
        to: String,
    },
}

/// An update that has been thought through and not begun.
pub struct Update<'a> {
    root: PathBuf,
    files: BTreeMap<&'a str, &'a File>,
    /// What the copy has on record once all is done.
    after: Record,
    steps: Vec<Step>,
    /// Held for as long as this lives.
    _alone: fs::File,
}

impl<'a> Update<'a> {
    /// Finds out what has to be done, so that the copy at `root` has these files.
    pub fn plan(root: &Path, files: &'a [File]) -> Result<Update<'a>, ParcelError> {
        let mut record = Record::read(root)?;
        is_newer(&record, files)?;
        let alone = alone(root)?;
        let mut steps = Vec::new();
        let moves = moves(root, &mut record, files, &mut steps);
        let plan = Plan {
            root,
            moves,
            record: &record,
            files: files
                .iter()
                .map(|file| (file.path.as_str(), file))
                .collect(),
        };
        for file in files {
            steps.extend(plan.file(file)?);
        }
        steps.extend(plan.what_is_gone()?);
        Ok(Update {
            root: root.to_owned(),
            files: plan.files,
            after: Record::of(files),
            steps,
            _alone: alone,
        })
    }

    /// What it does, in this order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The course's version once it is done.
    pub fn version(&self) -> &str {
        &self.after.version
    }

    /// Does all of it.
    pub fn run(self) -> Result<(), ParcelError> {
        for step in &self.steps {
            self.perform(step)?;
        }
        self.after.write(&self.root)
    }

    /// Does one step.
    pub fn perform(&self, step: &Step) -> Result<(), ParcelError> {
        let at = |path: &str| self.root.join(path);
        match step {
            Step::Move { from, to } | Step::PutAway { path: from, to } => {
                rename(&at(from), &at(to))?;
                self.tidy(from);
                Ok(())
            }
            Step::Add(path) | Step::Renew(path) | Step::Restore(path) => self.lay(path, path),
            Step::Keep { path, new } => self.lay(path, new),
            Step::KeepAnswer(_) => Ok(()),
            Step::Remove(path) => {
                match fs::remove_file(at(path)) {
                    Err(e) if e.kind() != ErrorKind::NotFound => {
                        return Err(ParcelError::io("removed", at(path))(e));
                    }
                    _ => self.tidy(path),
                }
                Ok(())
            }
        }
    }

    /// Writes the course's file `path` to `place`.
    fn lay(&self, path: &str, place: &str) -> Result<(), ParcelError> {
        let file = self.files[path];
        write(&self.root.join(place), &file.content, file.executable)
    }

    /// Takes away the folders that have become empty above a path.
    fn tidy(&self, path: &str) {
        for folder in Path::new(path).ancestors().skip(1) {
            let is_root = folder.as_os_str().is_empty();
            if is_root || fs::remove_dir(self.root.join(folder)).is_err() {
                break;
            }
        }
    }
}

/// The moves that are still to be made, as steps; `record` is told of all of them.
fn moves(
    root: &Path,
    record: &mut Record,
    files: &[File],
    steps: &mut Vec<Step>,
) -> Vec<Renumbered> {
    let mut to_make = Vec::new();
    for Renumbered { from, to } in renumbered(record, files) {
        let (is_at_from, is_at_to) = (root.join(&from).exists(), root.join(&to).exists());
        if is_at_from && is_at_to {
            // Somebody has made a folder where the exercise shall be. Nothing is mixed: what
            // is at the old place is treated as gone from the course.
            continue;
        }
        let below = format!("{from}/");
        record.files = std::mem::take(&mut record.files)
            .into_iter()
            .map(|(path, print)| match path.strip_prefix(&below) {
                Some(rest) => (format!("{to}/{rest}"), print),
                None => (path, print),
            })
            .collect();
        // An update that was ended after the move finds it made.
        if is_at_from {
            steps.push(Step::Move {
                from: from.clone(),
                to: to.clone(),
            });
            to_make.push(Renumbered { from, to });
        }
    }
    to_make
}

/// What the steps are found with: the copy as it will be when exercises have moved.
struct Plan<'p, 'a> {
    root: &'p Path,
    moves: Vec<Renumbered>,
    record: &'p Record,
    files: BTreeMap<&'a str, &'a File>,
}

impl Plan<'_, '_> {
    /// Where a path lies before anything has moved.
    fn lies_at(&self, path: &str) -> PathBuf {
        let moved = self.moves.iter().find_map(|m| {
            let rest = path.strip_prefix(&m.to)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{}{rest}", m.from))
        });
        self.root.join(moved.as_deref().unwrap_or(path))
    }

    /// The fingerprint of a file in the copy, if it is there.
    fn print_of(&self, path: &str) -> Result<Option<String>, ParcelError> {
        let place = self.lies_at(path);
        match fs::read(&place) {
            Ok(content) => Ok(Some(fingerprint(&content))),
            Err(e) if [ErrorKind::NotFound, ErrorKind::NotADirectory].contains(&e.kind()) => {
                Ok(None)
            }
            Err(e) => Err(ParcelError::io("read", place)(e)),
        }
    }

    fn file(&self, file: &File) -> Result<Option<Step>, ParcelError> {
        let path = file.path.clone();
        let written = self.record.files.get(&path);
        let new = fingerprint(&file.content);
        let step = match self.print_of(&path)? {
            None if written.is_some() => Step::Restore(path),
            None => Step::Add(path),
            Some(found) if found == new => return Ok(None),
            Some(found) if written == Some(&found) => Step::Renew(path),
            // Cargo writes it, and writes it again from here with what a learner has added.
            Some(_) if path == "Cargo.lock" => Step::Renew(path),
            // The course has nothing new to offer for it.
            Some(_) if written == Some(&new) => return Ok(None),
            Some(_) if is_edited(&path, self.files.values().copied()) => Step::KeepAnswer(path),
            Some(_) => Step::Keep {
                new: format!(".bindery/new/{path}"),
                path,
            },
        };
        Ok(Some(step))
    }

    /// What the record has and the course has no more.
    fn what_is_gone(&self) -> Result<Vec<Step>, ParcelError> {
        let (mut removed, mut put_away, mut crates) = (Vec::new(), Vec::new(), BTreeSet::new());
        for (path, written) in &self.record.files {
            if self.files.contains_key(path.as_str()) {
                continue;
            }
            crates.extend(self.crate_that_is_gone(path));
            match self.print_of(path)? {
                None => {}
                Some(found) if found == *written => removed.push(path.clone()),
                Some(_) => put_away.push(path.clone()),
            }
        }
        // Of a crate that is gone everything goes that is not removed, notes too.
        let is_in_crate = |path: &String| crates.iter().any(|c| path.starts_with(&format!("{c}/")));
        put_away.retain(|path| !is_in_crate(path));
        for folder in &crates {
            if self.holds_other(&self.root.join(folder), &removed)? {
                put_away.push(folder.clone());
            }
        }
        let removed = removed.into_iter().map(Step::Remove);
        let put_away = put_away.into_iter().map(|path| Step::PutAway {
            to: free_name(self.root, &path),
            path,
        });
        Ok(removed.chain(put_away).collect())
    }

    /// The folder of the crate that this path belonged to, if nothing of it is in the course.
    fn crate_that_is_gone(&self, path: &str) -> Option<String> {
        let folder = path.strip_suffix("/Cargo.toml")?;
        let below = format!("{folder}/");
        let next = self.files.range(below.as_str()..).next();
        let lives_on = next.is_some_and(|(path, _)| path.starts_with(&below));
        (!lives_on).then(|| folder.to_owned())
    }

    /// Whether a folder holds a file that will not have been removed.
    fn holds_other(&self, folder: &Path, removed: &[String]) -> Result<bool, ParcelError> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(false),
            Err(e) => return Err(ParcelError::io("read", folder)(e)),
        };
        for entry in entries {
            let path = entry.map_err(ParcelError::io("read", folder))?.path();
            let holds = match path.is_dir() {
                true => self.holds_other(&path, removed)?,
                false => !removed.iter().any(|r| self.root.join(r) == path),
            };
            if holds {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Where something is put away, beside what was put away before.
fn free_name(root: &Path, path: &str) -> String {
    let first = format!(".bindery/kept/{path}");
    let names = std::iter::once(first.clone()).chain((2..).map(|n| format!("{first}.{n}")));
    let mut free = names.filter(|name| !root.join(name).exists());
    free.next().unwrap_or(first)
}

fn rename(from: &Path, to: &Path) -> Result<(), ParcelError> {
    let parent = to.parent().unwrap_or(to);
    fs::create_dir_all(parent).map_err(ParcelError::io("made", parent))?;
    fs::rename(from, to).map_err(ParcelError::io("moved", from))
}

/// An older course would take away what a newer one has brought.
fn is_newer(record: &Record, files: &[File]) -> Result<(), ParcelError> {
    let parts = |version: &str| -> Option<Vec<u64>> {
        version.split('.').map(|part| part.parse().ok()).collect()
    };
    let at_hand = version_of(files).unwrap_or_default();
    match (parts(&record.version), parts(&at_hand)) {
        (Some(copy), Some(offered)) if offered < copy => Err(ParcelError::Older {
            copy: record.version.clone(),
            at_hand,
        }),
        _ => Ok(()),
    }
}

/// One update at a time; the kernel drops the lock with the process.
fn alone(root: &Path) -> Result<fs::File, ParcelError> {
    let path = root.join(".bindery/update.lock");
    let lock = fs::File::create(&path).map_err(ParcelError::io("written", &path))?;
    match lock.try_lock() {
        Err(fs::TryLockError::WouldBlock) => Err(ParcelError::Busy),
        // Where the file system has no locks the steps are whole all the same.
        _ => Ok(lock),
    }
}
