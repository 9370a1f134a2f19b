//! An update brings what is new, touches no work, and can be ended anywhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use parcel::{File, ParcelError, Step, Update, write_copy};
use tempfile::TempDir;

const MANIFEST: (&str, &str) = ("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");
const NEWER: (&str, &str) = ("Cargo.toml", "[workspace.package]\nversion = \"0.2.0\"\n");

fn course(files: &[(&str, &str)]) -> Vec<File> {
    let file = |(path, content): &(&str, &str)| File {
        path: (*path).into(),
        content: (*content).into(),
        executable: false,
    };
    files.iter().map(file).collect()
}

/// A copy of a course, in a folder of its own.
struct Copy(TempDir);

impl Copy {
    fn of(files: &[(&str, &str)]) -> Copy {
        let folder = TempDir::new().unwrap();
        write_copy(&folder.path().join("copy"), &course(files)).unwrap();
        Copy(folder)
    }

    fn root(&self) -> PathBuf {
        self.0.path().join("copy")
    }

    fn write(&self, path: &str, content: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    fn update(&self, files: &[(&str, &str)]) -> Vec<Step> {
        let files = course(files);
        let update = Update::plan(&self.root(), &files).unwrap();
        let steps = update.steps().to_vec();
        update.run().unwrap();
        steps
    }

    /// All files but the record and the lock, with what is in them.
    fn files(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        collect(&self.root(), &self.root(), &mut found);
        found.remove(".bindery/copy.toml");
        found.remove(".bindery/update.lock");
        found
    }

    fn reads(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).unwrap_or_else(|e| format!("{path}: {e}"))
    }
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy();
            found.insert(name.into_owned(), std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn what_nobody_has_touched_becomes_what_the_course_has() {
    let copy = Copy::of(&[MANIFEST, ("book/a.md", "old"), ("book/gone/b.md", "b")]);
    let steps = copy.update(&[NEWER, ("book/a.md", "new"), ("book/c.md", "c")]);
    assert!(steps.contains(&Step::Remove("book/gone/b.md".into())));
    assert_eq!(copy.reads("book/a.md"), "new");
    assert_eq!(copy.reads("book/c.md"), "c");
    assert!(!copy.root().join("book/gone").exists());
    assert_eq!(
        copy.update(&[NEWER, ("book/a.md", "new"), ("book/c.md", "c")]),
        []
    );
}

const EDITED: &str = "exercises/06_gil/02_detach/src/lib.rs";
const STARTER: &str = "exercises/06_gil/02_detach/starter/src/lib.rs";

#[test]
fn an_untouched_starter_is_renewed_and_an_answer_stays() {
    let old = [MANIFEST, (EDITED, "old"), (STARTER, "old")];
    let new = [NEWER, (EDITED, "new"), (STARTER, "new")];
    let copy = Copy::of(&old);
    copy.update(&new);
    assert_eq!(copy.reads(EDITED), "new");

    let copy = Copy::of(&old);
    copy.write(EDITED, "my answer");
    let steps = copy.update(&new);
    assert!(
        steps.contains(&Step::KeepAnswer(EDITED.into())),
        "{steps:?}"
    );
    assert_eq!(copy.reads(EDITED), "my answer");
    assert_eq!(copy.reads(STARTER), "new");
    // It is said once.
    assert_eq!(copy.update(&new), []);
}

#[test]
fn another_file_that_was_changed_stays_and_the_new_one_is_laid_aside() {
    let copy = Copy::of(&[
        MANIFEST,
        ("crates/ink/lib.rs", "old"),
        ("README.md", "same"),
    ]);
    copy.write("crates/ink/lib.rs", "mine");
    copy.write("README.md", "my readme");
    let new = [NEWER, ("crates/ink/lib.rs", "new"), ("README.md", "same")];
    let kept = Step::Keep {
        path: "crates/ink/lib.rs".into(),
        new: ".bindery/new/crates/ink/lib.rs".into(),
    };
    assert_eq!(copy.update(&new), [Step::Renew("Cargo.toml".into()), kept]);
    assert_eq!(copy.reads("crates/ink/lib.rs"), "mine");
    assert_eq!(copy.reads(".bindery/new/crates/ink/lib.rs"), "new");
    assert_eq!(copy.reads("README.md"), "my readme");
}

#[test]
fn what_is_gone_from_the_copy_comes_back_and_what_is_the_learners_own_is_not_looked_at() {
    let files = [MANIFEST, ("README.md", "readme")];
    let copy = Copy::of(&files);
    copy.write("notes.txt", "mine");
    std::fs::remove_file(copy.root().join("README.md")).unwrap();
    assert_eq!(copy.update(&files), [Step::Restore("README.md".into())]);
    assert_eq!(copy.reads("notes.txt"), "mine");
}

#[test]
fn a_file_in_the_place_of_a_new_one_is_kept() {
    let copy = Copy::of(&[MANIFEST]);
    copy.write("book/new.md", "mine");
    copy.update(&[NEWER, ("book/new.md", "the course's")]);
    assert_eq!(copy.reads("book/new.md"), "mine");
    assert_eq!(copy.reads(".bindery/new/book/new.md"), "the course's");
}

/// One exercise at this place, with a manifest that says `toml`.
fn exercise(folder: &str, toml: &str, starter: &str) -> Vec<(String, String)> {
    let at = |path: &str| format!("exercises/{folder}/{path}");
    vec![
        (at("Cargo.toml"), "[package]".into()),
        (at("exercise.toml"), toml.into()),
        (at("src/lib.rs"), starter.into()),
        (at("starter/src/lib.rs"), starter.into()),
    ]
}

fn with<'a>(manifest: (&'a str, &'a str), more: &'a [(String, String)]) -> Vec<(&'a str, &'a str)> {
    let more = more
        .iter()
        .map(|(path, content)| (path.as_str(), content.as_str()));
    std::iter::once(manifest).chain(more).collect()
}

#[test]
fn a_renumbered_exercise_takes_all_that_is_in_its_folder_along() {
    // Two exercises change places, and one of them the chapter.
    let old = [
        exercise("05_pyo3/01_a", "", "a"),
        exercise("06_gil/02_b", "", "b"),
    ]
    .concat();
    let new = [
        exercise("06_gil/02_a", "", "a2"),
        exercise("05_pyo3/01_b", "", "b2"),
    ]
    .concat();
    let copy = Copy::of(&with(MANIFEST, &old));
    copy.write("exercises/05_pyo3/01_a/src/lib.rs", "my a");
    copy.write("exercises/05_pyo3/01_a/notes.txt", "my notes");
    copy.update(&with(NEWER, &new));
    assert_eq!(copy.reads("exercises/06_gil/02_a/src/lib.rs"), "my a");
    assert_eq!(copy.reads("exercises/06_gil/02_a/notes.txt"), "my notes");
    assert_eq!(copy.reads("exercises/06_gil/02_a/starter/src/lib.rs"), "a2");
    assert_eq!(copy.reads("exercises/05_pyo3/01_b/src/lib.rs"), "b2");
    assert!(!copy.root().join("exercises/05_pyo3/01_a").exists());
    assert!(!copy.root().join("exercises/06_gil/02_b").exists());
}

#[test]
fn a_renamed_exercise_is_known_by_its_former_slug() {
    let old = exercise("06_gil/02_release", "", "old");
    let new = exercise(
        "06_gil/02_detach",
        "formerly = [\"let_go\", \"release\"]",
        "new",
    );
    let copy = Copy::of(&with(MANIFEST, &old));
    copy.write("exercises/06_gil/02_release/src/lib.rs", "my answer");
    copy.update(&with(NEWER, &new));
    assert_eq!(copy.reads(EDITED), "my answer");
    assert_eq!(copy.reads(STARTER), "new");
    assert!(!copy.root().join("exercises/06_gil/02_release").exists());
}

#[test]
fn a_folder_in_the_way_of_a_renumbered_exercise_is_not_mixed_with_it() {
    let old = exercise("06_gil/02_detach", "", "old");
    let new = exercise("06_gil/03_detach", "", "new");
    let copy = Copy::of(&with(MANIFEST, &old));
    copy.write(EDITED, "my answer");
    copy.write("exercises/06_gil/03_detach/notes.txt", "mine");
    copy.update(&with(NEWER, &new));
    let kept = ".bindery/kept/exercises/06_gil/02_detach/src/lib.rs";
    assert_eq!(copy.reads(kept), "my answer");
    assert_eq!(copy.reads("exercises/06_gil/03_detach/src/lib.rs"), "new");
    assert_eq!(copy.reads("exercises/06_gil/03_detach/notes.txt"), "mine");
}

#[test]
fn work_on_an_exercise_that_is_gone_is_put_away_so_that_no_crate_is_left_without_a_manifest() {
    let old = [
        exercise("06_gil/02_detach", "", "x"),
        exercise("06_gil/03_other", "", "y"),
    ]
    .concat();
    let copy = Copy::of(&with(MANIFEST, &old));
    copy.write(EDITED, "my answer");
    copy.write("exercises/06_gil/02_detach/notes.txt", "my notes");
    copy.update(&with(NEWER, &[]));
    let left: Vec<String> = copy.files().into_keys().collect();
    let kept = ".bindery/kept/exercises/06_gil/02_detach";
    let expected = [
        "Cargo.toml",
        &format!("{kept}/notes.txt"),
        &format!("{kept}/src/lib.rs"),
    ];
    assert_eq!(left.len(), 3, "{left:?}");
    assert!(
        expected.iter().all(|path| left.iter().any(|l| l == path)),
        "{left:?}"
    );
    assert!(!copy.root().join("exercises").exists());
}

/// A course that changes in every way at once, and a learner who has changed something of each.
fn eventful() -> (Copy, Vec<(String, String)>) {
    let text = |path: &str, content: &str| vec![(path.to_owned(), content.to_owned())];
    let old = [
        exercise("05_pyo3/01_a", "", "a"),
        exercise("06_gil/02_detach", "", "old"),
        exercise("06_gil/03_gone", "", "gone"),
        text("book/untouched.md", "old"),
        text("book/changed.md", "old"),
        text("book/removed.md", "old"),
        text("book/deleted.md", "old"),
    ]
    .concat();
    let new = [
        exercise("05_pyo3/07_a", "", "a2"),
        exercise("07_gil/02_let_go", "formerly = [\"detach\"]", "new"),
        exercise("07_gil/04_added", "", "added"),
        text("book/untouched.md", "new"),
        text("book/changed.md", "new"),
        text("book/deleted.md", "new"),
    ]
    .concat();
    let copy = Copy::of(&with(MANIFEST, &old));
    copy.write(EDITED, "my answer");
    copy.write("exercises/06_gil/03_gone/src/lib.rs", "my other answer");
    copy.write("book/changed.md", "mine");
    std::fs::remove_file(copy.root().join("book/deleted.md")).unwrap();
    (copy, new)
}

#[test]
fn an_update_that_is_ended_after_any_step_is_completed_by_the_next() {
    let (copy, new) = eventful();
    let new = with(NEWER, &new);
    let steps = copy.update(&new).len();
    let whole = copy.files();
    assert!(steps > 15, "{steps} steps say little");
    let answer = "exercises/07_gil/02_let_go/src/lib.rs";
    assert_eq!(whole[answer], "my answer");
    for ended_after in 0..=steps {
        let (copy, _) = eventful();
        let files = course(&new);
        let update = Update::plan(&copy.root(), &files).unwrap();
        for step in &update.steps()[..ended_after] {
            update.perform(step).unwrap();
        }
        drop(update);
        copy.update(&new);
        assert_eq!(copy.files(), whole, "ended after step {ended_after}");
        assert_eq!(copy.update(&new), [], "ended after step {ended_after}");
    }
}

#[test]
fn an_older_course_is_refused() {
    let copy = Copy::of(&[NEWER]);
    let files = course(&[MANIFEST]);
    let refused = Update::plan(&copy.root(), &files).map(drop);
    assert!(
        matches!(refused, Err(ParcelError::Older { .. })),
        "{refused:?}"
    );
}

#[test]
fn two_updates_do_not_work_at_once() {
    let copy = Copy::of(&[MANIFEST]);
    let files = course(&[NEWER]);
    let first = Update::plan(&copy.root(), &files).unwrap();
    let second = Update::plan(&copy.root(), &files).map(drop);
    assert!(matches!(second, Err(ParcelError::Busy)), "{second:?}");
    first.run().unwrap();
}

#[test]
fn what_is_no_copy_is_told_from_a_checkout() {
    let folder = TempDir::new().unwrap();
    let files = course(&[NEWER]);
    let plan = || Update::plan(folder.path(), &files).map(drop);
    assert!(matches!(plan(), Err(ParcelError::NoCopy(_))));
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    assert!(matches!(plan(), Err(ParcelError::Checkout(_))));
}
