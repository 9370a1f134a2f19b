//! The exercise as a crate of its own: a manifest with cargo's defaults, tests in `tests/`,
//! and `cargo test`.

use std::path::{Path, PathBuf};

use interpreter::Interpreter;

use super::{library_folder, pyo3};
use crate::contender::{Contender, Edited, How};
use crate::sample::{SHOP, Sample, TILL, write};
use crate::shell::command;

pub const SHOP_ALONE: &str = "cargo test, PyO3";
pub const TILL_ALONE: &str = "cargo test, C ABI";

/// The module, whose tests embed a Python.
pub fn shop(scratch: &Path, python: &Interpreter) -> Result<Contender, String> {
    let version = pyo3()?;
    let dependencies = format!(
        "[dependencies]\npyo3 = \"{version}\"\n\n\
         [dev-dependencies]\npyo3 = {{ version = \"{version}\", features = [\"auto-initialize\"] }}\n"
    );
    let tests = include_str!("../shop/embedded.rs");
    let library = library_folder(python);
    crate_of_its_own(SHOP_ALONE, scratch, SHOP, &dependencies, tests, library)
}

/// The library, whose tests call it as any crate does.
pub fn till(scratch: &Path, _python: &Interpreter) -> Result<Contender, String> {
    let tests = include_str!("../till/called.rs");
    crate_of_its_own(TILL_ALONE, scratch, TILL, "", tests, PathBuf::new())
}

fn crate_of_its_own(
    name: &'static str,
    scratch: &Path,
    sample: Sample,
    dependencies: &str,
    tests: &str,
    library: PathBuf,
) -> Result<Contender, String> {
    let folder = scratch.join(format!("alone-{}", sample.slug));
    let manifest = format!(
        "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [lib]\ncrate-type = [\"cdylib\", \"rlib\"]\n\n{dependencies}\n[workspace]\n",
        sample.slug
    );
    let files = [
        ("Cargo.toml", &*manifest),
        ("src/lib.rs", sample.answer),
        ("tests/checks.rs", tests),
    ];
    write(&folder, &files)?;
    Ok(Contender {
        name,
        edited: Some(Edited {
            path: folder.join("src/lib.rs"),
            sample,
            tail: String::new(),
        }),
        how: How::Command(Box::new(move || {
            let mut test = command("cargo", &folder);
            test.arg("test").env("LD_LIBRARY_PATH", &library);
            test
        })),
        passes: Some(if sample.slug == SHOP.slug {
            "8 passed"
        } else {
            "4 passed"
        }),
    })
}
