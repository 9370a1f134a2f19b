//! What a plan rests on: files that must be as they were when it was made.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::Why;

/// Files, each with its length and the time of its last change.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Stamps(Vec<(PathBuf, Stamp)>);

/// Nothing where there was no file: then there must be none.
type Stamp = Option<(u64, u128)>;

impl Stamps {
    pub fn add(&mut self, path: PathBuf) {
        let stamp = stamp(&path);
        self.0.push((path, stamp));
    }

    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().map(|(path, _)| path.as_path())
    }

    pub fn hold(&self) -> Result<(), Why> {
        match self.0.iter().find(|(path, was)| stamp(path) != *was) {
            None => Ok(()),
            Some((path, _)) => Err(Why::new(format!("`{}` has changed", path.display()))),
        }
    }
}

fn stamp(path: &Path) -> Stamp {
    let metadata = path.metadata().ok()?;
    let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((metadata.len(), modified.as_nanos()))
}
