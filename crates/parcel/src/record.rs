//! What a copy remembers of how it was written, in `.bindery/copy.toml`.
//!
//! A fingerprint of each file tells what the course has written from what the learner has.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::ParcelError;
use crate::files::File;

/// Where the record lies in a copy.
pub(crate) const PLACE: &str = ".bindery/copy.toml";

const HEAD: &str = "\
# What the course has put into this copy, so that `bindery update` can tell it from your work.
# Nothing to edit here.

";

/// What the course has written into a copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The version of the course.
    pub version: String,
    /// The fingerprint of each file as the course has it, by path.
    pub files: BTreeMap<String, String>,
}

impl Record {
    /// The record of a copy that consists of these files.
    pub fn of(files: &[File]) -> Record {
        Record {
            version: version_of(files).unwrap_or_default(),
            files: files
                .iter()
                .map(|file| (file.path.clone(), fingerprint(&file.content)))
                .collect(),
        }
    }

    /// Reads the record of the copy at `root`.
    pub fn read(root: &Path) -> Result<Record, ParcelError> {
        let path = root.join(PLACE);
        match fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|e| ParcelError::Record {
                path,
                why: e.message().to_owned(),
            }),
            Err(e) if e.kind() == ErrorKind::NotFound => Err(match root.join(".git").exists() {
                true => ParcelError::Checkout(root.to_owned()),
                false => ParcelError::NoCopy(root.to_owned()),
            }),
            Err(e) => Err(ParcelError::io("read", path)(e)),
        }
    }

    /// Writes it, in one step.
    pub(crate) fn write(&self, root: &Path) -> Result<(), ParcelError> {
        let file = self.file()?;
        write(&root.join(file.path), &file.content, false)
    }

    /// It, as a file of the copy.
    pub(crate) fn file(&self) -> Result<File, ParcelError> {
        let table = toml::to_string(self).map_err(|e| ParcelError::Record {
            path: PLACE.into(),
            why: e.to_string(),
        })?;
        Ok(File {
            path: PLACE.to_owned(),
            content: format!("{HEAD}{table}").into_bytes(),
            executable: false,
        })
    }
}

/// The version that the root manifest among these files names.
pub fn version_of(files: &[File]) -> Option<String> {
    let manifest = files.iter().find(|file| file.path == "Cargo.toml")?;
    let manifest: toml::Table = str::from_utf8(&manifest.content).ok()?.parse().ok()?;
    let version = manifest.get("workspace")?.get("package")?.get("version")?;
    version.as_str().map(str::to_owned)
}

/// SHA-256, in hexadecimal.
pub(crate) fn fingerprint(content: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(content) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Writes a file in one step: readers see the old one or the new one, and a crash tears none.
pub(crate) fn write(path: &Path, content: &[u8], executable: bool) -> Result<(), ParcelError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(ParcelError::io("made", folder))?;
    let write = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".writing-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // The user's umask takes away from it, as from any new file.
            let mode = if executable { 0o777 } else { 0o666 };
            builder.permissions(fs::Permissions::from_mode(mode));
        }
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(content)?;
        file.persist(path)?;
        Ok(())
    };
    #[cfg(not(unix))]
    let _ = executable;
    write().map_err(ParcelError::io("written", path))
}
