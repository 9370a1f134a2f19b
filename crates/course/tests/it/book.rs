//! A workbook in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};

use course::{CourseError, Exercise};
use tempfile::TempDir;

pub const EXERCISE: &str = "exercises/06_gil/02_detach";
pub const SOLUTION: &str = "solutions/06_gil/02_detach";

pub const JSON: &str = ".bindery/results/detach.json";

pub struct Book(TempDir);

impl Book {
    /// A copy of the fixture, whole.
    pub fn new() -> Book {
        let dir = tempfile::tempdir().unwrap();
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/first"),
            dir.path(),
        );
        Book(dir)
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    pub fn write(&self, relative: &str, text: &str) -> &Book {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub fn read(&self, relative: &str) -> String {
        fs::read_to_string(self.path(relative)).unwrap()
    }

    /// Replaces text that must be there.
    pub fn edit(&self, relative: &str, from: &str, to: &str) -> &Book {
        let text = self.read(relative);
        assert!(text.contains(from), "{relative} has no {from:?}");
        self.write(relative, &text.replacen(from, to, 1))
    }

    pub fn remove(&self, relative: &str) -> &Book {
        let path = self.path(relative);
        if path.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        }
        .unwrap();
        self
    }

    /// Another exercise like the first, under another id.
    pub fn add(&self, id: &str) -> &Book {
        copy(
            &self.path(EXERCISE),
            &self.root().join("exercises").join(id),
        );
        self
    }

    pub fn open(&self) -> Result<Exercise, CourseError> {
        Exercise::open(&self.path(EXERCISE))
    }

    pub fn exercise(&self) -> Exercise {
        self.open().unwrap()
    }

    /// What a command would print of an error, from the root.
    pub fn shown(&self, error: CourseError) -> String {
        let error = error.relative_to(self.root());
        format!("{error}\nhint: {}", error.hint())
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
