//! The shape of the repository: who may know whom, nothing without its pair,
//! versions in one place.
//!
//! The picture of who may know whom is the one in `ARCHITECTURE.md`, read from
//! there, so the page and the crates cannot drift apart.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::MetadataCommand;
use course::Course;
use lab::Page;
use proof::{MARK, root, strict};

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The picture: `a → b, c  what a is` in the page's first block.
fn picture() -> BTreeMap<String, BTreeSet<String>> {
    let page = read("ARCHITECTURE.md");
    let block = page
        .split("```text\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let lines = block.expect("the picture is a block of text").lines();
    let edges = |line: &str| {
        let (name, known) = line
            .split_once('→')
            .expect("each line of the picture is an arrow");
        let known = known.trim().split("  ").next().unwrap_or_default();
        let known = known.split(',').map(|n| n.trim().to_owned());
        let known = known.filter(|n| n != "(nothing of ours)").collect();
        (name.trim().to_owned(), known)
    };
    lines.map(edges).collect()
}

#[test]
fn crates_know_only_whom_the_picture_says() {
    let metadata = MetadataCommand::new()
        .current_dir(root())
        .no_deps()
        .exec()
        .expect("cargo reads the workspace");
    let ours: BTreeSet<String> = metadata
        .packages
        .iter()
        .map(|p| p.name.to_string())
        .collect();
    let picture = picture();
    for package in &metadata.packages {
        let is_exercise = package.manifest_path.as_str().contains("/exercises/");
        let name = if is_exercise {
            "exercises"
        } else {
            package.name.as_str()
        };
        let allowed = picture
            .get(name)
            .unwrap_or_else(|| panic!("`{name}` is not in the picture of ARCHITECTURE.md"));
        let known: BTreeSet<String> = package
            .dependencies
            .iter()
            .map(|d| d.name.clone())
            .filter(|d| ours.contains(d))
            .collect();
        let forbidden: Vec<&String> = known.difference(allowed).collect();
        assert!(
            forbidden.is_empty(),
            "`{}` knows {forbidden:?}, which the picture does not allow",
            package.name
        );
        let unused: Vec<&String> = allowed.difference(&known).collect();
        assert!(
            is_exercise || unused.is_empty(),
            "the picture says that `{}` knows {unused:?}, and it does not",
            package.name
        );
    }
    for name in picture.keys().filter(|name| *name != "exercises") {
        assert!(
            ours.contains(name),
            "the picture shows `{name}`, and there is no such crate"
        );
    }
}

#[test]
fn every_version_stands_in_the_root_manifest() {
    let metadata = MetadataCommand::new()
        .current_dir(root())
        .no_deps()
        .exec()
        .expect("cargo reads the workspace");
    for package in &metadata.packages {
        let manifest: toml::Table = read(&package.manifest_path)
            .parse()
            .expect("cargo has read it");
        let mut tables = vec![&manifest];
        tables.extend(
            manifest
                .get("target")
                .and_then(|t| t.as_table())
                .into_iter()
                .flatten()
                .filter_map(|(_, t)| t.as_table()),
        );
        for table in tables {
            for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
                for (name, spec) in table
                    .get(kind)
                    .and_then(|t| t.as_table())
                    .into_iter()
                    .flatten()
                {
                    let from_workspace = spec.get("workspace").and_then(|w| w.as_bool());
                    assert_eq!(
                        from_workspace,
                        Some(true),
                        "`{name}` of `{}` is pinned outside the workspace",
                        package.name
                    );
                }
            }
        }
    }
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    for folder in std::fs::read_dir(root().join("crates"))
        .expect("crates/ is there")
        .flatten()
    {
        // A binding whose tool is not Rust is a Python package, and no crate.
        if folder.path().join("pyproject.toml").is_file()
            && !folder.path().join("Cargo.toml").exists()
        {
            continue;
        }
        let manifest = read(folder.path().join("Cargo.toml"));
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "{} has lints of its own",
            folder.path().display()
        );
    }
}

#[test]
fn no_exercise_is_without_its_solution_its_page_and_its_crate() {
    let root = root();
    let survey = Course::survey(&root);
    assert!(!survey.course.exercises.is_empty());
    let pages = Page::all(&root).unwrap_or_else(|e| panic!("{e}"));
    let pages: Vec<(String, String)> = pages.into_iter().map(|p| (p.name, p.text)).collect();
    for exercise in &survey.course.exercises {
        let id = exercise.id();
        let manifest: toml::Table = read(exercise.dir.join("Cargo.toml"))
            .parse()
            .expect("cargo has read it");
        assert_eq!(
            manifest["package"]["name"].as_str(),
            Some(exercise.slug.as_str()),
            "{id}: crate and folder differ"
        );
        for kind in ["lib", "test"] {
            let targets = manifest.get(kind).into_iter();
            for target in
                targets.flat_map(|t| t.as_array().cloned().unwrap_or_else(|| vec![t.clone()]))
            {
                // Without a path cargo looks whether the file is there, and one
                // file deleted by mistake would stop every other exercise.
                assert!(target.get("path").is_some(), "{id}: [{kind}] names no path");
            }
        }
        if root.join("solutions").is_dir() {
            assert!(
                root.join("solutions").join(&id).is_dir(),
                "{id} has no solution"
            );
        }
        let include = format!("exercises/{id}/README.md}}}}");
        let lessons = pages.iter().filter(|(_, text)| text.contains(&include));
        let lessons: Vec<&str> = lessons.map(|(name, _)| name.as_str()).collect();
        let [lesson] = lessons[..] else {
            panic!("one page of the book includes the task of {id}, and not {lessons:?}");
        };
        let left = read(format!("book/src/{lesson}")).contains(MARK);
        assert!(!left, "book/src/{lesson} has a `{MARK}` in it");
        assert!(
            read("book/src/SUMMARY.md").contains(&format!("({lesson})")),
            "{lesson} is not in SUMMARY.md"
        );
    }
}

