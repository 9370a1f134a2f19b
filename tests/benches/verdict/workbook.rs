//! Two workbooks for bindery, of one exercise and of 54, with the manifest that the real one
//! has. What fills the larger one are copies of the course's exercises under new names.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use builder::{cargo, target_folder};
use course::Course;
use grader::workshop::{copy_folder, workspace_of_copies};

use crate::contender::{Candidate, Contender, Edited, How};
use crate::sample::{SHOP, Sample, TILL, WORDS, write};
use crate::shell::{command, run};
use crate::watch::{GOOD, Watch};

/// As many exercises as the course will have.
const MANY: usize = 54;

/// The folder of the workbook of 54 exercises.
pub const LARGE: &str = "workbook-54";
const SMALL: &str = "workbook-1";

pub const SHOP_IN_54: &str = "bindery, PyO3";
pub const SHOP_ALONE: &str = "bindery, PyO3, workbook of 1";
pub const WATCHED: &str = "bindery watch, PyO3";
pub const SHOP_RELEASED: &str = "bindery --release, PyO3";
pub const TILL_IN_54: &str = "bindery, C ABI";
pub const WORDS_IN_54: &str = "bindery, Python";

/// Bindery, as a fresh `bindery check` each time. Without it there is nothing to compare.
pub fn contenders(root: &Path, workbooks: &Path, release: bool) -> Result<Vec<Contender>, String> {
    let (small, large) = (workbooks.join(SMALL), workbooks.join(LARGE));
    lay_out(root, &small, &[SHOP])?;
    lay_out(root, &large, &[SHOP, TILL, WORDS])?;
    fill(root, &large)?;
    let bindery = build(root, "dev")?;
    let mut all = vec![
        check(SHOP_IN_54, &bindery, &large, SHOP),
        check(SHOP_ALONE, &bindery, &small, SHOP),
        check(TILL_IN_54, &bindery, &large, TILL),
        check(WORDS_IN_54, &bindery, &large, WORDS),
    ];
    if release {
        let bindery = build(root, "release")?;
        all.push(check(SHOP_RELEASED, &bindery, &large, SHOP));
    }
    Ok(all)
}

fn check(name: &'static str, bindery: &Path, workbook: &Path, sample: Sample) -> Contender {
    let (program, folder) = (bindery.to_owned(), workbook.to_owned());
    Contender {
        name,
        edited: Some(Edited::of(workbook, sample)),
        how: How::Command(Box::new(move || {
            let mut check = command(&program, &folder);
            check.args(["check", sample.slug]);
            check
        })),
        // It exits with 0 only when each check has passed, and with 2 when none was run.
        passes: Some(""),
    }
}

/// Bindery as `bindery watch`, in a workbook that nobody else writes into.
pub fn watched<'a>(root: &'a Path, workbooks: &'a Path) -> Candidate<'a> {
    let set_up = move || {
        let folder = workbooks.join("workbook-watched");
        lay_out(root, &folder, &[SHOP])?;
        let bindery = build(root, "dev")?;
        let mut watch = command(bindery, &folder);
        let watch = Watch::start(watch.args(["watch", "--plain", SHOP.slug]))?;
        Ok(Contender {
            name: WATCHED,
            edited: Some(Edited::of(&folder, SHOP)),
            how: How::Watch(RefCell::new(watch)),
            passes: Some(GOOD),
        })
    };
    Candidate {
        name: WATCHED,
        set_up: Box::new(set_up),
    }
}

/// Builds the command where cargo always builds it.
fn build(root: &Path, profile: &str) -> Result<PathBuf, String> {
    eprintln!("building bindery ({profile}) …");
    let mut build = cargo();
    build.current_dir(root);
    run(build.args([
        "build",
        "--quiet",
        "--package",
        "bindery",
        "--profile",
        profile,
    ]))?;
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(target_folder(root, None).join(folder).join("bindery"))
}

/// A workbook with these exercises.
fn lay_out(root: &Path, folder: &Path, samples: &[Sample]) -> Result<(), String> {
    let _ = std::fs::remove_dir_all(folder.join("exercises"));
    let read = |name: &str| {
        let path = root.join(name);
        std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    let manifest = workspace_of_copies(&read("Cargo.toml")?, root).map_err(|e| e.to_string())?;
    write(folder, &[("Cargo.toml", &manifest)])?;
    for name in ["Cargo.lock", ".cargo/config.toml", "exercises/extension.rs"] {
        write(folder, &[(name, &read(name)?)])?;
    }
    for sample in samples {
        copy_folder(&sample.folder(), &folder.join(sample.place))
            .map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    Ok(())
}

/// Puts copies of the course's exercises into a workbook until there are enough.
fn fill(root: &Path, workbook: &Path) -> Result<(), String> {
    let real = Course::survey(root).course.exercises;
    let copied = |e: std::io::Error| format!("{}: {e}", workbook.display());
    let there = Course::survey(workbook).course.exercises.len();
    for (number, original) in (there + 1..=MANY).zip(real.iter().cycle()) {
        let slug = format!("{}_{number}", original.slug);
        let copy = workbook.join(format!("exercises/90_copies/{number:02}_{slug}"));
        copy_folder(&original.dir, &copy).map_err(copied)?;
        let manifest = copy.join("Cargo.toml");
        let text = std::fs::read_to_string(&manifest).map_err(copied)?;
        let named = |name: &str| format!("name = \"{name}\"");
        let text = text.replacen(&named(&original.slug), &named(&slug), 1);
        std::fs::write(&manifest, text).map_err(copied)?;
    }
    let survey = Course::survey(workbook);
    match survey.course.exercises.len() {
        MANY => Ok(()),
        _ => Err(match survey.troubles.first() {
            Some(trouble) => trouble.to_string(),
            None => "the course has no exercise to fill a workbook with".to_owned(),
        }),
    }
}
