//! The same answers for two programs that many instructors know, JPlag and Dolos.
//!
//! Both compare whole folders, so each exercise is one of its own. Nothing is said to either
//! about what we have found.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::{Class, Files, Given};
use crate::text::one_line;

/// For JPlag: `EXERCISE/submissions/STUDENT/…` and, beside it, `EXERCISE/base/…` with the
/// starter. A folder that is there already is somebody's, and an error.
///
/// `java -jar jplag.jar -l rust -bc EXERCISE/base EXERCISE/submissions`
pub fn jplag(class: &Class<'_>, folder: &Path) -> io::Result<()> {
    for given in class.given {
        let folder = folder.join(&given.exercise);
        std::fs::create_dir_all(folder.parent().unwrap_or(Path::new(".")))?;
        std::fs::create_dir(&folder)?;
        write_files(&folder.join("base"), &given.starter)?;
        let submissions = folder.join("submissions");
        std::fs::create_dir(&submissions)?;
        for (student, answer) in class.answers(&given.exercise) {
            write_files(&submissions.join(&student.0), &answer.files)?;
        }
    }
    Ok(())
}

fn write_files(folder: &Path, files: &Files) -> io::Result<()> {
    for (name, content) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, content)?;
    }
    Ok(())
}

/// For Dolos: `EXERCISE.zip` with `info.csv` at its root. The starter is in it as the file that
/// Dolos is to ignore; it takes one, so of several the first.
///
/// `dolos run -l rust EXERCISE.zip`
pub fn dolos(class: &Class<'_>, folder: &Path) -> io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let mut written = Vec::new();
    for given in class.given {
        let path = folder.join(format!("{}.zip", given.exercise));
        let file = std::fs::File::create_new(&path)?;
        archive(class, given, file)?;
        written.push(path);
    }
    Ok(written)
}

fn archive(class: &Class<'_>, given: &Given, file: std::fs::File) -> io::Result<()> {
    // The date that the format begins with: the same class is the same archive.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(file);
    let mut info = csv::Writer::from_writer(Vec::new());
    info.write_record(["filename", "full_name", "label", "created_at", "ignored"])?;
    let mut add = |name: &str, content: &[u8], row: [&str; 4]| -> io::Result<()> {
        archive.start_file(name, options)?;
        archive.write_all(content)?;
        let [full_name, label, created, ignored] = row;
        Ok(info.write_record([name, full_name, label, created, ignored])?)
    };
    for (student, answer) in class.answers(&given.exercise) {
        let received = answer.received.map(|at| at.to_string()).unwrap_or_default();
        let name = one_line(class.name(student));
        for (file, content) in &answer.files {
            let row = [name.as_str(), &student.0, &received, ""];
            add(&format!("{}/{file}", student.0), content, row)?;
        }
    }
    if let Some((file, content)) = given.starter.first_key_value() {
        // No student is called so: an identifier has no dot.
        let row = ["the starter", "", "", "true"];
        add(&format!("starter.given/{file}"), content, row)?;
    }
    let info = info.into_inner().map_err(|e| e.into_error())?;
    archive.start_file("info.csv", options)?;
    archive.write_all(&info)?;
    archive.finish()?.sync_all()
}
