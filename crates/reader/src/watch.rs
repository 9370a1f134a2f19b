//! Says when a file that the book is made of has changed, a moment after the last of
//! several changes. Leaves what is done about it to whoever asked.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::ReadError;

/// An editor that saves writes more than one file, one after the other.
const QUIET: Duration = Duration::from_millis(200);

/// Watches until it is dropped. A change between two calls of [`Watcher::wait`] is kept.
pub struct Watcher {
    changes: Receiver<()>,
    system: RecommendedWatcher,
    followed: BTreeSet<PathBuf>,
}

impl Watcher {
    /// One that follows nothing yet.
    pub fn new() -> Result<Watcher, ReadError> {
        let (sender, changes) = channel();
        let system = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| is_a_change(event.kind)) {
                let _ = sender.send(());
            }
        });
        Ok(Watcher {
            changes,
            system: system.map_err(refused)?,
            followed: BTreeSet::new(),
        })
    }

    /// Follows these folders too, each with or without what is below it.
    pub fn follow(&mut self, folders: Vec<(PathBuf, bool)>) -> Result<(), ReadError> {
        for (folder, with_all_below) in folders {
            if self.followed.contains(&folder) {
                continue;
            }
            let mode = match with_all_below {
                true => RecursiveMode::Recursive,
                false => RecursiveMode::NonRecursive,
            };
            self.system.watch(&folder, mode).map_err(refused)?;
            self.followed.insert(folder);
        }
        Ok(())
    }

    /// Waits for a change and for the end of those that come with it; `false` when there
    /// will be no more.
    pub fn wait(&self) -> bool {
        let changed = self.changes.recv().is_ok();
        while self.changes.recv_timeout(QUIET).is_ok() {}
        changed
    }
}

/// To read a file is none, and the book's own build reads them all.
fn is_a_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

fn refused(error: notify::Error) -> ReadError {
    ReadError::Watch {
        why: error.to_string(),
    }
}
