//! What `bindery release` hands out is what `init` makes, in each of its forms, and a class that
//! has begun gets the next release without losing anything.
//!
//! That such a copy builds and passes its own tests is proved by `.ci/learners-copy`; here it is
//! enough that the files are the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use builder::target_folder;
use proof::root;
use tempfile::TempDir;

type Files = BTreeMap<String, (Vec<u8>, bool)>;

fn said(output: Output, code: i32) -> String {
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

/// The command, which cargo has built for this test or builds now.
fn program() -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "-p", "bindery"])
        .current_dir(root())
        .status();
    assert!(built.expect("cargo starts").success());
    target_folder(&root(), None).join("debug/bindery")
}

fn bindery(folder: &Path, args: &[&str], code: i32) -> String {
    let output = Command::new(program())
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .envs(IDENTITY)
        .env_remove("CARGO")
        .output();
    said(output.expect("bindery starts"), code)
}

/// Who commits, where nobody has told git.
const IDENTITY: [(&str, &str); 4] = [
    ("GIT_AUTHOR_NAME", "An Instructor"),
    ("GIT_AUTHOR_EMAIL", "instructor@example.edu"),
    ("GIT_COMMITTER_NAME", "An Instructor"),
    ("GIT_COMMITTER_EMAIL", "instructor@example.edu"),
];

fn git(folder: &Path, args: &[&str]) -> String {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(args).envs(IDENTITY);
    said(git.output().expect("git is there"), 0)
}

fn files_below(folder: &Path) -> Files {
    fn walk(folder: &Path, under: &str, found: &mut Files) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let name = format!("{under}{}", entry.file_name().display());
            if entry.path().is_dir() {
                if name != ".git" {
                    walk(&entry.path(), &format!("{name}/"), found);
                }
                continue;
            }
            let text = std::fs::read(entry.path()).unwrap();
            found.insert(name, (text, is_program(&entry.path())));
        }
    }
    let mut found = Files::new();
    walk(folder, "", &mut found);
    found
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o100 != 0
}

fn differ(one: &Files, other: &Files) -> Vec<String> {
    let paths = one.keys().chain(other.keys());
    let differ = paths.filter(|path| one.get(*path) != other.get(*path));
    differ.cloned().collect()
}

const NOTHING: Vec<String> = Vec::new();

#[test]
fn a_folder_and_each_archive_hold_what_init_makes_and_nothing_hidden() {
    let home = TempDir::new().unwrap();
    let at = |name: &str| home.path().join(name);
    let to = |name: &str| at(name).display().to_string();
    bindery(&root(), &["init", &to("init")], 0);
    let expected = files_below(&at("init"));
    let mut hidden = expected.keys().filter(|path| {
        path.starts_with("solutions/")
            || path.starts_with("exercises/") && path.contains("/hidden/")
            || path.starts_with("tests/class/submissions/")
            || path.starts_with("tests/attacks/submissions/")
    });
    assert_eq!(hidden.next(), None);

    let words = bindery(&root(), &["release", &to("folder")], 0);
    assert!(words.contains("without solutions"), "{words}");
    assert_eq!(differ(&files_below(&at("folder")), &expected), NOTHING);

    for (name, unpack) in [
        ("week-1.zip", &["python3", "-m", "zipfile", "-e"][..]),
        ("week-2.tar.gz", &["tar", "-xzf"]),
    ] {
        bindery(&root(), &["release", &to(name)], 0);
        bindery(&root(), &["release", &to(&format!("again/{name}"))], 0);
        let read = |name: &str| std::fs::read(at(name)).unwrap();
        assert!(read(name) == read(&format!("again/{name}")), "{name}");
        let (tool, options) = unpack.split_first().unwrap();
        let mut unpack = Command::new(tool);
        unpack.args(options).arg(at(name)).current_dir(home.path());
        if *tool == "python3" {
            unpack.arg(".");
        }
        said(unpack.output().expect("it starts"), 0);
        let mut unpacked = files_below(&at(name.split_once('.').unwrap().0));
        let mut expected = expected.clone();
        if name.ends_with(".zip") {
            // Python's zipfile gives no file its permissions back.
            for (_, program) in unpacked.values_mut().chain(expected.values_mut()) {
                *program = false;
            }
        }
        assert_eq!(differ(&unpacked, &expected), NOTHING, "{name}");
        let taken = bindery(&root(), &["release", &to(name)], 2);
        assert!(taken.contains("is there already"), "{taken}");
    }
}

