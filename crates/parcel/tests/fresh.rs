//! A new copy is there whole, or not at all.

use parcel::{File, ParcelError, write_copy};
use tempfile::TempDir;

fn file(path: &str, executable: bool) -> File {
    File {
        path: path.into(),
        content: path.into(),
        executable,
    }
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).unwrap().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn a_copy_has_its_files_and_a_record_of_them() {
    let folder = TempDir::new().unwrap();
    let dir = folder.path().join("a/copy");
    write_copy(&dir, &[file("README.md", false), file(".ci/run", true)]).unwrap();
    assert_eq!(
        std::fs::read_to_string(dir.join("README.md")).unwrap(),
        "README.md"
    );
    assert!(dir.join(".bindery/copy.toml").is_file());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &str| dir.join(path).metadata().unwrap().permissions().mode() & 0o700;
        assert_eq!((mode("README.md"), mode(".ci/run")), (0o600, 0o700));
    }
}

#[test]
fn an_empty_folder_is_filled_and_any_other_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let dir = folder.path().join("copy");
    std::fs::create_dir(&dir).unwrap();
    write_copy(&dir, &[file("README.md", false)]).unwrap();
    let again = write_copy(&dir, &[file("other", false)]);
    assert!(matches!(again, Err(ParcelError::Taken(_))), "{again:?}");
    assert!(!dir.join("other").exists());
    let onto_a_file = write_copy(&dir.join("README.md"), &[]);
    assert!(matches!(onto_a_file, Err(ParcelError::Taken(_))));
}

#[test]
fn what_cannot_be_finished_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    // A file cannot be a folder too, so the second one cannot be written.
    let impossible = [file("a", false), file("a/b", false)];
    let dir = folder.path().join("copy");
    assert!(write_copy(&dir, &impossible).is_err());
    assert_eq!(names(&folder), Vec::<String>::new());
}

#[test]
fn what_a_kill_has_left_is_gone_after_the_next_try() {
    let folder = TempDir::new().unwrap();
    let left = folder.path().join(".copy.unfinished/exercises");
    std::fs::create_dir_all(&left).unwrap();
    write_copy(&folder.path().join("copy"), &[file("README.md", false)]).unwrap();
    assert_eq!(names(&folder), ["copy"]);
    assert!(!folder.path().join("copy/exercises").exists());
}
