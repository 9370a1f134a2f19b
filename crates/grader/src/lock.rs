//! Who writes into a folder of results: one grader alone, or those who judge shards of one plan.
//!
//! The system takes a lock back when its holder is gone, however that ended. Nothing is left that
//! somebody would have to remove by hand.

use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::error::GraderError;

/// Held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    _files: Vec<File>,
}

impl Lock {
    /// For one grader alone. `doing` is told to whoever comes second.
    pub fn alone(out: &Path, doing: &str) -> Result<Lock, GraderError> {
        let folder = take(out, "folder", doing, File::try_lock)?;
        Ok(Lock {
            _files: vec![folder],
        })
    }

    /// For one shard: others may judge other shards meanwhile.
    pub fn of_shard(out: &Path, (which, parts): (usize, usize)) -> Result<Lock, GraderError> {
        let doing = format!("judges the share {which}/{parts}");
        let shard = format!("share-{which}-of-{parts}");
        let folder = take(out, "folder", &doing, File::try_lock_shared)?;
        let shard = take(out, &shard, &doing, File::try_lock)?;
        Ok(Lock {
            _files: vec![folder, shard],
        })
    }
}

fn take(
    out: &Path,
    name: &str,
    doing: &str,
    lock: fn(&File) -> Result<(), TryLockError>,
) -> Result<File, GraderError> {
    let path = out.join("locks").join(name);
    let open = || {
        std::fs::create_dir_all(out.join("locks"))?;
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(false);
        options.open(&path)
    };
    let mut file = open().map_err(GraderError::file(&path))?;
    match lock(&file) {
        Ok(()) => {
            // On a full disk nobody learns who it is, and it is locked all the same.
            let _ = file.set_len(0);
            let _ = write!(file, "{}", said_of_us(doing));
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => Err(GraderError::InUse {
            out: out.to_owned(),
            who: std::fs::read_to_string(&path).unwrap_or_default(),
        }),
        // A file system without locks, as some clusters have. Records are whole all the same.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(GraderError::file(&path)(error)),
    }
}

fn said_of_us(doing: &str) -> String {
    let machine = rustix::system::uname();
    let machine = machine.nodename().to_string_lossy().into_owned();
    format!("process {} on `{machine}` {doing}", std::process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_grader_learns_who_is_at_it() {
        let out = tempfile::tempdir().unwrap();
        let first = Lock::alone(out.path(), "grades").unwrap();
        let refused = Lock::alone(out.path(), "grades").unwrap_err().to_string();
        let us = format!("process {} on ", std::process::id());
        assert!(refused.contains(&us), "{refused}");
        assert!(Lock::of_shard(out.path(), (1, 2)).is_err());
        drop(first);
        assert!(Lock::alone(out.path(), "grades").is_ok());
    }

    #[test]
    fn shards_are_judged_side_by_side_and_each_by_one() {
        let out = tempfile::tempdir().unwrap();
        let _first = Lock::of_shard(out.path(), (1, 2)).unwrap();
        let _second = Lock::of_shard(out.path(), (2, 2)).unwrap();
        assert!(Lock::of_shard(out.path(), (2, 2)).is_err());
        assert!(Lock::alone(out.path(), "merges").is_err());
    }
}
