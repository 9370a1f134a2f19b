//! Names an exercise must not take.
//!
//! A slug is a crate and a Python module at once. Named like a module of the
//! standard library it would be imported in that module's place; named like a
//! well-known package it would hide that package; named like a crate in the
//! lock file it would make `cargo test -p` ambiguous.

use std::fmt;
use std::path::Path;

use serde::Deserialize;

use crate::error::CourseError;
use crate::toml_file::TomlFile;

/// `sys.stdlib_module_names` of CPython 3.10 and 3.13 together.
const STDLIB: &str = include_str!("reserved/stdlib.txt");

/// Packages a learner is likely to import one day: what is installed and what
/// is imported, where the two differ.
const PYPI: &str = include_str!("reserved/pypi.txt");

/// What a slug would hide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shadow {
    /// A module of Python's standard library.
    Stdlib(String),
    /// A well-known package.
    PyPi(String),
    /// A crate in the lock file.
    Crate(String),
}

impl fmt::Display for Shadow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shadow::Stdlib(name) => write!(f, "the module `{name}` of Python's standard library"),
            Shadow::PyPi(name) => write!(f, "the package `{name}` of PyPI"),
            Shadow::Crate(name) => write!(f, "the crate `{name}` of Cargo.lock"),
        }
    }
}

#[derive(Deserialize)]
struct Lock {
    #[serde(default)]
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    source: Option<String>,
}

/// What `slug` would hide, given the text of a Cargo.lock. A package without a
/// source is a member of the workspace, such as the exercise itself.
pub fn shadowed_by(slug: &str, lock: &str) -> Result<Option<Shadow>, CourseError> {
    let lock: Lock = TomlFile::of(Path::new("Cargo.lock"), lock).parse()?;
    let slug = normal(slug);
    let is_listed = |names: &str| {
        names
            .lines()
            .find(|name| normal(name) == slug)
            .map(str::to_owned)
    };
    Ok(is_listed(STDLIB)
        .map(Shadow::Stdlib)
        .or_else(|| is_listed(PYPI).map(Shadow::PyPi))
        .or_else(|| {
            let foreign = |p: &&Package| p.source.is_some() && normal(&p.name) == slug;
            lock.package
                .iter()
                .find(foreign)
                .map(|p| Shadow::Crate(p.name.clone()))
        }))
}

/// Case and the choice of separator do not tell names apart, in pip or in cargo.
fn normal(name: &str) -> String {
    name.to_lowercase().replace(['-', '.'], "_")
}
