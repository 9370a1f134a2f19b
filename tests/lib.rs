//! What the proofs share: where the workspace is, and copies of exercises in
//! which an answer can be tried without touching what a learner has written.

mod mirror;
mod report;
mod unfinished;

use std::path::PathBuf;
use std::process::Command;

use builder::target_folder;

pub use mirror::{Asked, Mirror};
pub use report::{Outcome, Report};
pub use unfinished::{MARK, left_to_write};

/// The root of the workspace.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .expect("tests/ is in the workspace")
        .to_owned()
}

/// The command, built as a learner builds it.
pub fn command() -> PathBuf {
    let built = Command::new("cargo")
        .current_dir(root())
        .args([
            "build",
            "--quiet",
            "--package",
            "bindery",
            "--bin",
            "bindery",
        ])
        .status();
    assert!(built.expect("cargo starts").success());
    target_folder(&root(), None).join("debug/bindery")
}

/// Whether something missing is a failure: in CI it is, on a learner's machine
/// it is said aloud and skipped.
pub fn strict() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

/// The exercises that somebody deleted, whole or in part: on a learner's machine
/// what is said of them is skipped, aloud. In CI nothing is.
pub fn missing_exercises() -> Vec<String> {
    if strict() {
        return Vec::new();
    }
    let troubles = course::Course::survey(&root()).troubles;
    let ids = troubles
        .iter()
        .filter_map(|trouble| trouble.exercise().map(str::to_owned));
    ids.inspect(|id| println!("skipped: what is said of `{id}`, which is not whole"))
        .collect()
}
