//! What students hand in, in every shape that is known and in some that are meant to do harm.

mod archives;
mod hostile;
mod identity;
mod shapes;

use std::fs;
use std::io::{Cursor, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use course::Exercise;
use grader::intake::{Options, take_in};
use grader::model::{Intake, Submission};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

const ANSWER: &str = "fn answer() {}\r\n";

/// Exercises of the course: `detach` and `map` have a `src/lib.rs`, `steals` has a `module.c`.
fn exercises(slugs: &[&str]) -> Vec<Exercise> {
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exercises");
    let place = |slug: &&str| match *slug {
        "detach" => "06_gil/02_detach",
        "map" => "07_errors/01_map",
        "steals" => "04_c_api/05_steals",
        "who_frees" => "01_libraries/06_who_frees",
        other => panic!("{other}"),
    };
    let open = |slug| Exercise::open(&course.join(place(slug))).unwrap();
    slugs.iter().map(open).collect()
}

/// A folder that something is put into.
struct Collection(TempDir);

impl Collection {
    fn new() -> Collection {
        Collection(TempDir::new().unwrap())
    }

    /// With an answer at each of these paths.
    fn of(paths: &[&str]) -> Collection {
        let collection = Collection::new();
        for path in paths {
            collection.put(path, ANSWER);
        }
        collection
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("class")
    }

    fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        self.put_bytes(path.as_bytes(), content);
    }

    fn put_bytes(&self, path: &[u8], content: impl AsRef<[u8]>) {
        let path = self.path().join(std::ffi::OsStr::from_bytes(path));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn take(&self, slugs: &[&str]) -> Intake {
        self.take_with(slugs, None, None)
    }

    fn take_with(&self, slugs: &[&str], roster: Option<&str>, names: Option<&str>) -> Intake {
        let options = Options {
            names: names.map(str::to_owned),
            ..Options::default()
        };
        let path = self.0.path().join("students.csv");
        let roster = roster.map(|text| {
            fs::write(&path, text).unwrap();
            path.as_path()
        });
        fs::create_dir_all(self.path()).unwrap();
        take_in(&self.path(), roster, &exercises(slugs), &options).unwrap()
    }
}

/// A zip archive of these names and contents.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        // To set up a compressor for nothing is what a zip of many empty files would wait for.
        let method = match content.is_empty() {
            true => zip::CompressionMethod::Stored,
            false => zip::CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A tar archive of these names and contents.
fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, *content).unwrap();
    }
    tar.into_inner().unwrap()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

/// `student exercise file`, or `student exercise !why`, for each submission in order.
fn found(intake: &Intake) -> Vec<String> {
    let line = |s: &Submission| {
        let what = match &s.refused {
            Some(why) => format!("!{why}"),
            None => Vec::from_iter(s.files.keys().map(String::as_str)).join("+"),
        };
        format!("{} {} {what}", s.student.0, s.exercise)
    };
    intake.submissions.iter().map(line).collect()
}

/// Everything that is pointed out, in a line each.
fn said(intake: &Intake) -> String {
    let line = |p: &grader::model::Problem| format!("{}: {}\n", p.place, p.what);
    intake.problems.iter().map(line).collect()
}

/// Fails unless one submission is refused with these words.
fn refused(intake: &Intake, words: &str) {
    let found = found(intake);
    let is_so = matches!(&found[..], [line] if line.contains('!') && line.contains(words));
    assert!(is_so, "{found:?}\n{}", said(intake));
}
