//! A class of three, and the exercise that they were given.

use grader::model::{StudentId, Submission};
use grader::similar::{Files, Given};

/// What everybody was given.
pub const STARTER: &str = include_str!("starter.rs");

/// Three who have written it alone.
pub const ANNA: &str = include_str!("anna.rs");
pub const BEN: &str = include_str!("ben.rs");
pub const CLEO: &str = include_str!("cleo.rs");

/// A single file.
pub fn files(name: &str, text: &str) -> Files {
    Files::from([(name.to_owned(), text.as_bytes().to_vec())])
}

/// An answer to the exercise `ledger`.
pub fn submission(who: &str, name: &str, text: &str) -> Submission {
    Submission {
        student: StudentId(who.to_owned()),
        exercise: "ledger".to_owned(),
        received: None,
        files: files(name, text),
        refused: None,
    }
}

/// That exercise.
pub fn given(name: &str, starter: &str, solution: Option<&str>) -> Given {
    Given {
        exercise: "ledger".to_owned(),
        title: "Sum a ledger".to_owned(),
        starter: files(name, starter),
        solution: solution.map(|text| files(name, text)),
    }
}
