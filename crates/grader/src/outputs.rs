//! Writes the marks of a class in every form that somebody needs.
//!
//! ```text
//! results.json  results.schema.json   everything, for programs
//! report.html  summary.txt            for the instructor
//! grades.csv                          for a spreadsheet
//! canvas.csv  moodle.csv              for a gradebook
//! gradescope/<id>.json                what an autograder hands to Gradescope
//! classroom/<id>.json, <id>.output    a step's output `result`, for GitHub Classroom
//! junit.xml                           for a continuous integration service
//! feedback/<id>/index.html, feedback.txt   for the student
//! ```
//!
//! Each format has an encoder of its own, and nothing that a student gets is made from anything
//! but [`seen`], which holds nothing of a hidden check but its title and whether it passed. A
//! mark that is pending is never written as a number. Where there was no jail, everything says
//! so; tables whose columns a gradebook dictates say it in their name, as
//! `canvas-unsandboxed.csv`.

mod canvas;
mod cells;
mod chart;
mod classroom;
mod feedback;
pub(crate) mod folder;
mod gradescope;
mod junit;
mod moodle;
mod overview;
pub(crate) mod page;
mod report;
mod seen;
mod spreadsheet;
mod summary;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use self::folder::Folder;
use self::seen::Seen;
use crate::marks::Rules;
use crate::model::{Problem, Results, StudentId};

/// What `results.json` holds, for whoever reads it.
pub const SCHEMA: &str = include_str!("../results.schema.json");

/// What is said wherever a mark is shown that was made without a jail.
const STAMP: &str = "graded without a sandbox";

/// The folders in which each student has something.
const BY_STUDENT: [(&str, &[&str]); 3] = [
    ("feedback", &["index.html", "feedback.txt"]),
    ("gradescope", &["json"]),
    ("classroom", &["json", "output"]),
];

/// How the outputs are to be.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// What the class calls things in its gradebooks.
    pub rules: &'a Rules,
    /// The worksheet that was downloaded from Moodle, with the marks to be put in.
    pub moodle_worksheet: Option<&'a Path>,
}

/// Why the outputs could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// The file system said no.
    #[error("`{}` cannot be {verb}: {source}", path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What was to be done with it.
        verb: &'static str,
        /// Why not.
        source: io::Error,
    },
    /// The worksheet is not what Moodle gives out.
    #[error("`{}` is no grading worksheet of Moodle: {what}", path.display())]
    Worksheet {
        /// The file.
        path: PathBuf,
        /// What it lacks.
        what: String,
    },
    /// A student's id that could lead out of the folder.
    #[error("`{}` is no id that a file could be named after", .0.escape_debug())]
    Id(String),
}

impl OutputError {
    /// The one next step.
    pub fn hint(&self) -> String {
        match self {
            OutputError::Io { path, .. } => {
                let there = path.ancestors().find(|p| p.exists()).unwrap_or(path);
                let there = there.display();
                format!(
                    "look at the permissions with `ls -ld {there}`, and whether the disk is full with `df {there}`"
                )
            }
            OutputError::Worksheet { .. } => {
                "download it anew in Moodle (`Download grading worksheet`), or say in the rules \
                 under `[moodle]` what its columns are called"
                    .into()
            }
            OutputError::Id(_) => "grade again from the submissions".into(),
        }
    }

    pub(crate) fn io(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> OutputError {
        let path = path.to_owned();
        move |source| OutputError::Io { path, verb, source }
    }
}

/// Writes all of it into `out`, and says what a gradebook will not take as it is.
///
/// Each file appears whole or not at all, and `results.json` last. A file that is there
/// already as it should be is left alone.
pub fn write(
    results: &Results,
    options: Options<'_>,
    out: &Path,
) -> Result<Vec<Problem>, OutputError> {
    for graded in &results.students {
        is_a_name(&graded.id)?;
    }
    let folder = Folder::new(out);
    folder.write("results.schema.json", SCHEMA.as_bytes())?;
    for graded in &results.students {
        write_for(&folder, &Seen::of(results, graded))?;
    }
    folder.keep_only(&BY_STUDENT, &ids(results))?;
    folder.write("grades.csv", &spreadsheet::encode(results))?;
    folder.write("junit.xml", &junit::encode(results))?;
    folder.write("report.html", report::encode(results).as_bytes())?;
    folder.write("summary.txt", summary(results).as_bytes())?;
    let stamped = results.unsandboxed;
    let canvas = canvas::encode(results, options.rules);
    folder.write_stamped("canvas", "csv", stamped, &canvas)?;
    let (moodle, problems) = moodle::encode(results, &options)?;
    folder.write_stamped("moodle", "csv", stamped, &moodle)?;
    folder.write("results.json", &json(results))?;
    Ok(problems)
}

/// What the terminal shows at the end: what the instructor should look at, and the next lecture.
pub fn summary(results: &Results) -> String {
    summary::encode(results)
}

/// What Gradescope reads for one student; nothing while a mark of theirs is pending, since
/// Gradescope then says that the autograder has failed, and would else show no points.
pub fn gradescope(results: &Results, student: &StudentId) -> Option<String> {
    let graded = results.students.iter().find(|g| g.id == *student)?;
    gradescope::encode(&Seen::of(results, graded))
}

fn write_for(folder: &Folder, seen: &Seen<'_>) -> Result<(), OutputError> {
    let id = &seen.id.0;
    let page = feedback::page(seen);
    folder.write(&format!("feedback/{id}/index.html"), page.as_bytes())?;
    let text = feedback::text(seen);
    folder.write(&format!("feedback/{id}/feedback.txt"), text.as_bytes())?;
    let gradescope = gradescope::encode(seen);
    let place = format!("gradescope/{id}.json");
    match gradescope {
        Some(json) => folder.write(&place, json.as_bytes())?,
        None => folder.remove(&place)?,
    }
    let json = classroom::encode(seen);
    folder.write(&format!("classroom/{id}.json"), json.as_bytes())?;
    let step = classroom::step_output(&json);
    folder.write(&format!("classroom/{id}.output"), step.as_bytes())
}

fn json(results: &Results) -> Vec<u8> {
    // Strings, numbers that the rules have seen to be finite, and maps with names as keys.
    let mut json = serde_json::to_vec_pretty(results).expect("results are JSON");
    json.push(b'\n');
    json
}

fn ids(results: &Results) -> BTreeSet<&str> {
    let ids = results.students.iter().map(|graded| graded.id.0.as_str());
    ids.collect()
}

/// Ids are made by us and safe. Results may have been read from a file that somebody else made.
fn is_a_name(id: &StudentId) -> Result<(), OutputError> {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    match !id.0.is_empty() && !id.0.starts_with('-') && id.0.chars().all(safe) {
        true => Ok(()),
        false => Err(OutputError::Id(id.0.clone())),
    }
}
