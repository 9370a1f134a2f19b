//! `init`, `update` and `new`, as their user meets them.
//!
//! Which files a copy has and what an update does with each is proved in `crates/parcel`;
//! that a copy builds and passes, and that a new exercise can be proved, by
//! `.ci/learners-copy`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use course::{Course, Exercise};
use tempfile::TempDir;

fn bindery(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bindery"))
        .args(args)
        .current_dir(folder)
        .env_remove("CARGO")
        .output()
        .unwrap()
}

/// What a run said, which has to have ended with this code.
fn said(folder: &Path, args: &[&str], code: i32) -> String {
    let output = bindery(folder, args);
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
    said
}

/// A copy of the real workbook, in a folder of its own.
struct Copy(TempDir);

impl Copy {
    fn new() -> Copy {
        let folder = TempDir::new().unwrap();
        said(folder.path(), &["init", "mine"], 0);
        Copy(folder)
    }

    fn root(&self) -> PathBuf {
        self.0.path().join("mine")
    }

    /// A second copy beside it, which is a newer state of the course.
    fn newer(&self) -> PathBuf {
        said(self.0.path(), &["init", "newer"], 0);
        let root = self.0.path().join("newer");
        edit(&root.join("Cargo.toml"), |text| {
            text.replacen("version = \"", "version = \"9", 1)
        });
        root
    }

    /// The first exercise, as a checkout of any state of the course has one.
    fn exercise(&self) -> Option<Exercise> {
        let mut exercises = Course::survey(&self.root()).course.exercises;
        match exercises.is_empty() {
            // Somebody has deleted all of them, which is theirs to do.
            true => None,
            false => Some(exercises.remove(0)),
        }
    }
}

fn edit(path: &Path, change: impl FnOnce(String) -> String) {
    let text = std::fs::read_to_string(path).unwrap();
    std::fs::write(path, change(text)).unwrap();
}

#[test]
fn init_makes_a_workbook_without_solutions_in_which_all_is_untouched() {
    let copy = Copy::new();
    let root = copy.root();
    for gone in ["solutions", "target", ".git", ".bindery/results"] {
        assert!(!root.join(gone).exists(), "{gone}");
    }
    for exercise in Course::survey(&root).course.exercises {
        assert!(exercise.is_untouched().unwrap(), "{}", exercise.id());
    }
    assert!(said(&root, &["list"], 0).contains("0 of "));
}

#[test]
fn init_leaves_alone_what_is_there_and_says_what_comes_next() {
    let folder = TempDir::new().unwrap();
    let first = said(folder.path(), &["init", "mine"], 0);
    assert!(first.contains("`cd mine`, then `cargo run`"), "{first}");
    std::fs::write(folder.path().join("mine/notes.txt"), "mine").unwrap();
    // Not installed, it can only be told where the course is.
    let from = first.split_once("`cargo bindery update --from ").unwrap().1;
    let course = from.split_once('`').unwrap().0;
    let update = ["update", "--from", course];
    said(&folder.path().join("mine"), &update, 0);
    let again = said(folder.path(), &["init", "mine"], 2);
    assert!(again.contains("`mine` is there already"), "{again}");
    assert!(folder.path().join("mine/notes.txt").exists());
    let here = said(&folder.path().join("mine"), &["init", "."], 2);
    assert!(here.contains("hint: name a folder"), "{here}");
}

#[test]
fn update_says_what_it_would_do_then_does_it_and_then_has_nothing_to_do() {
    let copy = Copy::new();
    let (root, newer) = (copy.root(), copy.newer());
    let Some(exercise) = copy.exercise() else {
        return;
    };
    let answer = exercise.editable_paths().next().unwrap();
    edit(&answer, |text| text + "// mine\n");
    let id = exercise.id();
    let moved = newer
        .join("exercises")
        .join(&id)
        .with_file_name(format!("99_{}", exercise.slug));
    std::fs::rename(newer.join("exercises").join(&id), &moved).unwrap();

    let from = ["update", "--from", newer.to_str().unwrap()];
    let planned = said(&root, &[&from[..], &["--dry-run"]].concat(), 0);
    assert!(
        planned.contains(&format!("`exercises/{id}` is")),
        "{planned}"
    );
    assert!(planned.contains("Nothing was changed"), "{planned}");
    assert!(answer.exists());

    let done = said(&root, &from, 0);
    assert!(done.contains("has the course's version 9"), "{done}");
    assert!(!answer.exists());
    let chapter = exercise.dir.parent().unwrap();
    let place = answer.strip_prefix(&exercise.dir).unwrap();
    let answer = chapter.join(moved.file_name().unwrap()).join(place);
    let text = std::fs::read_to_string(answer).unwrap();
    assert!(text.ends_with("// mine\n"), "{text}");
    assert!(said(&root, &from, 0).contains("already"));
}

