//! Where cargo put libink: beside the test, because `ink` is a dependency of the tests.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::PathBuf;

/// The real library.
pub fn libink() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own file");
    test.with_file_name(format!("{DLL_PREFIX}ink{DLL_SUFFIX}"))
}
