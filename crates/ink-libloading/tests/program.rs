//! The program from outside: what it shows, and what it says when the library is not what it
//! should be. Each wrong library is a real one, compiled or patched here.

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use builder::CBuild;
use ink_libloading::functions::Functions;
use support::libink;

fn run(library: &Path, out: &Path) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ink-libloading"));
    program.arg(library).arg(out).output().unwrap()
}

/// Runs with a library that will not do, and expects these words and this hint.
#[track_caller]
fn check(library: &Path, words: &str, hint: &str) {
    let output = run(library, Path::new("."));
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(output.stdout.is_empty());
    let (error, rest) = text.split_once("\n\n").unwrap();
    assert!(
        error.starts_with("error: ") && error.contains(words),
        "{text}"
    );
    assert!(
        error.contains(
            &library
                .canonicalize()
                .unwrap_or(library.into())
                .display()
                .to_string()
        ),
        "{text}"
    );
    assert!(rest.starts_with("hint: ") && rest.contains(hint), "{text}");
    assert!(!text.contains("panicked"), "{text}");
}

/// A C library with these functions, all returning this number. It stays until the test's folder
/// goes.
fn library_of(folder: &Path, names: &[&str], number: u32) -> PathBuf {
    let source = folder.join("other.c");
    let functions = names
        .iter()
        .map(|name| format!("unsigned {name}(void) {{ return {number}; }}\n"));
    std::fs::write(&source, functions.collect::<String>()).unwrap();
    let build = CBuild {
        name: "other",
        sources: &[source],
        include: &[],
        forced_header: None,
        python: None,
        deny_warnings: true,
        through: &[],
    };
    build.run(folder).unwrap().path
}

#[test]
fn it_draws_two_pictures_and_says_who_frees_what() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&libink(), out.path());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for words in [
        "OWNED  an image, ours to free; live allocations: 1",
        "the library called it 153600 times",
        "BORROWED  460800 bytes",
        "\"the ink is spilt in row 100\" went round the library; no pixel has changed",
        "refused  no image can be 0 × 7",
        "freed  the image, through the library it came from; live allocations: 0",
    ] {
        assert!(text.contains(words), "no `{words}` in\n{text}");
    }
    let picture = |name: &str| ink::Image::read(out.path().join(name)).unwrap();
    let (before, after) = (picture("before.png"), picture("after.png"));
    assert_eq!(before.title(), "Marbled paper");
    assert_eq!((after.width(), after.height()), (480, 320));
    assert_ne!(before.bytes(), after.bytes());
}

#[test]
fn a_missing_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    check(
        &folder.path().join("libink.so"),
        "cannot open",
        "cargo bindery demo libloading",
    );
}

#[cfg(all(target_os = "linux", target_env = "gnu"))] // the loader's words are its own
#[test]
fn a_file_that_is_no_library_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("libink.so");
    std::fs::write(&text, "no library, it only has the name of one\n".repeat(9)).unwrap();
    check(&text, ": invalid ELF header", "run `file ");
}

#[test]
fn a_missing_function_is_named_whichever_it_is() {
    let mut names = vec!["ink_version"];
    names.extend(Functions::NAMES);
    for missing in &names {
        let folder = tempfile::tempdir().unwrap();
        let others: Vec<&str> = names.iter().filter(|n| *n != missing).copied().collect();
        check(
            &library_of(folder.path(), &others, 1),
            &format!("has no `{missing}`"),
            "run `nm -D ",
        );
    }
}

#[test]
fn another_version_is_refused_before_anything_else_is_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let library = library_of(folder.path(), &["ink_version"], 7);
    check(
        &library,
        "has ABI version 7, and this program speaks 1",
        "from one checkout",
    );
}

/// The bytes of an ELF header that name the processor: `e_machine`, at this offset in both the
/// 32-bit and the 64-bit form.
#[cfg(target_os = "linux")]
#[test]
fn a_library_for_another_processor_is_told_apart() {
    const E_MACHINE: usize = 18;
    let (other, name) = if cfg!(target_arch = "aarch64") {
        (object::elf::EM_X86_64, "x86_64")
    } else {
        (object::elf::EM_AARCH64, "aarch64")
    };
    let folder = tempfile::tempdir().unwrap();
    let patched = folder.path().join("libink.so");
    let mut bytes = std::fs::read(libink()).unwrap();
    bytes[E_MACHINE..E_MACHINE + 2].copy_from_slice(&other.0.to_ne_bytes());
    std::fs::write(&patched, bytes).unwrap();
    let ours = std::env::consts::ARCH;
    check(
        &patched,
        &format!("it is for {name}, and this program is for {ours}"),
        "cargo build -p ink",
    );
}

#[test]
fn a_folder_that_is_not_there_is_the_librarys_to_refuse() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&libink(), &out.path().join("none"));
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text.contains("before.png") && text.contains("(status 7)"),
        "{text}"
    );
    assert!(text.contains("hint: give a folder that exists"), "{text}");
}

#[test]
fn a_wrong_number_of_arguments_is_told() {
    let output = Command::new(env!("CARGO_BIN_EXE_ink-libloading"))
        .arg("one")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text.contains("takes two paths") && text.contains("hint: "),
        "{text}"
    );
}
