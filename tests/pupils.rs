//! A class that hands in the workbook's own solutions, starters and wrong answers, and the
//! command that grades it, as an instructor starts it.

// Each test program is a crate of its own and uses a part of this.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use course::{Course, Exercise};
use proof::root;
use tempfile::TempDir;

/// Quick ones: a library in Rust, and a file of Python.
const EXERCISES: [&str; 2] = ["first_so", "signatures"];

/// What a class has handed in, and room for what comes of it.
pub struct Pupils {
    folder: TempDir,
    program: PathBuf,
}

impl Pupils {
    /// So many students, who share so many answers. `None` where an exercise was deleted.
    pub fn hand_in(students: usize, answers: usize) -> Option<Pupils> {
        let root = root();
        let exercises = EXERCISES.map(|slug| Course::exactly(&root, slug));
        let [Some(library), Some(python)] = exercises else {
            assert!(!proof::strict(), "`{EXERCISES:?}` are not whole");
            println!("skipped: `{EXERCISES:?}` are not whole");
            return None;
        };
        let folder = TempDir::new().unwrap();
        for student in 0..students {
            let number = student % answers;
            let exercise = [&library, &python][number % 2];
            let handed_in = folder.path().join(format!("class/student{student:03}"));
            write_answer(&root, exercise, number, &handed_in.join(&exercise.slug));
        }
        Some(Pupils {
            folder,
            program: proof::command(),
        })
    }

    pub fn program(&self) -> &Path {
        &self.program
    }

    pub fn class(&self) -> PathBuf {
        self.folder.path().join("class")
    }

    /// A folder of this name, for results.
    pub fn out(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `bindery grade` with these words.
    pub fn bindery<S: AsRef<std::ffi::OsStr>>(&self, words: &[S]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("grade").args(words).current_dir(root());
        command.env_remove("CARGO").env("NO_COLOR", "1");
        command.stdin(Stdio::null());
        command
    }

    /// The whole class at once, in a folder of this name.
    pub fn grade(&self, name: &str) -> Command {
        let mut command = self.bindery(&[self.class()]);
        command.arg("--out").arg(self.out(name)).arg("--seed=5");
        command
    }
}

/// The solution, the starter or one of the wrong answers, in turn, and no two alike.
fn write_answer(root: &Path, exercise: &Exercise, number: usize, folder: &Path) {
    let solution = exercise.solution(root).unwrap().unwrap();
    let file = &exercise.manifest.editable[0];
    let from = match number / 2 % 3 {
        0 => solution.dir.join(file),
        1 => exercise.starter_dir().join(file),
        _ => solution.wrong[number % solution.wrong.len()].path.clone(),
    };
    let comment = match file.extension().is_some_and(|e| e == "py") {
        true => "#",
        false => "//",
    };
    let text = fs::read_to_string(from).unwrap();
    let to = folder.join(file);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::write(to, format!("{text}\n{comment} answer {number}\n")).unwrap();
}

/// Ends well, or is shown.
pub fn succeeds(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    output
}

/// All that it printed.
pub fn said(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr];
    both.map(String::from_utf8_lossy).concat()
}

/// The marks, as they are written down.
pub fn results(out: &Path) -> String {
    fs::read_to_string(out.join("results.json")).unwrap()
}

/// The files in a folder of results, such as its records.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let files = entries.map(|entry| entry.path());
    let mut files: Vec<PathBuf> = files.filter(|f| f.extension().is_some()).collect();
    files.sort();
    files
}