#[test]
fn no_solution_is_without_its_exercise() {
    let root = root();
    let Ok(chapters) = std::fs::read_dir(root.join("solutions")) else {
        println!("skipped: there is no `solutions/` here");
        return;
    };
    for chapter in chapters.flatten().filter(|c| c.path().is_dir()) {
        for solution in std::fs::read_dir(chapter.path())
            .expect("it is a folder")
            .flatten()
        {
            let id = format!(
                "{}/{}",
                chapter.file_name().to_string_lossy(),
                solution.file_name().to_string_lossy()
            );
            let there = root.join("exercises").join(&id).is_dir();
            if !there && !strict() {
                println!(
                    "skipped: `exercises/{id}` is gone; `git checkout exercises/{id}` brings it back"
                );
                continue;
            }
            assert!(there, "solutions/{id} has no exercise");
        }
    }
}

#[test]
fn no_slug_shadows_a_known_module() {
    let lock = read("Cargo.lock");
    for exercise in Course::survey(&root()).course.exercises {
        let shadow = course::reserved::shadowed_by(&exercise.slug, &lock)
            .expect("cargo has read the lock file");
        assert!(shadow.is_none(), "`{}` shadows {shadow:?}", exercise.slug);
    }
}

#[test]
fn exercises_are_pristine_where_nobody_learns() {
    if !strict() {
        println!("skipped: a learner may have edited them (set CI=1 to prove it)");
        return;
    }
    let course = Course::open(&root()).unwrap_or_else(|e| panic!("{e}\n\nhint: {}", e.hint()));
    for exercise in course.exercises {
        assert!(
            exercise.is_untouched().expect("it can be read"),
            "{} is not its starter",
            exercise.id()
        );
    }
}

#[test]
fn the_top_level_reads_as_the_readme_says() {
    if !strict() {
        println!("skipped: a learner may keep notes here (set CI=1 to prove it)");
        return;
    }
    let allowed = [
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "book",
        "clippy.toml",
        "crates",
        "exercises",
        "rustfmt.toml",
        "solutions",
        "tests",
        "target",
        // What an instructor has graded and compared here; git ignores both.
        "graded",
        "similar",
    ];
    for entry in std::fs::read_dir(root()).expect("it is a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(
            name.starts_with('.') || allowed.contains(&name.as_str()),
            "`{name}` does not belong at the top"
        );
    }
}

#[test]
fn a_learners_copy_is_what_git_tracks_without_the_solutions() {
    if !strict() {
        println!("skipped: a learner may keep files of their own (set CI=1 to prove it)");
        return;
    }
    let tracked = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root())
        .output()
        .ok()
        .filter(|output| root().join(".git").exists() && output.status.success());
    let Some(tracked) = tracked else {
        println!("skipped: this is no git checkout");
        return;
    };
    let tracked = String::from_utf8(tracked.stdout).expect("paths here are plain");
    let tracked: BTreeSet<&str> = tracked
        .split_terminator('\0')
        .filter(|path| {
            // Good answers are among what the sample class and the attackers handed in.
            ![
                "solutions/",
                "tests/attacks/folder/",
                "tests/attacks/submissions/",
                "tests/class/submissions/",
            ]
            .iter()
            .any(|folder| path.starts_with(folder))
        })
        .collect();
    let files = parcel::learners_files(&root()).unwrap_or_else(|e| panic!("{e}"));
    let copied: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let differ: Vec<_> = tracked.symmetric_difference(&copied).collect();
    assert!(differ.is_empty(), "either git or a copy lacks {differ:?}");
}

#[test]
fn no_source_file_outgrows_its_idea() {
    const SOURCES: [&str; 10] = ["rs", "py", "c", "cpp", "h", "hpp", "i", "pxd", "pxi", "pyx"];
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && entry.file_name() != "target" {
                walk(&path, found);
            } else if path
                .extension()
                .and_then(|e| e.to_str())
                .is_some_and(|e| SOURCES.contains(&e))
            {
                found.push(path);
            }
        }
    }
    let mut files = Vec::new();
    for folder in ["crates", "tests", "solutions"] {
        walk(&root().join(folder), &mut files);
    }
    for file in files {
        let lines = std::fs::read_to_string(&file)
            .unwrap_or_default()
            .lines()
            .count();
        assert!(
            lines <= 500,
            "{} has {lines} lines: split it by idea",
            file.display()
        );
    }
}
