//! The book's Python listings print what the book says they print.
//!
//! Each `book/listings/**/NAME.py` is run by the Python under test, and has to
//! print `NAME.out`. `BLESS=1` writes that file anew: read it before you commit.

use std::path::{Path, PathBuf};
use std::process::Command;

use builder::target_folder;
use interpreter::Interpreter;
use proof::root;

fn listings(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("it is a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => listings(&path, found),
            path if path.extension().is_some_and(|e| e == "py") => found.push(path),
            _ => {}
        }
    }
}

#[test]
fn every_listing_prints_what_the_book_shows() {
    let python = Interpreter::resolve(&target_folder(&root(), None).join("bindery"))
        .expect("there is a Python");
    let mut found = Vec::new();
    listings(&root().join("book/listings"), &mut found);
    assert!(!found.is_empty());
    for listing in found {
        let output = Command::new(python.executable())
            .arg("-I")
            .arg(&listing)
            .output()
            .expect("it starts");
        assert!(
            output.status.success(),
            "{}: {}",
            listing.display(),
            String::from_utf8_lossy(&output.stderr)
        );
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let recorded = listing.with_extension("out");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&recorded, &printed).expect("the record can be written");
        }
        let expected = std::fs::read_to_string(&recorded).unwrap_or_default();
        assert_eq!(
            printed,
            expected,
            "{} prints something else now",
            listing.display()
        );
    }
}
