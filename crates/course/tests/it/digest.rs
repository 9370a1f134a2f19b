//! The fingerprint of files.

use std::fs;

use course::digest;

use crate::book::Book;

#[test]
fn the_digest_tells_files_apart() {
    let book = Book::new();
    let of = |files: &[(&str, &str)], paths: &[&str]| {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in files {
            fs::write(dir.path().join(path), text).unwrap();
        }
        let paths: Vec<_> = paths.iter().map(Into::into).collect();
        digest(dir.path(), &paths).unwrap()
    };
    let one = of(&[("a", "x"), ("b", "y")], &["a", "b"]);
    assert_eq!(
        one,
        of(&[("a", "x"), ("b", "y")], &["b", "a"]),
        "order does not matter"
    );
    assert_ne!(
        one,
        of(&[("a", "y"), ("b", "x")], &["a", "b"]),
        "whose content it is does"
    );
    assert_ne!(
        one,
        of(&[("a", "xy"), ("b", "")], &["a", "b"]),
        "where one ends does"
    );
    assert_ne!(
        of(&[("a", "")], &["a"]),
        of(&[], &["a"]),
        "empty is not absent"
    );
    assert_eq!(one.len(), 64);
    assert_eq!(
        book.exercise().digest().unwrap(),
        book.exercise().digest().unwrap()
    );
}

#[test]
fn no_content_passes_for_another_file() {
    // What lies between the contents of `a` and `b`, were lengths left out.
    let between = "\x01\0\0\0\0\0\0\0b\x01";
    let of = |a: &str, b: &str| {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a"), a).unwrap();
        fs::write(dir.path().join("b"), b).unwrap();
        digest(dir.path(), &["a".into(), "b".into()]).unwrap()
    };
    assert_ne!(of("", between), of(between, ""));
}

#[test]
fn the_digest_is_as_documented() {
    let dir = tempfile::tempdir().unwrap();
    // Of no files it is the SHA-256 of no bytes.
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(digest(dir.path(), &[]).unwrap(), empty);
    // Computed by Python's hashlib; records on learners' disks depend on it.
    fs::write(dir.path().join("a"), "x").unwrap();
    let expect = "c1d5e5de982e8fa83ff948bf9b0fd6a0d09410bbf7af85232affcf437ef2cb2c";
    assert_eq!(
        digest(dir.path(), &["a".into(), "b".into()]).unwrap(),
        expect
    );
}
