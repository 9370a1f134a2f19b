//! A workbook to run the command in, for the tests of the command.

// Each test program is a crate of its own and uses a part of this.
#![allow(dead_code)]

pub mod tmux;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use course::{CheckResult, Progress};
use tempfile::TempDir;

/// A folder with copies of the real exercises, none of them begun.
pub struct Workbook(TempDir);

impl Workbook {
    /// `None` where a learner has deleted or broken one of the real exercises:
    /// that is theirs to do, and no fault of the command.
    pub fn new() -> Option<Workbook> {
        let folder = TempDir::new().unwrap();
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
        if let Some(trouble) = course::Course::survey(&root).troubles.first() {
            println!("skipped: {trouble}");
            return None;
        }
        copy(&root.join("exercises"), &folder.path().join("exercises"));
        // The learner's own files may be in any state: the starters are not.
        for exercise in course::Course::survey(folder.path()).course.exercises {
            for file in exercise.editable_paths() {
                std::fs::copy(exercise.starter_of(&file).unwrap(), file).unwrap();
            }
        }
        std::fs::write(
            folder.path().join("Cargo.toml"),
            "[workspace]\nmembers = []\n",
        )
        .unwrap();
        Some(Workbook(folder))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn run(&self, args: &[&str]) -> Output {
        run_in(self.path(), args)
    }

    /// Records an exercise as solved.
    pub fn solve(&self, slug: &str) {
        let course = course::Course::survey(self.path()).course;
        let exercise = course.exercises.iter().find(|e| e.slug == slug).unwrap();
        let passed = exercise.manifest.checks.iter().map(|check| CheckResult {
            name: check.name.clone(),
            points: check.points,
            passed: true,
            ..CheckResult::default()
        });
        let digest = exercise.digest().unwrap();
        Progress::record(self.path(), exercise, &digest, passed.collect()).unwrap();
    }
}

/// Runs the command in a folder, as typed there and not through cargo.
pub fn run_in(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bindery"))
        .args(args)
        .current_dir(folder)
        .env_remove("CARGO")
        .env_remove("PYO3_PYTHON")
        .env_remove("CARGO_TARGET_DIR")
        .output()
        .unwrap()
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
