//! From what cargo said while it built an exercise to how the learner's part of it is
//! compiled. Every path is cargo's.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use super::call::Call;
use super::compile::{Compiler, Output};
use super::stock::Stock;
use super::toolchain::Toolchain;
use super::{Site, Why, surroundings};
use crate::cargo::cargo;

/// Cargo's messages about artefacts and build scripts.
#[derive(Debug, Default)]
pub struct Said {
    artefacts: Vec<Value>,
    scripts: Vec<Value>,
}

/// A plan's contents.
pub struct Recipe {
    pub steps: Vec<Compiler>,
    pub rests_on: Vec<PathBuf>,
    /// The toolchain that was asked for by name, where another would have been started.
    pub toolchain: Option<String>,
}

/// What an exercise's build script says of how to call the compiler.
#[derive(Default)]
pub struct Script {
    pub flags: Vec<String>,
    pub env: Vec<(String, String)>,
    /// The files that it depends on.
    pub reads: Vec<PathBuf>,
}

impl Said {
    /// Keeps a message, if it is one that matters.
    pub fn hear(&mut self, message: &Value) {
        match message["reason"].as_str() {
            Some("compiler-artifact") => self.artefacts.push(message.clone()),
            Some("build-script-executed") => self.scripts.push(message.clone()),
            _ => {}
        }
    }

    /// How the exercise is compiled.
    pub fn recipe(&self, site: Site<'_>, slug: &str) -> Result<Recipe, Why> {
        let metadata = metadata(site.root)?;
        let package = package(&metadata, slug)?;
        let id = text(package, "id")?;
        let mut rests_on = self.rests_on(site.root, package)?;
        let answers = self.answers(id)?;
        let mut steps = Vec::new();
        if answers.is_empty() {
            return Ok(Recipe {
                steps,
                rests_on,
                toolchain: None,
            });
        }
        nothing_else_is_asked(package)?;
        let toolchain = Toolchain::of(site.root)?;
        rests_on.push(toolchain.rustc.clone());
        // One that is not there may come, and then it is another crate that cargo builds.
        let beside =
            ["src/lib.rs", "src/main.rs"].map(|file| folder_of(package).map(|f| f.join(file)));
        for file in beside {
            let file = file?;
            if !file.exists() {
                rests_on.push(file);
            }
        }
        let mut script = self.script(package)?;
        rests_on.append(&mut script.reads);
        let mut libraries = self.libraries(package)?;
        if let Some((_, path)) = libraries.iter_mut().find(|(name, _)| name == "pyo3") {
            let stock = Stock {
                home: site.home,
                rustc: &toolchain.rustc,
                pyo3: path,
                flags: &script.flags,
            };
            if let Some(prebuilt) = stock.ready() {
                rests_on.push(prebuilt.clone());
                *path = prebuilt;
            }
        }
        let toolchain_named = toolchain.named.clone();
        let mut call = Call {
            site,
            package,
            toolchain,
            script,
            libraries,
            shelf: self.shelf(site, slug)?,
        };
        for (answer, output) in answers {
            let step = call.compiler(slug, answer, output)?;
            if output == Output::Rlib {
                // The program names its own library.
                let name = text(&answer["target"], "name")?.replace('-', "_");
                let made = step.artefact(&site.folder(slug), slug);
                call.libraries.push((name, made));
            }
            steps.push(step);
        }
        Ok(Recipe {
            steps,
            rests_on,
            toolchain: toolchain_named,
        })
    }

    /// What cargo made of the learner's crate: a library for Python, or a program, perhaps with
    /// a library of its own, which comes first.
    fn answers(&self, id: &str) -> Result<Vec<(&Value, Output)>, Why> {
        let own = self.artefacts.iter().filter(|artefact| {
            artefact["package_id"] == id && artefact["profile"]["test"] == false
        });
        let mut answers = Vec::new();
        for artefact in own {
            let kinds = artefact["target"]["kind"].as_array().into_iter().flatten();
            let kinds: Vec<&str> = kinds.filter_map(Value::as_str).collect();
            answers.push(match kinds.as_slice() {
                ["custom-build" | "test" | "bench" | "example"] => continue,
                ["bin"] => (artefact, Output::Program),
                ["lib" | "rlib"] => (artefact, Output::Rlib),
                kinds if kinds.contains(&"cdylib") => (artefact, Output::Library),
                kinds => return Err(Why::new(format!("it is a `{}`", kinds.join("`, `")))),
            });
        }
        answers.sort_by_key(|(_, output)| *output == Output::Program);
        let outputs: Vec<Output> = answers.iter().map(|(_, output)| *output).collect();
        match outputs.as_slice() {
            [] | [Output::Library | Output::Program] | [Output::Rlib, Output::Program] => {
                Ok(answers)
            }
            _ => Err(Why::new("it is not one library or one program")),
        }
    }

