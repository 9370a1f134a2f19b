//! From what cargo said while it built an exercise to how the learner's part of it is
//! compiled. Every path is cargo's.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::compile::{Compiler, Output};
use super::stock::Stock;
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
}

/// The tables of an exercise's build script that say how to call the compiler.
#[derive(Default)]
struct Script {
    flags: Vec<String>,
    env: Vec<(String, String)>,
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
        let mut rests_on = self.rests_on(site.root, &metadata, package)?;
        let answers = self.answers(id);
        let mut steps = Vec::new();
        if answers.is_empty() {
            return Ok(Recipe { steps, rests_on });
        }
        let toolchain = Toolchain::of(site.root)?;
        rests_on.push(toolchain.rustc.clone());
        let script = self.script(id)?;
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
        for (answer, output) in answers {
            let step = compiler(site, slug, answer, output, &toolchain, &script, &libraries)?;
            if output == Output::Rlib {
                // The program names its own library.
                let name = text(&answer["target"], "name")?.replace('-', "_");
                libraries.push((name, step.artefact(&site.folder(slug), slug)));
            }
            steps.push(step);
        }
        Ok(Recipe { steps, rests_on })
    }

    /// What cargo made of the learner's crate: a library for Python, or a program, perhaps with
    /// a library of its own, which comes first.
    fn answers(&self, id: &str) -> Vec<(&Value, Output)> {
        let of_kind = |wanted: &[&str]| {
            self.artefacts.iter().find(|artefact| {
                let kinds = artefact["target"]["kind"].as_array();
                let mut kinds = kinds.into_iter().flatten().filter_map(Value::as_str);
                artefact["package_id"] == id
                    && artefact["profile"]["test"] == false
                    && kinds.any(|kind| wanted.contains(&kind))
            })
        };
        match of_kind(&["bin"]) {
            Some(program) => {
                let library = of_kind(&["lib", "rlib"]).map(|library| (library, Output::Rlib));
                library
                    .into_iter()
                    .chain([(program, Output::Program)])
                    .collect()
            }
            None => of_kind(&["cdylib"])
                .map(|library| (library, Output::Library))
                .into_iter()
                .collect(),
        }
    }

    fn script(&self, id: &str) -> Result<Script, Why> {
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
                _ if key.starts_with("rerun-if") || !key.starts_with("rustc-") => &[],
                _ => return Err(Why::new(format!("its build script says `{key}`"))),
            };
            script.flags.extend(flags.iter().map(|f| (*f).to_owned()));
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

    /// Everything that, if it changed, would have to be built again by cargo.
    fn rests_on(
        &self,
        root: &Path,
        metadata: &Value,
        package: &Value,
    ) -> Result<Vec<PathBuf>, Why> {
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
        // What is ours and was linked into the check program.
        let mut ours = Vec::new();
        for package in metadata["packages"].as_array().into_iter().flatten() {
            let built = self
                .artefacts
                .iter()
                .any(|a| a["package_id"] == package["id"]);
            if built && package["source"].is_null() && folder_of(package)? != folder {
                ours.push(folder_of(package)?);
            }
        }
        for folder in ours {
            files.push(folder.join("Cargo.toml"));
            sources(&folder.join("src"), &mut files);
        }
        Ok(files)
    }
}

