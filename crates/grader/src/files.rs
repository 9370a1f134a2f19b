//! Files that must be whole, whenever the machine stops.

use std::io::Write;
use std::path::Path;

use sha2::{Digest, Sha256};

/// Renames a whole file into place: nobody ever reads a part, and a full disk is said here.
pub fn write_whole(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
    fresh.write_all(content)?;
    fresh.as_file().sync_data()?;
    fresh.persist(path)?;
    Ok(())
}

/// The same, unless the file is there already as it should be.
pub fn write_if_new(path: &Path, content: &[u8]) -> std::io::Result<()> {
    match std::fs::read(path).is_ok_and(|there| there == content) {
        true => Ok(()),
        false => write_whole(path, content),
    }
}

/// A fingerprint, as it is written.
pub fn hex(hash: Sha256) -> String {
    let bytes = hash.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
