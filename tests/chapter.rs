//! One chapter's listings, built and laid out in a folder, and run there. The
//! naming rule stands at the head of `listings.rs`, which decides what is run.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use builder::{CBuild, exported_symbols, target_folder};
use cargo_metadata::{Message, TargetKind};
use interpreter::{Environment, Interpreter, Packages};
use proof::root;
use tempfile::TempDir;

use crate::tools;

pub fn ending(file: &Path) -> &str {
    file.extension().and_then(|e| e.to_str()).unwrap_or("")
}

pub fn stem(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// What cargo made of the crate `listings`, by source file.
pub struct Examples(BTreeMap<PathBuf, Built>);

#[derive(Clone)]
enum Built {
    Program(PathBuf),
    Library(PathBuf),
}

impl Examples {
    /// Builds it. A warning is an error: it would stand in the book.
    pub fn build() -> Result<Examples, String> {
        let output = cargo_build(&["--package", "listings", "--examples"])?;
        let (mut built, mut complaints) = (BTreeMap::new(), String::new());
        for message in Message::parse_stream(&*output.stdout).map_while(Result::ok) {
            match message {
                Message::CompilerMessage(message) => {
                    complaints += &message.message.rendered.unwrap_or_default();
                }
                Message::CompilerArtifact(artefact)
                    if artefact.target.kind.contains(&TargetKind::Example) =>
                {
                    let library = artefact
                        .filenames
                        .into_iter()
                        .find(|f| f.extension() == Some(std::env::consts::DLL_EXTENSION));
                    let made = match (artefact.executable, library) {
                        (Some(program), _) => Built::Program(program.into()),
                        (None, Some(library)) => Built::Library(library.into()),
                        (None, None) => continue,
                    };
                    built.insert(artefact.target.src_path.into(), made);
                }
                _ => {}
            }
        }
        if !output.status.success() || !complaints.is_empty() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!(
                "the listings do not build cleanly\n{complaints}{said}"
            ));
        }
        Ok(Examples(built))
    }
}

/// Builds a package of the workspace; cargo's messages are on its standard output.
fn cargo_build(what: &[&str]) -> Result<Output, String> {
    let root = root();
    builder::cargo()
        .current_dir(&root)
        .arg("build")
        .args(what)
        .arg("--message-format=json")
        .arg("--target-dir")
        .arg(target_folder(&root, None))
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("cannot start `cargo`: {e}"))
}

/// The program of `crates/embed-python`. It is built for every Python; whether it can
/// hold this one is looked at like any tool.
fn host_program() -> Result<PathBuf, String> {
    let output = cargo_build(&["--package", "embed-python"])?;
    let program = Message::parse_stream(&*output.stdout)
        .map_while(Result::ok)
        .find_map(|message| match message {
            Message::CompilerArtifact(artefact) => artefact.executable,
            _ => None,
        });
    program.map(Into::into).ok_or_else(|| {
        let said = String::from_utf8_lossy(&output.stderr);
        format!("`embed-python` does not build\n{said}")
    })
}

/// A chapter's folder, with everything in it under its plain name.
pub struct Chapter {
    folder: TempDir,
    python: Interpreter,
    /// The private environment's packages, where the chapter needs them.
    packages: Option<PathBuf>,
    /// Where a script finds its tools.
    path: OsString,
    /// The Rust programs and the libraries among the listings, by source file.
    built: BTreeMap<PathBuf, Built>,
}