#[test]
fn a_repository_gets_one_commit_and_a_class_that_has_begun_the_next_on_top() {
    let home = TempDir::new().unwrap();
    let at = |name: &str| home.path().join(name);
    let to = at("template").display().to_string();
    // A workbook of the instructor's own, which may be changed between two releases.
    let own = at("own").display().to_string();
    bindery(&root(), &["init", &own], 0);
    let release = |code| bindery(&at("own"), &["release", "--git", &to], code);
    release(0);
    assert_eq!(
        git(&at("template"), &["rev-list", "--count", "HEAD"]).trim(),
        "1"
    );
    let mut expected = files_below(&at("own"));
    expected.remove(".bindery/copy.toml");
    assert_eq!(differ(&files_below(&at("template")), &expected), NOTHING);
    assert!(release(0).contains("has this release already"));

    // A student begins; the instructor adds a workflow to the template.
    git(home.path(), &["clone", "--quiet", &to, "student"]);
    let answer = expected
        .keys()
        .find(|path| path.starts_with("exercises/") && path.contains("/starter/"))
        .cloned();
    let answer = answer.unwrap().replacen("/starter/", "/", 1);
    std::fs::write(at("student").join(&answer), "mine\n").unwrap();
    let progress = at("student/.bindery/results/first_so.json");
    std::fs::create_dir_all(progress.parent().unwrap()).unwrap();
    std::fs::write(&progress, "progress").unwrap();
    git(
        &at("student"),
        &["commit", "--quiet", "--all", "--message", "My answer"],
    );
    let workflow = at("template/.github/workflows/classroom.yml");
    std::fs::create_dir_all(workflow.parent().unwrap()).unwrap();
    std::fs::write(&workflow, "on: push\n").unwrap();
    let unclean = release(2);
    assert!(
        unclean.contains("changes that are not committed"),
        "{unclean}"
    );
    git(&at("template"), &["add", "."]);
    git(
        &at("template"),
        &["commit", "--quiet", "--message", "A workflow"],
    );

    // The course goes on: a file is new, one has changed, one is gone.
    std::fs::write(at("own/tests/new.txt"), "new").unwrap();
    std::fs::write(at("own/README.md"), "changed").unwrap();
    std::fs::remove_file(at("own/CONTRIBUTING.md")).unwrap();
    release(0);
    let template = at("template");
    assert_eq!(git(&template, &["rev-list", "--count", "HEAD"]).trim(), "3");
    let touched = git(&template, &["show", "--format=", "--name-status", "HEAD"]);
    assert_eq!(
        touched,
        "D\tCONTRIBUTING.md\nM\tREADME.md\nA\ttests/new.txt\n"
    );
    assert!(workflow.exists());

    git(
        &at("student"),
        &["pull", "--quiet", "--no-rebase", "--no-edit"],
    );
    let student = |path: &str| std::fs::read_to_string(at("student").join(path)).unwrap();
    assert_eq!(student(&answer), "mine\n");
    assert_eq!(student("README.md"), "changed");
    assert!(!at("student/CONTRIBUTING.md").exists());
    assert_eq!(std::fs::read_to_string(progress).unwrap(), "progress");
}

#[test]
fn a_repository_of_somebody_elses_is_left_alone() {
    let home = TempDir::new().unwrap();
    let to = home.path().display().to_string();
    git(home.path(), &["init", "--quiet"]);
    std::fs::write(home.path().join("README.md"), "theirs").unwrap();
    git(home.path(), &["add", "."]);
    git(home.path(), &["commit", "--quiet", "--message", "Theirs"]);
    let refused = bindery(&root(), &["release", "--git", &to], 2);
    assert!(
        refused.contains("no commit in it is a release"),
        "{refused}"
    );
    assert!(refused.contains("hint: "), "{refused}");
    let text = std::fs::read_to_string(home.path().join("README.md")).unwrap();
    assert_eq!(text, "theirs");
}
