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
//! `NAME.out`, so a name is given once in a chapter. What prints nothing, such as a
//! module that others import, has an empty one. `BLESS=1` writes the records anew:
//! read them before you commit. They were made on Linux; elsewhere the listings are
//! built and not run.
//!
//! A C file whose first line is `/* with: NAME.c */` is compiled together with that one.
//! A script finds that Python in `$PYTHON`, and the C files' sources beside it. What
//! needs a tool that not every machine has says so in its first line: see `tools.rs`.
//!
//! `cargo test -p proof --test listings -- gil` proves one chapter.

mod chapter;
mod tools;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use lab::Page;
use libtest_mimic::{Arguments, Trial};
use proof::root;

use chapter::{Chapter, Examples, ending, stem};

const BUILDS: &str = "the_crate_builds_without_a_warning";

/// The Rust listings, built by the first trial that needs them.
type Rust = Arc<OnceLock<Result<Examples, String>>>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let home = root().join("book/listings");
    let rust = Rust::default();
    let crate_itself = rust.clone();
    let mut trials = vec![Trial::test(BUILDS, move || {
        let rust = crate_itself.get_or_init(Examples::build).as_ref();
        rust.map(drop).map_err(Into::into)
    })];
    for folder in entries(&home).into_iter().filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let chapter = Arc::new(LaidOut {
            name: name.into_owned(),
            files: entries(&folder),
            rust: rust.clone(),
            chapter: OnceLock::new(),
        });
        let whole = chapter.clone();
        trials.push(Trial::test(
            format!("{}::is_whole", chapter.name),
            move || whole.get().map(drop).map_err(Into::into),
        ));
        for file in chapter.files.iter().filter(|file| is_listing(file)) {
            let (file, chapter) = (file.clone(), chapter.clone());
            let title = file.file_name().unwrap_or_default().to_string_lossy();
            trials.push(Trial::test(
                format!("{}/{title}", chapter.name),
                move || {
                    let laid = chapter.get();
                    let laid =
                        laid.map_err(|_| format!("not run, see `{}::is_whole`", chapter.name))?;
                    let proved = laid.prove(&file);
                    proved.map_err(|said| format!("{said}{}", shown_by(&file)).into())
                },
            ));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A chapter, laid out by the first trial that needs it.
struct LaidOut {
    name: String,
    files: Vec<PathBuf>,
    rust: Rust,
    chapter: OnceLock<Result<Chapter, String>>,
}

impl LaidOut {
    fn get(&self) -> Result<&Chapter, String> {
        let chapter = self.chapter.get_or_init(|| {
            faults_of_names(&self.files).map_or(Ok(()), Err)?;
            match self.rust.get_or_init(Examples::build) {
                Ok(rust) => Chapter::lay_out(&self.files, rust),
                Err(_) => Err(format!("not laid out, see `{BUILDS}`")),
            }
        });
        chapter.as_ref().map_err(String::clone)
    }
}

/// The pages that show a listing or what it prints, for whoever has to mend them.
fn shown_by(listing: &Path) -> String {
    let chapter = listing.parent().map(stem).unwrap_or_default();
    let include = format!("listings/{chapter}/{}.", stem(listing));
    let pages = Page::all(&root()).unwrap_or_default();
    let pages = pages.iter().filter(|page| page.text.contains(&include));
    let lines: String = pages
        .map(|page| format!("\nshown by book/src/{}", page.name))
        .collect();
    format!("\n{lines}")
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
