//! A new copy: written beside its place, and there at once or not at all.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::ParcelError;
use crate::files::File;
use crate::record::{Record, write};

/// Writes a copy that consists of `files` to `dir`, which is not there yet, or is empty.
///
/// Whatever ends this half way leaves nothing at `dir`. What it was writing, a hidden folder
/// beside it, is taken away here or, after a kill, by the next call for this `dir`.
pub fn write_copy(dir: &Path, files: &[File]) -> Result<(), ParcelError> {
    is_free(dir)?;
    let (parent, unfinished) = beside(dir)?;
    fs::create_dir_all(&parent).map_err(ParcelError::io("made", &parent))?;
    take_away(&unfinished)?;
    let written = write_all(&unfinished, files).and_then(|()| {
        // A rename onto an empty folder takes its place.
        fs::rename(&unfinished, dir).map_err(ParcelError::io("made", dir))
    });
    if written.is_err() {
        let _ = take_away(&unfinished);
    }
    written
}

fn is_free(dir: &Path) -> Result<(), ParcelError> {
    match fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(ParcelError::Taken(dir.to_owned())),
        },
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
        Err(e) if e.kind() == ErrorKind::NotADirectory => Err(ParcelError::Taken(dir.to_owned())),
        Err(e) => Err(ParcelError::io("read", dir)(e)),
    }
}

/// The folder that `dir` is in, and where the copy is written until it is whole.
fn beside(dir: &Path) -> Result<(PathBuf, PathBuf), ParcelError> {
    let whole = std::path::absolute(dir).map_err(ParcelError::io("found", dir))?;
    // The name of `.` cannot be given to anything, and a shell that stands there would be
    // left in a folder that is gone.
    let is_here = std::env::current_dir().is_ok_and(|here| here == whole);
    match (whole.parent(), whole.file_name()) {
        (Some(parent), Some(name)) if !is_here => {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(".unfinished");
            Ok((parent.to_owned(), parent.join(hidden)))
        }
        _ => Err(ParcelError::Nameless(dir.to_owned())),
    }
}

fn write_all(folder: &Path, files: &[File]) -> Result<(), ParcelError> {
    for file in files {
        write(&folder.join(&file.path), &file.content, file.executable)?;
    }
    Record::of(files).write(folder)
}

fn take_away(folder: &Path) -> Result<(), ParcelError> {
    match fs::remove_dir_all(folder) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(ParcelError::io("taken away", folder)(e)),
        _ => Ok(()),
    }
}