    fn script(&self, package: &Value) -> Result<Script, Why> {
        let (id, folder) = (text(package, "id")?, folder_of(package)?);
        let Some(message) = self.scripts.iter().find(|s| s["package_id"] == id) else {
            return Ok(Script::default());
        };
        let out = PathBuf::from(text(message, "out_dir")?);
        // Arguments for the linker are not in the message; they are in what the script said.
        let said = out.with_file_name("output");
        let said = std::fs::read_to_string(&said)
            .map_err(|e| Why::new(format!("`{}`: {e}", said.display())))?;
        let mut script = Script::default();
        for line in said.lines() {
            let Some(line) = line.strip_prefix("cargo:") else {
                continue;
            };
            let Some((key, value)) = line.trim_start_matches(':').split_once('=') else {
                continue;
            };
            let flags: &[&str] = match key {
                "rustc-cfg" => &["--cfg", value],
                "rustc-check-cfg" => &["--check-cfg", value],
                "rustc-cdylib-link-arg" | "rustc-link-arg" => &["-C", &format!("link-arg={value}")],
                "rustc-env" => {
                    let (name, value) = value.split_once('=').unwrap_or((value, ""));
                    script.env.push((name.to_owned(), value.to_owned()));
                    &[]
                }
                "rerun-if-changed" => {
                    let path = folder.join(value);
                    sources(&path, &mut script.reads);
                    script.reads.push(path);
                    &[]
                }
                "rerun-if-env-changed" if value == "PYO3_PYTHON" => &[],
                "rerun-if-env-changed" => {
                    return Err(Why::new(format!("its build script looks at `{value}`")));
                }
                _ if !key.starts_with("rustc-") => &[],
                _ => return Err(Why::new(format!("its build script says `{key}`"))),
            };
            script.flags.extend(flags.iter().map(|f| (*f).to_owned()));
        }
        if script.reads.is_empty() {
            return Err(Why::new("its build script does not say what it reads"));
        }
        let out = out.to_string_lossy().into_owned();
        script.env.push(("OUT_DIR".to_owned(), out));
        Ok(script)
    }

    /// The libraries that the learner's crate names, each with the name it is known by.
    fn libraries(&self, package: &Value) -> Result<Vec<(String, PathBuf)>, Why> {
        let mut libraries = Vec::new();
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            if !dependency["kind"].is_null() {
                continue;
            }
            let made: Vec<(&str, PathBuf)> = self
                .artefacts
                .iter()
                .filter(|artefact| is_of(artefact, dependency))
                .flat_map(libraries_of)
                .collect();
            let [(own_name, file)] = made.as_slice() else {
                let name = text(dependency, "name")?;
                let why = format!("cargo built {} libraries for `{name}`", made.len());
                return Err(Why::new(why));
            };
            let name = dependency["rename"].as_str().unwrap_or(own_name);
            libraries.push((name.replace('-', "_"), file.clone()));
        }
        Ok(libraries)
    }

    /// A folder that has every library of this build and nothing else. Cargo's own has those of
    /// all exercises, in all their versions.
    fn shelf(&self, site: Site<'_>, slug: &str) -> Result<PathBuf, Why> {
        let shelf = site.folder(slug).join("deps");
        let fail = |e: std::io::Error| Why::new(format!("`{}`: {e}", shelf.display()));
        let _ = std::fs::remove_dir_all(&shelf);
        std::fs::create_dir_all(&shelf).map_err(fail)?;
        for (_, library) in self.artefacts.iter().flat_map(libraries_of) {
            let Some(name) = library.file_name() else {
                continue;
            };
            match link(&library, &shelf.join(name)) {
                Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => return Err(fail(e)),
                _ => {}
            }
        }
        Ok(shelf)
    }

    /// Everything that, if it changed, would have to be built again by cargo.
    fn rests_on(&self, root: &Path, package: &Value) -> Result<Vec<PathBuf>, Why> {
        let folder = folder_of(package)?;
        let mut files = vec![
            root.join("Cargo.toml"),
            root.join("Cargo.lock"),
            root.join(".cargo/config.toml"),
            folder.join("Cargo.toml"),
            folder.join("build.rs"),
        ];
        sources(&folder.join("tests"), &mut files);
        files.extend(surroundings::toolchain_files(root));
        for artefact in &self.artefacts {
            let of_the_answer = artefact["package_id"] == package["id"];
            let kind = artefact["target"]["kind"][0].as_str().unwrap_or_default();
            if of_the_answer && kind == "custom-build" {
                files.push(PathBuf::from(text(&artefact["target"], "src_path")?));
            } else if !of_the_answer {
                let made = artefact["filenames"].as_array().into_iter().flatten();
                files.extend(made.filter_map(Value::as_str).map(PathBuf::from));
            }
        }
        // What is ours and was linked into the check program, a member of this workspace or not.
        let ours = self.artefacts.iter().filter(|artefact| {
            let id = artefact["package_id"].as_str().unwrap_or_default();
            id.starts_with("path+") && artefact["package_id"] != package["id"]
        });
        let folders: Result<BTreeSet<PathBuf>, Why> = ours.map(folder_of).collect();
        for folder in folders? {
            contents(&folder, &mut files);
        }
        Ok(files)
    }
}

