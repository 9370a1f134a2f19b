//! With what a binding was built, by name and version, read from what it says of itself:
//! the build requirements of its `pyproject.toml` and the dependencies of its `Cargo.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use interpreter::{Environment, Packages};

use crate::bench::Bench;
use crate::manifest::Binding;
use crate::wheel::Ready;

impl Bench {
    /// What was asked for of these packages, with the versions that are installed; empty
    /// where the environment has not been made.
    pub fn environment_packages(&self, packages: Packages) -> BTreeMap<String, String> {
        let Some(environment) = Environment::find(&self.interpreter, packages, &self.home) else {
            return BTreeMap::new();
        };
        let versions = packages.required().filter_map(|name| {
            let version = installed(environment.site_packages(), name)?;
            Some((name.to_owned(), version))
        });
        versions.collect()
    }

    /// `pybind11 3.1.0, scikit-build-core 1.1.2, CPython 3.11.7`.
    pub fn built_with(&self, binding: &Binding, ready: &Ready) -> String {
        let folder = &binding.about.folder;
        let table = |path: &Path| fs::read_to_string(path).ok()?.parse::<toml::Table>().ok();
        let mut tools = Vec::new();
        if let Some(crates) = table(&folder.join("Cargo.toml")) {
            let lock = table(&self.root.join("Cargo.lock")).unwrap_or_default();
            let names = crates.get("dependencies").and_then(toml::Value::as_table);
            for (name, spec) in names.into_iter().flatten() {
                let name = spec
                    .get("package")
                    .and_then(toml::Value::as_str)
                    .unwrap_or(name);
                tools.extend(locked(&lock, name).map(|version| format!("{name} {version}")));
            }
        }
        let project = table(&folder.join("pyproject.toml")).unwrap_or_default();
        let list = |section: &str, key: &str| {
            let list = project.get(section).and_then(|section| section.get(key));
            let list = list.and_then(toml::Value::as_array).cloned();
            let names = list.unwrap_or_default();
            names
                .iter()
                .filter_map(|n| n.as_str().map(distribution))
                .collect::<Vec<_>>()
        };
        let mut names = list("build-system", "requires");
        names.extend(list("project", "dependencies"));
        names.sort();
        names.dedup();
        let site = ready.environment.site_packages();
        for name in names {
            tools.extend(installed(site, &name).map(|version| format!("{name} {version}")));
        }
        tools.push(format!("CPython {}", self.interpreter.version_string()));
        tools.join(", ")
    }
}

/// The version of a crate that was not made here.
fn locked(lock: &toml::Table, name: &str) -> Option<String> {
    let packages = lock.get("package")?.as_array()?;
    let package = packages
        .iter()
        .find(|p| p.get("name").and_then(toml::Value::as_str) == Some(name))?;
    package.get("source")?;
    Some(package.get("version")?.as_str()?.to_owned())
}

/// The name in a requirement: `scikit-build-core>=1` asks for `scikit-build-core`.
fn distribution(requirement: &str) -> String {
    let word = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let end = requirement.find(|c| !word(c)).unwrap_or(requirement.len());
    requirement[..end].to_ascii_lowercase()
}

/// The version of a distribution, from the name of its metadata folder.
fn installed(site: &Path, name: &str) -> Option<String> {
    let plain = |name: &str| name.to_ascii_lowercase().replace(['-', '.'], "_");
    fs::read_dir(site).ok()?.flatten().find_map(|entry| {
        let folder = entry.file_name().to_string_lossy().into_owned();
        let (found, version) = folder.strip_suffix(".dist-info")?.rsplit_once('-')?;
        (plain(found) == plain(name)).then(|| version.to_owned())
    })
}
