//! The code that the book shows is built, runs, and prints what the book says.
//!
//! `book/listings/CHAPTER/` holds a chapter's listings. For the proof each chapter
//! gets a folder of its own, where everything lies under the name that the
//! listings call it by:
//!
//! - a Rust file is an example of the crate `listings`, a C file a library;
//! - a library that exports `PyInit_NAME` is the extension module `NAME.so`, any
//!   other is `libNAME.so`, whatever the system's own ending;
//! - a Rust program is `NAME`; Python files, shell scripts and headers are copied.
//!
//! Every program, Python file and script is run in that folder and has to print
//! `NAME.out`, so a name is given once in a chapter. `BLESS=1` writes the records
//! anew: read them before you commit. They were made on Linux; elsewhere the
//! listings are built and not run.
//!
//! `cargo test -p proof --test listings -- gil` proves one chapter.

mod chapter;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use libtest_mimic::{Arguments, Trial};
use proof::root;

use chapter::{Chapter, Examples, ending, stem};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let home = root().join("book/listings");
    // Built by the first trial that needs it, so that `--list` builds nothing.
    let rust: Arc<OnceLock<Result<Examples, String>>> = Arc::default();
    let mut trials = Vec::new();
    for folder in entries(&home).into_iter().filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let files = entries(&folder);
        let said = faults_of_names(&files);
        trials.push(Trial::test(format!("{name}::names"), move || {
            said.map_or(Ok(()), |said| Err(said.into()))
        }));
        let laid: Arc<OnceLock<Result<Chapter, String>>> = Arc::default();
        for file in files.iter().filter(|file| is_listing(file)) {
            let (file, files, laid, rust) =
                (file.clone(), files.clone(), laid.clone(), rust.clone());
            let title = file.file_name().unwrap_or_default().to_string_lossy();
            trials.push(Trial::test(format!("{name}/{title}"), move || {
                let chapter = laid.get_or_init(|| {
                    let rust = rust.get_or_init(Examples::build).as_ref();
                    Chapter::lay_out(&files, rust.map_err(String::clone)?)
                });
                chapter.as_ref()?.prove(&file).map_err(Into::into)
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("it is a folder")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| !path.ends_with("__pycache__"))
        .collect();
    found.sort();
    found
}

fn is_listing(file: &Path) -> bool {
    ["rs", "c", "py", "sh"].contains(&ending(file))
}

/// What is wrong with a chapter before anything is built: a file that is no
/// listing, two listings of one name, a record that belongs to none.
fn faults_of_names(files: &[PathBuf]) -> Option<String> {
    let mut listings: BTreeMap<String, Vec<&PathBuf>> = BTreeMap::new();
    for file in files.iter().filter(|file| is_listing(file)) {
        listings.entry(stem(file)).or_default().push(file);
    }
    let mut faults = Vec::new();
    for file in files {
        let named = listings.get(&stem(file)).map_or(0, Vec::len);
        let fault = match ending(file) {
            "out" if named == 0 => "a record without its listing",
            "rs" | "c" | "py" | "sh" if named > 1 => "another listing has this name",
            "rs" | "c" | "py" | "sh" | "h" | "out" => continue,
            _ => "no listing and no record",
        };
        faults.push(format!("{}: {fault}", file.display()));
    }
    (!faults.is_empty()).then(|| faults.join("\n"))
}
