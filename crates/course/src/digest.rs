//! A fingerprint of the files a learner edits.

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::error::{CourseError, Problem};

/// SHA-256, in hexadecimal, over the relative path and content of each file.
///
/// Lengths go in before contents, so that no two sets of files run together
/// into the same bytes; the order of `paths` does not matter; a file that is
/// not there counts as absent, which differs from empty.
pub fn digest(dir: &Path, paths: &[PathBuf]) -> Result<String, CourseError> {
    let mut paths: Vec<_> = paths.iter().collect();
    paths.sort();
    let mut hash = Sha256::new();
    for relative in paths {
        let name = relative.to_string_lossy();
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name.as_bytes());
        let path = dir.join(relative);
        match fs::read(&path) {
            Ok(content) => {
                hash.update([1]);
                hash.update((content.len() as u64).to_le_bytes());
                hash.update(&content);
            }
            Err(e) if e.kind() == ErrorKind::NotFound => hash.update([0]),
            Err(e) => return Err(CourseError::new(path, Problem::Unreadable(e))),
        }
    }
    let mut hex = String::with_capacity(64);
    for byte in hash.finalize() {
        let _ = write!(hex, "{byte:02x}");
    }
    Ok(hex)
}
