//! What no program can do without: the compiler on the learner's file, and one start of the
//! interpreter.

use std::path::{Path, PathBuf};

use interpreter::Interpreter;
use serde_json::Value;

use crate::contender::{Candidate, Contender, Edited};
use crate::sample::{SHOP, Sample, TILL};
use crate::shell::{command, run};
use crate::workbook::LARGE;

pub const RUSTC_SHOP: &str = "rustc, PyO3";
pub const RUSTC_TILL: &str = "rustc, C ABI";
pub const PYTHON: &str = "python -c pass";
pub const BARE_PYTHON: &str = "python -I -S -c pass";

/// The compiler with each of the exercises in Rust; the interpreter by its own path, with and
/// without what it does at its start.
pub fn all<'a>(workbooks: &'a Path, python: &'a Interpreter) -> [Candidate<'a>; 4] {
    let workbook = workbooks.join(LARGE);
    let same = workbook.clone();
    let rustc = |workbook: &Path, name, sample, dependencies| {
        Ok(compile(name, &rustc()?, workbook, sample, dependencies))
    };
    [
        Candidate {
            name: RUSTC_SHOP,
            set_up: Box::new(move || rustc(&workbook, RUSTC_SHOP, SHOP, dependencies(&workbook)?)),
        },
        Candidate {
            name: RUSTC_TILL,
            set_up: Box::new(move || rustc(&same, RUSTC_TILL, TILL, Vec::new())),
        },
        Candidate {
            name: PYTHON,
            set_up: Box::new(|| Ok(start(PYTHON, python, &["-c", "pass"]))),
        },
        Candidate {
            name: BARE_PYTHON,
            set_up: Box::new(|| Ok(start(BARE_PYTHON, python, &["-I", "-S", "-c", "pass"]))),
        },
    ]
}

fn start(name: &'static str, python: &Interpreter, args: &'static [&'static str]) -> Contender {
    let python = python.executable().to_owned();
    Contender {
        name,
        edited: None,
        command: Box::new(move || {
            let mut start = command(&python, Path::new("/"));
            start.args(args);
            start
        }),
        passes: None,
    }
}

/// The compiler itself, and not the proxy that rustup puts in its place.
fn rustc() -> Result<PathBuf, String> {
    let sysroot = run(command("rustc", Path::new("/")).args(["--print", "sysroot"]))?;
    Ok(Path::new(sysroot.trim()).join("bin/rustc"))
}

/// Called directly, incrementally, against the dependencies that cargo has built in the
/// workbook and with the settings of its profile.
fn compile(
    name: &'static str,
    rustc: &Path,
    workbook: &Path,
    sample: Sample,
    dependencies: Vec<String>,
) -> Contender {
    let folder = workbook.join("target/floor").join(sample.slug);
    let path = folder.join("lib.rs");
    let _ = std::fs::create_dir_all(&folder);
    let rustc = rustc.to_owned();
    Contender {
        name,
        edited: Some(Edited {
            path,
            sample,
            tail: String::new(),
        }),
        command: Box::new(move || {
            let mut compile = command(&rustc, &folder);
            compile
                .args(["lib.rs", "--edition", "2024", "--crate-type", "cdylib"])
                .args([
                    "--crate-name",
                    sample.slug,
                    "-C",
                    "debuginfo=line-tables-only",
                ])
                .args(["-C", "incremental=incremental"])
                .args(&dependencies);
            compile
        }),
        passes: None,
    }
}

/// Where PyO3 lies that the module is compiled against, from cargo's own messages.
fn dependencies(workbook: &Path) -> Result<Vec<String>, String> {
    let mut build = command("cargo", workbook);
    build.args(["build", "--package", SHOP.slug, "--message-format=json"]);
    build.env("PYO3_BUILD_EXTENSION_MODULE", "1");
    let messages = run(&mut build)?;
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let built = messages.filter(|message| message["target"]["name"] == "pyo3");
    let libraries = built.flat_map(|message| message["filenames"].as_array().cloned());
    let libraries: Vec<PathBuf> = libraries
        .flatten()
        .filter_map(|name| name.as_str().map(PathBuf::from))
        .filter(|path| path.extension().is_some_and(|end| end == "rlib"))
        .collect();
    let library = libraries.first().ok_or("cargo names no library of PyO3")?;
    let folder = library.parent().unwrap_or(workbook);
    Ok(vec![
        format!("--extern=pyo3={}", library.display()),
        format!("-Ldependency={}", folder.display()),
    ])
}
