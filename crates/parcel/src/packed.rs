//! A copy as one file: a zip archive, or a tar archive with gzip.
//!
//! In it everything lies in one folder, which has the archive's name, so that whoever unpacks it
//! among other things finds it again. The same files make the same archive, byte for byte.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::error::ParcelError;
use crate::files::File;
use crate::record::Record;

/// The second in which everything in an archive was changed. Zip knows none before 1980.
const CHANGED: u64 = 315_532_800;

/// The forms of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `.zip`
    Zip,
    /// `.tar.gz` or `.tgz`
    TarGz,
}

impl Form {
    /// The form that a name asks for, and the name without its ending.
    pub fn of(name: &str) -> Option<(Form, &str)> {
        let forms = [
            (".zip", Form::Zip),
            (".tar.gz", Form::TarGz),
            (".tgz", Form::TarGz),
        ];
        forms.into_iter().find_map(|(ending, form)| {
            let stem = name.strip_suffix(ending)?;
            (!stem.is_empty() && !stem.starts_with('.')).then_some((form, stem))
        })
    }
}

/// Writes a copy that consists of `files` into an archive at `path`, where nothing is yet. The
/// archive is there at once or not at all.
pub fn write_archive(path: &Path, files: &[File]) -> Result<(), ParcelError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some((form, folder)) = Form::of(&name) else {
        return Err(ParcelError::Nameless(path.to_owned()));
    };
    if fs::symlink_metadata(path).is_ok() {
        return Err(ParcelError::Taken(path.to_owned()));
    }
    let mut files = files.to_vec();
    files.push(Record::of(&files).file()?);
    let beside = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(beside).map_err(ParcelError::io("made", beside))?;
    let write = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".writing-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // As for any new file the user's umask takes away from it.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let mut archive = builder.tempfile_in(beside)?;
        match form {
            Form::Zip => zip(archive.as_file_mut(), folder, &files)?,
            Form::TarGz => tar_gz(archive.as_file_mut(), folder, &files)?,
        }
        archive.persist_noclobber(path)?;
        Ok(())
    };
    write().map_err(ParcelError::io("written", path))
}

fn mode(file: &File) -> u32 {
    if file.executable { 0o755 } else { 0o644 }
}

fn zip(archive: &mut fs::File, folder: &str, files: &[File]) -> io::Result<()> {
    let mut zip = zip::ZipWriter::new(archive);
    for file in files {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(mode(file));
        zip.start_file(format!("{folder}/{}", file.path), options)?;
        zip.write_all(&file.content)?;
    }
    zip.finish()?;
    Ok(())
}

fn tar_gz(archive: &mut fs::File, folder: &str, files: &[File]) -> io::Result<()> {
    let gzip = flate2::write::GzEncoder::new(archive, flate2::Compression::default());
    let mut tar = tar::Builder::new(gzip);
    for file in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(file.content.len() as u64);
        header.set_mode(mode(file));
        header.set_mtime(CHANGED);
        let path = format!("{folder}/{}", file.path);
        tar.append_data(&mut header, path, file.content.as_slice())?;
    }
    tar.into_inner()?.finish()?.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_which_archive_it_is() {
        assert_eq!(Form::of("week-1.zip"), Some((Form::Zip, "week-1")));
        assert_eq!(Form::of("week.1.tar.gz"), Some((Form::TarGz, "week.1")));
        assert_eq!(Form::of("week.tgz"), Some((Form::TarGz, "week")));
        for folder in ["week", ".zip", "..tgz", "zip", "week.tar"] {
            assert_eq!(Form::of(folder), None, "{folder}");
        }
    }
}
