//! The folder that the outputs are written into: each file whole, or as it was before.
//!
//! Records are synced to the disk one by one, and for their owner alone. Outputs can be made
//! again from the records, there are thousands of them, and some are for others to read.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::OutputError;

pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(crate) fn new(root: &Path) -> Folder {
        Folder {
            root: root.to_owned(),
        }
    }

    /// Renames a whole file into place. The name it has before is always the same one, so that
    /// a run that was killed leaves nothing that the next one does not take.
    pub(crate) fn write(&self, place: &str, content: &[u8]) -> Result<(), OutputError> {
        let path = self.root.join(place);
        if fs::read(&path).is_ok_and(|there| there == content) {
            return Ok(());
        }
        let parent = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(parent).map_err(OutputError::io("made", parent))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let fresh = parent.join(format!(".{name}.tmp"));
        let written = fs::write(&fresh, content).and_then(|()| fs::rename(&fresh, &path));
        written.map_err(|source| {
            // What is half written is of no use; the trouble to tell is the other one.
            let _ = fs::remove_file(&fresh);
            OutputError::io("written", &path)(source)
        })
    }

    /// Writes a file whose name says whether there was a jail, and takes away the other.
    pub(super) fn write_stamped(
        &self,
        name: &str,
        ending: &str,
        stamped: bool,
        content: &[u8],
    ) -> Result<(), OutputError> {
        let plain = format!("{name}.{ending}");
        let marked = format!("{name}-unsandboxed.{ending}");
        let (place, other) = match stamped {
            true => (marked, plain),
            false => (plain, marked),
        };
        self.write(&place, content)?;
        self.remove(&other)
    }

    /// Takes a file away that may be there.
    pub(crate) fn remove(&self, place: &str) -> Result<(), OutputError> {
        let path = self.root.join(place);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(OutputError::io("removed", &path)(e)),
            _ => Ok(()),
        }
    }

    /// Takes away what an earlier run has written for students who are in the class no more.
    /// Only files that we would write ourselves: what else lies there is somebody's.
    pub(super) fn keep_only(
        &self,
        folders: &[(&str, &[&str])],
        ids: &BTreeSet<&str>,
    ) -> Result<(), OutputError> {
        for (folder, names) in folders {
            let path = self.root.join(folder);
            let entries = match fs::read_dir(&path) {
                Err(e) if e.kind() == ErrorKind::NotFound => continue,
                entries => entries.map_err(OutputError::io("read", &path))?,
            };
            for entry in entries {
                let entry = entry.map_err(OutputError::io("read", &path))?;
                let Ok(name) = entry.file_name().into_string() else {
                    continue;
                };
                if entry.path().is_dir() && !ids.contains(name.as_str()) {
                    for ours in *names {
                        self.remove(&format!("{folder}/{name}/{ours}"))?;
                    }
                    // It stays where something else lies in it.
                    let _ = fs::remove_dir(entry.path());
                } else if let Some((id, ending)) = name.rsplit_once('.')
                    && names.contains(&ending)
                    && !ids.contains(id)
                {
                    self.remove(&format!("{folder}/{name}"))?;
                }
            }
        }
        Ok(())
    }
}