impl Chapter {
    /// Builds the C files, and lays everything out.
    pub fn lay_out(files: &[PathBuf], rust: &Examples) -> Result<Chapter, String> {
        let home = target_folder(&root(), None).join("bindery");
        let python =
            Interpreter::resolve(&home).map_err(|e| format!("{e}\n\nhint: {}", e.hint()))?;
        let folder = TempDir::new().map_err(|e| e.to_string())?;
        let (mut built, mut packages) = (BTreeMap::new(), None);
        for file in files {
            let text =
                || std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()));
            match ending(file) {
                "rs" => {
                    let made = rust.0.get(file).ok_or_else(|| {
                        let name = file.display();
                        format!("{name} is no `[[example]]` of book/listings/Cargo.toml")
                    })?;
                    built.insert(file.clone(), made.clone());
                }
                "c" => {
                    let for_python = text()?.contains("Python.h");
                    built.insert(file.clone(), compile(file, for_python, &python, &home)?);
                    // A script may want to compile it in a way of its own.
                    copy(
                        file,
                        folder.path(),
                        &file.file_name().unwrap_or_default().to_string_lossy(),
                    )?;
                }
                "out" => continue,
                _ => {
                    if packages.is_none() && text()?.contains("cffi") {
                        let set = Packages::EXERCISES;
                        let environment = Environment::ensure(&python, set, &home, &mut |_| {})
                            .map_err(|e| format!("{e}\n\nhint: {}", e.hint()))?;
                        packages = Some(environment.site_packages().to_owned());
                    }
                    let host = folder.path().join(tools::HOST);
                    if !host.exists() && tools::is_needed_by(file, tools::HOST)? {
                        copy(&host_program()?, folder.path(), tools::HOST)?;
                    }
                    copy(
                        file,
                        folder.path(),
                        &file.file_name().unwrap_or_default().to_string_lossy(),
                    )?;
                }
            }
        }
        for (source, made) in &built {
            let name = stem(source);
            match made {
                Built::Program(path) => copy(path, folder.path(), &name)?,
                Built::Library(path) => {
                    let symbols = exported_symbols(path).map_err(|e| e.to_string())?;
                    let module = symbols.contains(&format!("PyInit_{name}"));
                    let prefix = if module { "" } else { "lib" };
                    copy(path, folder.path(), &format!("{prefix}{name}.so"))?;
                }
            }
        }
        Ok(Chapter {
            path: path_with_py_spy(&python, &home)?,
            folder,
            python,
            packages,
            built,
        })
    }

    /// Runs a listing, if it is one that runs, and compares what it prints.
    pub fn prove(&self, listing: &Path) -> Result<(), String> {
        let record = listing.with_extension("out");
        let name = listing.display();
        let mut command = match (ending(listing), self.built.get(listing)) {
            (_, Some(Built::Library(_))) if record.exists() => {
                return Err(format!(
                    "{name} is a library and prints nothing, but has a record"
                ));
            }
            (_, Some(Built::Library(_))) => return Ok(()),
            _ if !cfg!(target_os = "linux") => return Ok(()),
            (_, Some(Built::Program(_))) => Command::new(self.folder.path().join(stem(listing))),
            ("sh", None) => interpreted("sh".as_ref(), &[], listing),
            // No packages of the user's own; the listing's folder stays on the path.
            (_, None) => interpreted(self.python.executable(), &["-s"], listing),
        };
        if ["sh", "py"].contains(&ending(listing)) {
            for tool in tools::needed_by(listing)? {
                let mut shell = Command::new("sh");
                self.surround(&mut shell);
                if !tool.is_there(shell) {
                    return tool.is_missed_by(listing);
                }
            }
        }
        self.surround(&mut command);
        let output = command.output().map_err(|e| format!("{name}: {e}"))?;
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("{name}: {}\n{printed}{said}", output.status));
        }
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&record, &printed).map_err(|e| format!("{}: {e}", record.display()))?;
        }
        let recorded = std::fs::read_to_string(&record).map_err(|e| {
            format!(
                "{name} has no record: {e}\n\nhint: run it with `BLESS=1`, then read what it wrote"
            )
        })?;
        if printed != recorded {
            return Err(format!(
                "{name} does not print its record\n\n--- {}\n{recorded}\n--- printed now\n{printed}",
                record.display()
            ));
        }
        Ok(())
    }

    /// Gives a command the chapter's folder and, of this process's variables, what does
    /// not change what a listing prints.
    fn surround(&self, command: &mut Command) {
        for (variable, _) in std::env::vars_os() {
            if variable.to_string_lossy().starts_with("PYTHON") {
                command.env_remove(variable);
            }
        }
        command
            .current_dir(self.folder.path())
            .env("PATH", &self.path)
            .env("PYTHON", self.python.executable())
            .env("LC_ALL", "C.UTF-8")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("RUST_BACKTRACE", "0")
            // Nothing is fetched while a debugger looks at a crash.
            .env_remove("DEBUGINFOD_URLS")
            .stdin(Stdio::null());
        if let Some(packages) = &self.packages {
            command.env("PYTHONPATH", packages);
        }
    }
}

/// The PATH, and before it the folder of the py-spy that `PY_SPY` names, or else of the
/// one among the examples' packages, should they be there.
fn path_with_py_spy(python: &Interpreter, home: &Path) -> Result<OsString, String> {
    let named = std::env::var_os("PY_SPY").and_then(|named| std::path::absolute(named).ok());
    let py_spy = named.or_else(|| {
        let environment = Environment::find(python, Packages::EXAMPLES, home)?;
        Some(environment.python().with_file_name("py-spy"))
    });
    let folder = py_spy.as_deref().and_then(Path::parent);
    let usual = std::env::var_os("PATH").unwrap_or_default();
    let folders = folder.map(Path::to_owned).into_iter();
    std::env::join_paths(folders.chain(std::env::split_paths(&usual))).map_err(|e| e.to_string())
}

fn interpreted(program: &Path, options: &[&str], listing: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(options)
        .arg(listing.file_name().unwrap_or_default());
    command
}

fn compile(
    file: &Path,
    for_python: bool,
    python: &Interpreter,
    home: &Path,
) -> Result<Built, String> {
    if for_python {
        python
            .require_headers()
            .map_err(|e| format!("{e}\n\nhint: {}", e.hint()))?;
    }
    let folder = file.parent().unwrap_or(file).to_owned();
    let mut sources = vec![file.to_owned()];
    sources.extend(compiled_with(file)?.map(|other| folder.join(other)));
    let built = CBuild {
        name: &stem(file),
        sources: &sources,
        include: &[folder],
        forced_header: None,
        python: for_python.then_some(python),
        deny_warnings: true,
        through: &[],
    };
    match built.run(home) {
        Ok(compiled) => Ok(Built::Library(compiled.path)),
        Err(builder::BuildError::Compile { messages, .. }) => Err(messages),
        Err(error) => Err(format!("{error}\n\nhint: {}", error.hint())),
    }
}

/// Another C file that goes into the same library: its name stands in the first line.
fn compiled_with(file: &Path) -> Result<Option<String>, String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let first = text.lines().next().unwrap_or_default();
    let other = first
        .strip_prefix("/* with: ")
        .and_then(|rest| rest.strip_suffix(" */"));
    Ok(other.map(str::to_owned))
}

fn copy(from: &Path, folder: &Path, name: &str) -> Result<(), String> {
    std::fs::copy(from, folder.join(name))
        .map(drop)
        .map_err(|e| format!("{}: {e}", from.display()))
}
