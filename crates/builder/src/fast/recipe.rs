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
    pub compiler: Option<Compiler>,
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
        let Some(answer) = self.answer(id) else {
            return Ok(Recipe {
                compiler: None,
                rests_on,
            });
        };
        let toolchain = Toolchain::of(site.root)?;
        rests_on.push(toolchain.rustc.clone());
        let script = self.script(id)?;
        let mut libraries = self.libraries(&metadata, id)?;
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
        let compiler = compiler(site, slug, answer, toolchain, script, libraries)?;
        Ok(Recipe {
            compiler: Some(compiler),
            rests_on,
        })
    }

    /// What cargo made of the learner's crate: its library, or its program.
    fn answer(&self, id: &str) -> Option<&Value> {
        let kinds = |artefact: &Value, wanted: &[&str]| {
            let kinds = artefact["target"]["kind"].as_array();
            let mut kinds = kinds.into_iter().flatten().filter_map(Value::as_str);
            kinds.any(|kind| wanted.contains(&kind))
        };
        let own = self.artefacts.iter().filter(|a| a["package_id"] == id);
        let mut own = own.filter(|a| kinds(a, &["cdylib", "bin"]) && a["profile"]["test"] == false);
        own.next()
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
    fn libraries(&self, metadata: &Value, id: &str) -> Result<Vec<(String, PathBuf)>, Why> {
        let mut libraries = Vec::new();
        for dependency in node(metadata, id)?["deps"].as_array().into_iter().flatten() {
            let kinds = dependency["dep_kinds"].as_array().into_iter().flatten();
            if kinds.clone().all(|kind| !kind["kind"].is_null()) {
                continue;
            }
            let name = text(dependency, "name")?;
            let made = self.artefacts.iter().filter(|a| {
                let kind = a["target"]["kind"][0].as_str().unwrap_or_default();
                a["package_id"] == dependency["pkg"] && kind != "custom-build" && kind != "test"
            });
            let files = made.flat_map(|a| a["filenames"].as_array().into_iter().flatten());
            let files = files.filter_map(Value::as_str).map(PathBuf::from);
            let usable = |path: &PathBuf| {
                path.extension().is_some_and(|e| e == "rlib")
                    || (path
                        .extension()
                        .is_some_and(|e| e == std::env::consts::DLL_EXTENSION)
                        && path
                            .file_stem()
                            .is_some_and(|s| s.to_string_lossy().contains('-')))
            };
            let files: Vec<PathBuf> = files.filter(usable).collect();
            let [file] = files.as_slice() else {
                let why = format!("cargo built {} libraries for `{name}`", files.len());
                return Err(Why::new(why));
            };
            libraries.push((name.to_owned(), file.clone()));
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
    toolchain: Toolchain,
    script: Script,
    libraries: Vec<(String, PathBuf)>,
) -> Result<Compiler, Why> {
    let (target, profile) = (&answer["target"], &answer["profile"]);
    let source = PathBuf::from(text(target, "src_path")?);
    let source = source.strip_prefix(site.root).unwrap_or(&source).to_owned();
    let program = target["kind"][0] == "bin";
    let mut arguments: Vec<String> = vec![
        "--crate-name".into(),
        text(target, "name")?.replace('-', "_"),
        format!("--edition={}", text(target, "edition")?),
        source.to_string_lossy().into_owned(),
        "--error-format=json".into(),
        "--crate-type".into(),
        if program { "bin" } else { "cdylib" }.into(),
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
    for (name, path) in &libraries {
        arguments.extend(["--extern".into(), format!("{name}={}", path.display())]);
    }
    arguments.extend(script.flags);
    let package = answer["manifest_path"]
        .as_str()
        .map(Path::new)
        .and_then(Path::parent);
    let mut env = script.env;
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
    Ok(Compiler {
        rustc: toolchain.rustc,
        arguments,
        env,
        output: if program {
            Output::Program
        } else {
            Output::Library
        },
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

fn metadata(root: &Path) -> Result<Value, Why> {
    let mut command = cargo();
    command
        .current_dir(root)
        .args(["metadata", "--format-version=1", "--offline"])
        .stdin(Stdio::null());
    let said = command.output().map_err(|e| Why::new(e.to_string()))?;
    serde_json::from_slice(&said.stdout).map_err(|_| Why::new("`cargo metadata` says nothing"))
}

fn package<'a>(metadata: &'a Value, slug: &str) -> Result<&'a Value, Why> {
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .find(|p| p["name"] == slug && p["source"].is_null())
        .ok_or_else(|| Why::new("it is no package of the workspace"))
}

fn node<'a>(metadata: &'a Value, id: &str) -> Result<&'a Value, Why> {
    let mut nodes = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten();
    nodes
        .find(|n| n["id"] == id)
        .ok_or_else(|| Why::new("cargo has not resolved it"))
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