#[test]
fn update_tells_a_copy_from_a_checkout_and_a_newer_course_from_an_older_one() {
    let copy = Copy::new();
    let newer = copy.newer();
    let older = [
        "update",
        "--from",
        copy.0.path().join("mine").to_str().unwrap(),
    ]
    .map(str::to_owned);
    let older: Vec<&str> = older.iter().map(String::as_str).collect();
    std::fs::create_dir_all(newer.join(".bindery")).unwrap();
    said(&newer, &["update", "--from", newer.to_str().unwrap()], 2);
    let record = newer.join(".bindery/copy.toml");
    edit(&record, |text| {
        text.replacen("version = \"", "version = \"9", 1)
    });
    assert!(said(&newer, &older, 2).contains("older"));

    std::fs::write(&record, "not a record").unwrap();
    assert!(said(&newer, &older, 2).contains("cannot be understood"));
    std::fs::remove_file(&record).unwrap();
    let lost = said(&newer, &older, 2);
    assert!(
        lost.contains("hint: make a copy with `bindery init"),
        "{lost}"
    );
    std::fs::create_dir(newer.join(".git")).unwrap();
    assert!(said(&newer, &older, 2).contains("`git pull`"));
}

/// A copy that has a place for solutions, as a checkout has.
fn checkout() -> Copy {
    let copy = Copy::new();
    std::fs::create_dir(copy.root().join("solutions")).unwrap();
    copy
}

const KINDS: [&str; 5] = ["module", "c_module", "library", "python", "program"];

#[test]
fn a_new_exercise_of_any_kind_is_whole_for_whoever_reads_the_course() {
    let copy = checkout();
    let root = copy.root();
    for kind in KINDS {
        let name = format!("77_trials/new_{kind}");
        said(
            &root,
            &["new", &name, "--kind", kind, "--title", "A \"new\" one"],
            0,
        );
    }
    let survey = Course::survey(&root);
    let new: Vec<&Exercise> = survey
        .course
        .exercises
        .iter()
        .filter(|exercise| exercise.chapter.name == "trials")
        .collect();
    assert_eq!(new.len(), KINDS.len(), "{:?}", survey.troubles);
    for (exercise, kind) in new.into_iter().zip(KINDS) {
        assert_eq!(exercise.manifest.kind.as_str(), kind);
        assert_eq!(exercise.manifest.title, "A \"new\" one");
        assert!(exercise.is_untouched().unwrap());
        exercise.hints().unwrap();
        let solution = exercise.solution(&root).unwrap().unwrap();
        assert_eq!((solution.hidden.len(), solution.wrong.len()), (1, 1));
        let summary = std::fs::read_to_string(root.join("book/src/SUMMARY.md")).unwrap();
        let page = format!("trials/{}.md", exercise.slug);
        assert!(summary.contains(&format!("]({page})")), "{summary}");
        let page = std::fs::read_to_string(root.join("book/src").join(page)).unwrap();
        assert!(page.contains(&format!("exercises/{}/README.md}}}}", exercise.id())));
    }
}

#[test]
fn every_file_of_a_new_exercise_says_what_is_left_to_write() {
    fn unmarked(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                unmarked(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(!text.contains("{{"), "{}: {text}", path.display());
            if !text.contains("FILL IN") && !path.ends_with("Cargo.toml") {
                found.push(path);
            }
        }
    }
    let copy = checkout();
    let mut found = Vec::new();
    for kind in KINDS {
        let name = format!("77_trials/new_{kind}");
        said(&copy.root(), &["new", &name, "--kind", kind], 0);
    }
    for folder in ["exercises", "solutions"] {
        unmarked(&copy.root().join(folder).join("77_trials"), &mut found);
    }
    assert_eq!(found, Vec::<PathBuf>::new());
}

#[test]
fn a_name_that_hides_something_or_is_taken_is_refused_and_nothing_is_written() {
    let copy = checkout();
    let root = copy.root();
    said(&root, &["new", "77_trials/first_one"], 0);
    let manifest = root.join("exercises/77_trials/01_first_one/exercise.toml");
    edit(&manifest, |text| {
        format!("formerly = [\"zeroth_one\"]\n{text}")
    });
    let before = Course::survey(&root).course.exercises.len();
    for (args, why) in [
        (&["new", "trials/json"][..], "standard library"),
        (&["new", "trials/ink"], "of this workspace"),
        (&["new", "trials/serde"], "Cargo.lock"),
        (
            &["new", "trials/first_one"],
            "is the exercise `77_trials/01_first_one`",
        ),
        (&["new", "trials/zeroth_one"], "was called before"),
        (&["new", "trials/Second"], "no name in small letters"),
        (&["new", "trial/second"], "no chapter `trial`"),
        (&["new", "77_other/second"], "no chapter `77_other`"),
        (&["new", "second"], "no chapter and name"),
        (
            &["new", "trials/second", "--number", "1"],
            "number 1 of `77_trials` is taken",
        ),
    ] {
        let refused = said(&root, args, 2);
        assert!(refused.contains(why), "{refused}");
        assert!(refused.contains("hint: "), "{refused}");
    }
    assert_eq!(Course::survey(&root).course.exercises.len(), before);
    said(&root, &["new", "trials/second"], 0);
    assert!(root.join("exercises/77_trials/02_second").is_dir());
}

#[test]
fn a_copy_without_solutions_is_no_place_for_a_new_exercise() {
    let copy = Copy::new();
    let refused = said(&copy.root(), &["new", "77_trials/first_one"], 2);
    assert!(refused.contains("has no `solutions/`"), "{refused}");
}
