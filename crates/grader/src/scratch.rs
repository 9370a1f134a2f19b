//! A folder for the cases of one grader. It goes with its grader; where that was killed, the next
//! one removes it.

use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::TempDir;

/// In each such folder, locked as long as its grader lives.
const HELD: &str = "held";

/// Held until it is dropped.
#[derive(Debug)]
pub struct Scratch {
    folder: TempDir,
    _held: File,
}

impl Scratch {
    /// A fresh one among others in `under`. Those of dead graders are removed.
    pub fn new(under: &Path) -> io::Result<Scratch> {
        std::fs::create_dir_all(under)?;
        // Whoever makes one is alone with all of them: one that nobody holds yet is not swept.
        let door = File::create(under.join("door"))?;
        door.lock()?;
        sweep(under);
        let folder = TempDir::new_in(under)?;
        let held = File::create(folder.path().join(HELD))?;
        held.lock()?;
        Ok(Scratch {
            folder,
            _held: held,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// What cannot be removed is the next one's to try.
fn sweep(under: &Path) {
    for entry in under.read_dir().into_iter().flatten().flatten() {
        let folder = entry.path();
        if folder.is_dir() && !is_held(&folder) {
            let _ = std::fs::remove_dir_all(&folder);
        }
    }
}

fn is_held(folder: &Path) -> bool {
    File::open(folder.join(HELD)).is_ok_and(|held| held.try_lock().is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dead_grader_left_is_swept_and_a_living_ones_stays() {
        let under = tempfile::tempdir().unwrap();
        let living = Scratch::new(under.path()).unwrap();
        std::fs::write(living.path().join("case"), "kept").unwrap();
        let dead = under.path().join("dead");
        std::fs::create_dir(&dead).unwrap();
        std::fs::write(dead.join(HELD), "").unwrap();
        let next = Scratch::new(under.path()).unwrap();
        assert!(!dead.exists());
        assert!(living.path().join("case").exists());
        assert_ne!(living.path(), next.path());
    }
}
