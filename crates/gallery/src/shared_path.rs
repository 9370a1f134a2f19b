//! One `.pth` file in the environment's site-packages: with it, the environment's own
//! Python imports every binding that is built.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use interpreter::Environment;

use crate::digest::without_hash;
use crate::error::{GalleryError, io_error};
use crate::gallery::Gallery;
use crate::job::Lock;

/// Where the bindings of an environment are installed, each in a folder of its own.
pub(crate) fn bindings(environment: &Environment) -> PathBuf {
    environment.root().join("bindings")
}

/// Writes the file anew after `fresh` was installed, and clears away what the same
/// binding had before: a moment later nothing leads there any more.
pub(crate) fn renew(
    environment: &Environment,
    gallery: &Gallery,
    fresh: &Path,
) -> Result<(), GalleryError> {
    let folder = bindings(environment);
    let _lock = Lock::take(&folder.join(".path.lock"), "the path", &mut |_| {})?;
    let name_of = |path: &Path| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        without_hash(&name).map(str::to_owned)
    };
    let installed = fs::read_dir(&folder).map_err(io_error("read", &folder))?;
    let installed: Vec<PathBuf> = installed
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    let mut current: BTreeMap<String, PathBuf> = BTreeMap::new();
    for path in &installed {
        if let Some(name) = name_of(path) {
            current.insert(name, path.clone());
        }
    }
    if let Some(name) = name_of(fresh) {
        current.insert(name, fresh.to_owned());
    }
    let shared = gallery
        .bindings()
        .filter(|binding| !binding.alone)
        .filter_map(|binding| current.get(&binding.about.name));
    let lines: String = shared.map(|path| format!("{}\n", path.display())).collect();
    write_atomically(
        &environment.site_packages().join("bindery-examples.pth"),
        &lines,
    )?;
    for path in installed {
        if path != fresh && name_of(&path) == name_of(fresh) {
            // Room on a disk is all that is lost.
            let _ = fs::remove_dir_all(path);
        }
    }
    Ok(())
}

fn write_atomically(path: &Path, text: &str) -> Result<(), GalleryError> {
    let folder = path.parent().unwrap_or(path);
    let mut file = tempfile::Builder::new()
        .prefix(".bindery-")
        .tempfile_in(folder)
        .map_err(io_error("write in", folder))?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(io_error("write", path))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let everybody = fs::Permissions::from_mode(0o644);
        file.as_file()
            .set_permissions(everybody)
            .map_err(io_error("write", path))?;
    }
    file.persist(path)
        .map_err(|e| io_error("write", path)(e.error))?;
    Ok(())
}
