//! Who saved what. Editors write in place, write beside and rename, leave swap files and
//! backups: what counts is that the content of an exercise's folder is another.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use course::Exercise;
use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, PollWatcher, RecursiveMode, Watcher};

use crate::trouble::Trouble;
use crate::watch::post::{News, Post};

/// An editor does several things in one go; this long after the last it is done.
const SETTLED: Duration = Duration::from_millis(20);

/// How often to look where the system does not tell.
const LOOK: Duration = Duration::from_millis(500);

/// What is known of the exercises' files.
pub struct Saves {
    _watcher: Box<dyn Watcher>,
    contents: HashMap<String, String>,
    touched: BTreeSet<String>,
    due: Option<Instant>,
}

impl Saves {
    /// Listens for changes below a workbook's `exercises/`.
    pub fn of(root: &Path, exercises: &[Exercise], post: &Post) -> Result<Saves, Trouble> {
        let folder = root.join("exercises");
        let watcher = told(&folder, post).or_else(|_| looked_for(&folder, post));
        let watcher = watcher.map_err(|e| {
            Trouble::new(
                format!("`{}` cannot be watched: {e}", folder.display()),
                format!("run `{} check` instead", crate::screen::me()),
            )
        })?;
        let contents = exercises.iter().map(|e| (e.slug.clone(), content(e)));
        Ok(Saves {
            _watcher: watcher,
            contents: contents.collect(),
            touched: BTreeSet::new(),
            due: None,
        })
    }

    /// Something was written at this path.
    pub fn touched(&mut self, path: &Path, exercises: &[Exercise]) {
        let is_in = |e: &&Exercise| path.starts_with(&e.dir) || e.dir.starts_with(path);
        for exercise in exercises.iter().filter(is_in) {
            self.touched.insert(exercise.slug.clone());
            self.due = Some(Instant::now() + SETTLED);
        }
    }

    /// How long until what was written can be looked at.
    pub fn wait(&self) -> Option<Duration> {
        self.due
            .map(|due| due.saturating_duration_since(Instant::now()))
    }

    /// The exercises whose content has changed, once their files have come to rest.
    pub fn settled(&mut self, exercises: &[Exercise]) -> Vec<String> {
        if self.due.is_none_or(|due| due > Instant::now()) {
            return Vec::new();
        }
        self.due = None;
        let touched = std::mem::take(&mut self.touched);
        let mut changed = Vec::new();
        for exercise in exercises.iter().filter(|e| touched.contains(&e.slug)) {
            if self.take_in(exercise) {
                changed.push(exercise.slug.clone());
            }
        }
        changed
    }

    /// Looks at an exercise's files, and says whether they differ from what was known. What
    /// has been taken in is not told by [`Saves::settled`] any more.
    pub fn take_in(&mut self, exercise: &Exercise) -> bool {
        let now = content(exercise);
        let before = self.contents.insert(exercise.slug.clone(), now.clone());
        before.is_none_or(|before| before != now)
    }
}

fn told(folder: &Path, post: &Post) -> notify::Result<Box<dyn Watcher>> {
    let mut watcher = notify::recommended_watcher(teller(post))?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

/// Where the system's watches are used up, or the file system has none.
fn looked_for(folder: &Path, post: &Post) -> notify::Result<Box<dyn Watcher>> {
    let config = Config::default().with_poll_interval(LOOK);
    let mut watcher = PollWatcher::new(teller(post), config)?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

fn teller(post: &Post) -> impl FnMut(notify::Result<Event>) + Send + 'static {
    let post = post.clone();
    move |event| {
        let Ok(event) = event else { return };
        let read = |kind: &EventKind| match kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            kind => kind.is_access(),
        };
        if read(&event.kind) {
            return;
        }
        for path in event.paths {
            if path.file_name().is_some_and(is_a_learners) {
                post.send(News::Touched(path));
            }
        }
    }
}

/// Whether a file of this name is more than an editor's scratch paper.
fn is_a_learners(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let scratch = name.starts_with('.')
        || name.starts_with('#')
        || name.ends_with('~')
        || [".swp", ".swx", ".tmp", ".bak", ".pyc"]
            .iter()
            .any(|end| name.ends_with(end))
        || ["__pycache__", "target", "4913"].contains(&&*name);
    !scratch
}

/// A fingerprint of all that is in an exercise's folder.
fn content(exercise: &Exercise) -> String {
    let mut files = Vec::new();
    files_below(&exercise.dir, &exercise.dir, &mut files);
    // What cannot be read now is another content than what can be read later.
    course::digest(&exercise.dir, &files).unwrap_or_default()
}

fn files_below(top: &Path, folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| is_a_learners(&entry.file_name())) {
        let path = entry.path();
        if path.is_dir() {
            files_below(top, &path, files);
        } else if let Ok(relative) = path.strip_prefix(top) {
            files.push(relative.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editors_scratch_paper_is_no_answer() {
        for name in [
            ".lib.rs.swp",
            "lib.rs~",
            "4913",
            "#lib.rs#",
            ".#lib.rs",
            "__pycache__",
        ] {
            assert!(!is_a_learners(OsStr::new(name)), "{name}");
        }
        for name in ["lib.rs", "module.c", "binding.py", "Cargo.toml"] {
            assert!(is_a_learners(OsStr::new(name)), "{name}");
        }
    }
}
