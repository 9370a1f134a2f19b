//! Which files a copy is made of, and that they survive being carried in a program.

use std::path::Path;

use parcel::{File, learners_files, pack, unpack};
use tempfile::TempDir;

/// A workbook with one exercise, in which somebody has worked.
fn workbook() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, content) in [
        ("Cargo.toml", "[workspace]\n"),
        (".gitignore", "/target\n"),
        ("notes.txt", "mine"),
        ("target/debug/bindery", "built"),
        (".bindery/results/detach.json", "{}"),
        (".git/HEAD", "ref"),
        ("book/book/index.html", "built"),
        ("book/src/gil/detach.md", "page"),
        ("crates/ink/src/__pycache__/a.pyc", "built"),
        ("crates/ink/src/lib.rs", "ink"),
        ("crates/ink/src/lib.rs~", "older ink"),
        ("exercises/06_gil/02_detach/src/lib.rs", "typed"),
        ("exercises/06_gil/02_detach/src/kernel.rs", "kernel"),
        ("exercises/06_gil/02_detach/starter/src/lib.rs", "starter"),
        ("solutions/06_gil/02_detach/src/lib.rs", "answer"),
        ("solutions/06_gil/02_detach/hidden/checks.rs", "hidden"),
    ] {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

fn content<'a>(files: &'a [File], path: &str) -> Option<&'a str> {
    let file = files.iter().find(|file| file.path == path)?;
    str::from_utf8(&file.content).ok()
}

#[test]
fn a_copy_has_what_belongs_to_the_course_and_nothing_else() {
    let workbook = workbook();
    let files = learners_files(workbook.path()).unwrap();
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let expected = [
        ".gitignore",
        "Cargo.toml",
        "book/src/gil/detach.md",
        "crates/ink/src/lib.rs",
        "exercises/06_gil/02_detach/src/kernel.rs",
        "exercises/06_gil/02_detach/src/lib.rs",
        "exercises/06_gil/02_detach/starter/src/lib.rs",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn what_a_learner_edits_comes_from_the_starter() {
    let workbook = workbook();
    let edited = "exercises/06_gil/02_detach/src/lib.rs";
    let files = learners_files(workbook.path()).unwrap();
    assert_eq!(content(&files, edited), Some("starter"));
    std::fs::remove_file(workbook.path().join(edited)).unwrap();
    let files = learners_files(workbook.path()).unwrap();
    assert_eq!(content(&files, edited), Some("starter"));
}

#[test]
fn files_survive_being_packed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = learners_files(&root).unwrap();
    assert!(files.iter().any(|file| file.executable));
    let packed = pack(&files);
    assert_eq!(unpack(&packed), Some(files));
    for cut in [0, 7, 8, 100, packed.len() - 1] {
        assert_eq!(unpack(&packed[..cut]), None, "cut at {cut}");
    }
    assert_eq!(unpack(b"something else, of some length"), None);
}