fn compiler(
    site: Site<'_>,
    slug: &str,
    answer: &Value,
    output: Output,
    toolchain: &Toolchain,
    script: &Script,
    libraries: &[(String, PathBuf)],
) -> Result<Compiler, Why> {
    let (target, profile) = (&answer["target"], &answer["profile"]);
    let source = PathBuf::from(text(target, "src_path")?);
    let source = source.strip_prefix(site.root).unwrap_or(&source).to_owned();
    let mut arguments: Vec<String> = vec![
        "--crate-name".into(),
        text(target, "name")?.replace('-', "_"),
        format!("--edition={}", text(target, "edition")?),
        source.to_string_lossy().into_owned(),
        "--error-format=json".into(),
        "--crate-type".into(),
        output.crate_type().into(),
        "--check-cfg".into(),
        "cfg(docsrs,test)".into(),
        "--check-cfg".into(),
        "cfg(feature, values())".into(),
    ];
    let mut option = |text: String| arguments.extend(["-C".to_owned(), text]);
    option("embed-bitcode=no".into());
    let level = profile["opt_level"].as_str().unwrap_or("0");
    option(format!("opt-level={level}"));
    match &profile["debuginfo"] {
        Value::String(kind) => option(format!("debuginfo={kind}")),
        Value::Number(level) => option(format!("debuginfo={level}")),
        _ => {}
    }
    option(format!("debug-assertions={}", profile["debug_assertions"]));
    option(format!("overflow-checks={}", profile["overflow_checks"]));
    // The standard library as it lies there, and not linked in anew each time.
    option("prefer-dynamic".into());
    let shared = libraries.iter().filter(|(name, _)| name == "pyo3");
    let shared = shared.filter_map(|(_, path)| path.parent());
    for folder in std::iter::once(toolchain.libraries.as_path()).chain(shared) {
        option(format!("link-arg=-Wl,-rpath,{}", folder.display()));
    }
    let mut folders: Vec<&Path> = libraries
        .iter()
        .filter_map(|(_, path)| path.parent())
        .collect();
    let deps = site.target.join("debug").join("deps");
    folders.push(&deps);
    folders.sort();
    folders.dedup();
    for folder in folders {
        arguments.extend(["-L".into(), format!("dependency={}", folder.display())]);
    }
    for (name, path) in libraries {
        arguments.extend(["--extern".into(), format!("{name}={}", path.display())]);
    }
    arguments.extend(script.flags.iter().cloned());
    let package = answer["manifest_path"]
        .as_str()
        .map(Path::new)
        .and_then(Path::parent);
    let mut env = script.env.clone();
    for (name, value) in [
        ("CARGO_PKG_NAME", slug.to_owned()),
        ("CARGO_CRATE_NAME", slug.to_owned()),
        (
            "CARGO_MANIFEST_DIR",
            package.unwrap_or(site.root).display().to_string(),
        ),
    ] {
        env.push((name.to_owned(), value));
    }
    let own = site.folder(slug);
    let reads = libraries.iter().map(|(_, path)| path.clone());
    Ok(Compiler {
        rustc: toolchain.rustc.clone(),
        arguments,
        env,
        output,
        reads: reads.filter(|path| path.starts_with(&own)).collect(),
    })
}

/// The compiler behind rustup's proxy.
struct Toolchain {
    rustc: PathBuf,
    /// Where the standard library lies.
    libraries: PathBuf,
}

impl Toolchain {
    fn of(root: &Path) -> Result<Toolchain, Why> {
        let asked = Command::new("rustc")
            .current_dir(root)
            .args(["--print", "sysroot", "--print", "target-libdir"])
            .stdin(Stdio::null())
            .output();
        let said = asked
            .map_err(|e| Why::new(format!("`rustc` does not start: {e}")))?
            .stdout;
        let said = String::from_utf8_lossy(&said);
        let mut lines = said.lines().map(PathBuf::from);
        let (sysroot, libraries) = lines.next().zip(lines.next()).unwrap_or_default();
        let name = format!("rustc{}", std::env::consts::EXE_SUFFIX);
        let rustc = sysroot.join("bin").join(name);
        match rustc.is_file() {
            true => Ok(Toolchain { rustc, libraries }),
            false => Err(Why::new("the compiler is not in its sysroot")),
        }
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

fn package<'a>(metadata: &'a Value, slug: &str) -> Result<&'a Value, Why> {
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .find(|p| p["name"] == slug && p["source"].is_null())
        .ok_or_else(|| Why::new("it is no package of the workspace"))
}

fn folder_of(package: &Value) -> Result<PathBuf, Why> {
    let manifest = Path::new(text(package, "manifest_path")?);
    Ok(manifest.parent().unwrap_or(manifest).to_owned())
}

fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str, Why> {
    value[key]
        .as_str()
        .ok_or_else(|| Why::new(format!("cargo's messages have no `{key}`")))
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
