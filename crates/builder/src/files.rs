//! Files that several programs may write at once.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

/// Renames a whole file into place, so that nobody ever reads a part.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let fresh = folder.join(format!(".{}.tmp", unique()));
    std::fs::write(&fresh, content)?;
    std::fs::rename(&fresh, path)
}

/// A name that nobody else uses at this moment.
pub(crate) fn unique() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{}-{count}", std::process::id())
}
