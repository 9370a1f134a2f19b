//! What is decided when a Python has no library that a host could link.

#[path = "../build/libpython.rs"]
mod libpython;

use libpython::{Libpython, find};

#[test]
fn a_shared_library_is_linked_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("libpython3.11.so"), "").unwrap();
    let path = folder.path().to_str().unwrap();
    let found = find(true, Some(path), Some("python3.11"), ".so");
    assert_eq!(
        found,
        Ok(Libpython {
            folder: path.into(),
            name: "python3.11".into()
        })
    );
}

#[track_caller]
fn check(shared: bool, folder: Option<&str>, what: &str, hint: &str) {
    let missing = find(shared, folder, Some("python3.11"), ".so").unwrap_err();
    assert!(
        missing.what.contains(what) && missing.hint.contains(hint),
        "{missing:?}"
    );
}

#[test]
fn each_way_of_having_none_has_its_answer() {
    let empty = tempfile::tempdir().unwrap();
    let empty = empty.path().to_str();
    check(
        false,
        empty,
        "without a shared library, and has `libpython3.11.a`",
        "--enable-shared",
    );
    check(true, empty, "there is no `", "libpython3-dev");
    check(true, None, "does not say where", "PYO3_PYTHON");
}

/// Where the build found none, the program says so.
#[cfg(not(libpython))]
#[test]
fn the_program_says_what_is_missing() {
    for words in [&[][..], &["--c"]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_embed-python"))
            .args(words)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(
            text.contains("cannot be embedded: ") && text.contains("\n\nhint: "),
            "{text}"
        );
    }
}