/// Whether the manifest has nothing that cargo tells the compiler and not us.
fn nothing_else_is_asked(package: &Value) -> Result<(), Why> {
    let features = package["features"].as_object();
    if features.is_some_and(|features| !features.is_empty()) {
        return Err(Why::new("it has features"));
    }
    let manifest = std::fs::read_to_string(text(package, "manifest_path")?);
    let manifest = manifest.unwrap_or_default();
    match manifest
        .lines()
        .any(|line| line.trim_start().starts_with("[lints"))
    {
        true => Err(Why::new("its manifest has `lints`")),
        false => Ok(()),
    }
}

/// Of the workspace alone: the rest may not all be on this machine.
fn metadata(root: &Path) -> Result<Value, Why> {
    let mut command = cargo();
    command
        .current_dir(root)
        .args(["metadata", "--format-version=1", "--no-deps"])
        .stdin(Stdio::null());
    let said = command.output().map_err(|e| Why::new(e.to_string()))?;
    serde_json::from_slice(&said.stdout).map_err(|_| Why::new("`cargo metadata` says nothing"))
}

/// Whether an artefact is made of the package that a manifest asks for.
fn is_of(artefact: &Value, dependency: &Value) -> bool {
    if let Some(path) = dependency["path"].as_str() {
        let manifest = artefact["manifest_path"].as_str();
        return manifest
            .is_some_and(|manifest| Path::new(manifest).parent() == Some(Path::new(path)));
    }
    let id = artefact["package_id"].as_str().unwrap_or_default();
    let Some((name, version)) = id.rsplit_once('#').and_then(|(_, id)| id.split_once('@')) else {
        return false;
    };
    dependency["name"] == name && may_be(version, dependency["req"].as_str().unwrap_or_default())
}

/// Whether a version is of the series that `^1.2` or `^0.3.4` asks for.
fn may_be(version: &str, wanted: &str) -> bool {
    let series = |text: &str| {
        let mut parts = text
            .trim_start_matches(['^', '='])
            .splitn(3, '.')
            .map(str::to_owned);
        let first = parts.next();
        let second = parts.next().filter(|_| first.as_deref() == Some("0"));
        (first, second)
    };
    series(version) == series(wanted)
}

/// The libraries among the files of an artefact that another crate can be compiled against.
fn libraries_of(artefact: &Value) -> impl Iterator<Item = (&str, PathBuf)> {
    let target = &artefact["target"];
    let kind = target["kind"][0].as_str().unwrap_or_default();
    let library = !["custom-build", "test", "bin", "example"].contains(&kind);
    let extension = match kind {
        "proc-macro" => std::env::consts::DLL_EXTENSION,
        _ => "rlib",
    };
    let files = artefact["filenames"].as_array().into_iter().flatten();
    let files = files.filter_map(Value::as_str).map(PathBuf::from);
    files
        .filter(move |file| library && file.extension().is_some_and(|e| e == extension))
        .map(|file| (target["name"].as_str().unwrap_or_default(), file))
}

/// The same file under another name. It is the same still when cargo has made another.
fn link(library: &Path, name: &Path) -> std::io::Result<()> {
    match std::fs::hard_link(library, name) {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => {
            std::fs::copy(library, name).map(|_| ())
        }
        done => done,
    }
}

fn package<'a>(metadata: &'a Value, slug: &str) -> Result<&'a Value, Why> {
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .find(|p| p["name"] == slug && p["source"].is_null())
        .ok_or_else(|| Why::new("it is no package of the workspace"))
}

pub fn folder_of(package: &Value) -> Result<PathBuf, Why> {
    let manifest = Path::new(text(package, "manifest_path")?);
    Ok(manifest.parent().unwrap_or(manifest).to_owned())
}

pub fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str, Why> {
    value[key]
        .as_str()
        .ok_or_else(|| Why::new(format!("cargo's messages have no `{key}`")))
}

/// What a crate of ours is made of, whatever reads it: a build script, `include_str!`.
fn contents(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        let aside = ["tests", "benches", "examples", "target"].contains(&&*name);
        match aside || name.starts_with('.') {
            true => {}
            false if path.is_dir() => sources(&path, files),
            false => files.push(path),
        }
    }
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => sources(&entry.path(), files),
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(version: &str, wanted: &str, expect: bool) {
        assert_eq!(may_be(version, wanted), expect, "{version} {wanted}");
    }

    #[test]
    fn a_version_is_told_from_one_of_another_series() {
        check("1.4.2", "^1.0.9", true);
        check("2.0.1", "^1.0.9", false);
        check("0.30.1", "^0.30.0", true);
        check("0.29.1", "^0.30.0", false);
        check("2.0.21", "^2", true);
    }
}
