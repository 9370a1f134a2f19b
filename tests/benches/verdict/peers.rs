//! The others that give verdicts: installed once, into a folder that is kept, each with a
//! workspace and a target folder of its own. One that cannot be had is left out, with the
//! reason. Each is set up as its own documentation says, and run as a learner runs it.

mod alone;
mod closest_course;
mod rustlings;

use std::path::{Path, PathBuf};

use interpreter::{Interpreter, Libpython};
use proof::root;

use crate::contender::{Candidate, Contender};
use crate::shell::{command, run};

pub use alone::{SHOP_ALONE, TILL_ALONE};
pub use closest_course::NAME as CLOSEST_COURSE;
pub use rustlings::NAME as RUSTLINGS;

/// All of them.
pub fn all(python: &Interpreter) -> Vec<Candidate<'_>> {
    let candidate =
        |name, set_up: fn(&Path, &Interpreter) -> Result<Contender, String>| Candidate {
            name,
            set_up: Box::new(move || set_up(&folder()?, python)),
        };
    vec![
        candidate(CLOSEST_COURSE, closest_course::set_up),
        candidate(RUSTLINGS, rustlings::set_up),
        candidate(SHOP_ALONE, alone::shop),
        candidate(TILL_ALONE, alone::till),
    ]
}

/// Where they are installed. Not under the root of this workspace: cargo would find our
/// settings there, and what they say of libpython holds for no exercise but ours.
fn folder() -> Result<PathBuf, String> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || Some(std::env::home_dir()?.join(".cache"));
    let cache = cache
        .or_else(home)
        .ok_or("there is no folder for what is kept: set `XDG_CACHE_HOME`")?;
    let folder = cache.join("bindery-bench");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    Ok(folder)
}

/// A program from crates.io, with the lock file it was published with.
fn installed(
    scratch: &Path,
    package: &str,
    version: &str,
    program: &str,
) -> Result<PathBuf, String> {
    let folder = scratch.join(format!("{package}-{version}"));
    let installed = folder.join("bin").join(program);
    if !installed.is_file() {
        eprintln!("installing {package} {version} …");
        let mut install = command("cargo", scratch);
        install.args([
            "install",
            package,
            "--version",
            version,
            "--locked",
            "--quiet",
            "--root",
        ]);
        run(install.arg(&folder))?;
    }
    Ok(installed)
}

/// Where a program that embeds this Python finds its library, if it has to look.
fn library_folder(python: &Interpreter) -> PathBuf {
    match python.libpython() {
        Libpython::Shared(path) => path.parent().map(Path::to_owned).unwrap_or_default(),
        _ => PathBuf::new(),
    }
}

/// The version of PyO3 that the root manifest pins: everybody gets the same.
fn pyo3() -> Result<String, String> {
    let manifest = root().join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).map_err(|e| e.to_string())?;
    let manifest: toml::Table = text.parse().map_err(|e: toml::de::Error| e.to_string())?;
    let version = manifest["workspace"]["dependencies"]["pyo3"]["version"].as_str();
    version
        .map(str::to_owned)
        .ok_or_else(|| "pyo3 has no version".to_owned())
}
