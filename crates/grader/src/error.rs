//! What keeps a class from being graded. None of it is ever a mark.

use std::path::{Path, PathBuf};

/// Why the grader cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GraderError {
    /// A file or a folder of ours.
    #[error("`{}`: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// An exercise of the course does not build with its starter.
    #[error("`{slug}` cannot be got ready for grading: {why}")]
    Exercise {
        /// Which.
        slug: String,
        /// What is in the way.
        why: String,
    },
    /// The interpreter.
    #[error(transparent)]
    Python(#[from] interpreter::InterpreterError),
    /// The course.
    #[error(transparent)]
    Course(#[from] course::CourseError),
    /// Two shards came to different judgements of one answer.
    #[error("`{}` and `{}` judge one answer, and differ", ours.display(), theirs.display())]
    Conflict {
        /// The record that was there.
        ours: PathBuf,
        /// The one that was to be taken.
        theirs: PathBuf,
    },
    /// Another grader writes into the folder.
    #[error("`{}` is in use: {who}", out.display())]
    InUse {
        /// The folder of results.
        out: PathBuf,
        /// What it says of itself.
        who: String,
    },
    /// The workbook is not as it was when the plan was made: another mark would come out.
    #[error("the plan is for another state of this workbook: {what}")]
    OtherWorkbook {
        /// What differs.
        what: String,
    },
    /// A folder has no judgement that the plan asks for.
    #[error("`{}` holds no judgement of this plan", folder.display())]
    NothingOfThePlan {
        /// Which.
        folder: PathBuf,
    },
    /// Somebody has stopped it.
    #[error("grading was stopped")]
    Stopped,
}

impl GraderError {
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> GraderError {
        let path = path.to_owned();
        move |source| GraderError::File { path, source }
    }

    pub(crate) fn exercise(slug: &str, why: impl ToString) -> GraderError {
        GraderError::Exercise {
            slug: slug.to_owned(),
            why: why.to_string(),
        }
    }

    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            GraderError::File { .. } => {
                "see that there is room and that it may be written, and run the same command again: \
                 what is graded stays graded"
                    .to_owned()
            }
            GraderError::Exercise { slug, .. } => {
                format!("run `cargo test -p proof --test exercises {slug}` to see what is wrong")
            }
            GraderError::Python(error) => error.hint(),
            GraderError::Course(error) => error.hint(),
            GraderError::Conflict { ours, theirs } => format!(
                "compare them with `diff {} {}`, and remove the one that is wrong",
                ours.display(),
                theirs.display()
            ),
            GraderError::InUse { .. } => {
                "wait until it is done, or name another folder with `--out`".to_owned()
            }
            GraderError::OtherWorkbook { .. } => {
                "bring both machines to the same state, or make the plan anew with \
                 `bindery grade plan`"
                    .to_owned()
            }
            GraderError::NothingOfThePlan { .. } => {
                "name the folder that `bindery grade run` was given, or its `records`".to_owned()
            }
            GraderError::Stopped => "run the same command again, and it goes on".to_owned(),
        }
    }
}
