//! The course as it lies on disk: exercises, solutions, hints and progress.
//!
//! Start at [`Course`]; [`Exercise`] is one folder under `exercises/`,
//! [`Solution`] its counterpart under `solutions/`, [`Progress`] what the
//! learner has shown so far.
//!
//! This crate reads folders, writes progress files, and keeps answers that make room for
//! others. It builds nothing, runs
//! nothing and knows none of the workspace's other crates.

mod course;
mod current;
mod digest;
mod error;
mod exercise;
mod hints;
mod kept;
mod lookup;
mod manifest;
mod names;
mod progress;
pub mod reserved;
mod seen;
mod solution;
mod store;
mod toml_file;
mod wrong;

pub use course::{Course, Survey};
pub use current::{current, set_current};
pub use digest::digest;
pub use error::{CourseError, Place, Problem, nearest_all};
pub use exercise::{Chapter, Exercise};
pub use hints::{Hint, Hints};
pub use kept::{exchange, is_as_kept, kept};
pub use lookup::Match;
pub use manifest::{CheckSpec, Kind, Manifest};
pub use names::is_snake_case;
pub use progress::{CheckResult, Progress};
pub use seen::{HintsSeen, Reveal};
pub use solution::{Solution, hidden_checks};
pub use store::results_dir;
pub use toml_file::TomlFile;
pub use wrong::{Catch, Catcher, Wrong};
