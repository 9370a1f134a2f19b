//! Rust, by cargo: one exercise and its check program.
//!
//! Every path comes from cargo's own messages, none is guessed.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::fast::Said;
use crate::{BuildError, Running};

/// Whether the compiler's messages are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// For a terminal.
    Yes,
    /// For a pipe, a file, `NO_COLOR`.
    No,
}

/// The check programs of one exercise, ready to run.
#[derive(Debug)]
pub struct CheckPrograms {
    pub(crate) programs: BTreeMap<String, PathBuf>,
    /// What rustc had to say about the learner's crate, rendered.
    pub warnings: String,
    /// What cargo said of all that it built.
    pub said: Said,
}

impl CheckPrograms {
    /// The program made of `tests/<name>.rs`.
    pub fn program(&self, name: &str) -> Result<&Path, BuildError> {
        let found = self.programs.get(name).map(PathBuf::as_path);
        found.ok_or_else(|| BuildError::NoProgram {
            what: name.to_owned(),
        })
    }
}

/// The cargo that called us, or the one on the PATH.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Where cargo builds: its usual folder, or one for each Python that
/// `PYO3_PYTHON` names, so that changing over rebuilds nothing.
pub fn target_folder(root: &Path, python_tag: Option<&str>) -> PathBuf {
    let usual = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("target"), |dir| root.join(dir));
    match python_tag {
        Some(tag) => usual.join("python").join(tag),
        None => usual,
    }
}

/// One exercise, to be built as `cargo test -p SLUG` would: the learner's crate and the check
/// programs beside it.
#[derive(Clone, Copy, Debug)]
pub struct CargoBuild<'a> {
    /// The workspace.
    pub root: &'a Path,
    /// The exercise.
    pub slug: &'a str,
    /// These of its check programs alone; all of them where none is named.
    pub only: &'a [&'a str],
    /// Cargo's target folder.
    pub target: &'a Path,
    /// The Python for PyO3, where somebody named one.
    pub python: Option<&'a Path>,
    /// Whether the compiler's messages are coloured.
    pub colour: Colour,
}

impl CargoBuild<'_> {
    /// Builds it. `progress` hears what cargo says while it works.
    pub fn run(
        &self,
        running: &Running,
        progress: &mut (dyn FnMut(&str) + Send),
    ) -> Result<CheckPrograms, BuildError> {
        let CargoBuild {
            root, slug, target, ..
        } = *self;
        let mut command = cargo();
        let format = match self.colour {
            Colour::Yes => "--message-format=json-diagnostic-rendered-ansi",
            Colour::No => "--message-format=json",
        };
        command
            .current_dir(root)
            .args(["test", "--package", slug, "--no-run", format])
            .arg("--target-dir")
            .arg(target)
            .args(self.only.iter().flat_map(|program| ["--test", program]))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(python) = self.python {
            // PyO3 runs it from a folder of its own, so it has to be absolute.
            command.env("PYO3_PYTHON", python);
        }
        let mut child = running
            .spawn(&mut command)
            .map_err(|source| BuildError::Start {
                tool: "cargo".into(),
                source,
            })?;
        let stderr = child.stderr.take().expect("it was piped");
        let stdout = BufReader::new(child.stdout.take().expect("it was piped"));
        let (mut errors, mut warnings, mut programs) =
            (String::new(), String::new(), BTreeMap::new());
        // Read by hand: the crate that knows these messages would be linked into
        // every check program, and that is what a learner waits for.
        let mut heard = Said::default();
        let mut take = |message: Value| {
            heard.hear(&message);
            match message["reason"].as_str() {
                Some("compiler-message") => {
                    let message = &message["message"];
                    let rendered = message["rendered"].as_str().or(message["message"].as_str());
                    match message["level"].as_str() {
                        Some("warning") => warnings += rendered.unwrap_or_default(),
                        _ => errors += rendered.unwrap_or_default(),
                    }
                }
                Some("compiler-artifact") => {
                    let target = &message["target"];
                    let kinds = target["kind"].as_array();
                    let is_test =
                        kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "test"));
                    let program = message["executable"].as_str();
                    if let (true, Some(name), Some(program)) =
                        (is_test, target["name"].as_str(), program)
                    {
                        programs.insert(name.to_owned(), PathBuf::from(program));
                    }
                }
                _ => {}
            }
        };
        let said = std::thread::scope(|scope| {
            let listener = scope.spawn(move || {
                let mut said = String::new();
                for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                    progress(line.trim());
                    said += &line;
                    said.push('\n');
                }
                said
            });
            let lines = stdout.lines().map_while(Result::ok);
            lines
                .filter_map(|line| serde_json::from_str(&line).ok())
                .for_each(&mut take);
            listener.join().unwrap_or_default()
        });
        let status = running
            .wait(&mut child)
            .map_err(|source| BuildError::Start {
                tool: "cargo".into(),
                source,
            })?;
        if !status.success() {
            let what = slug.to_owned();
            return Err(match errors.is_empty() {
                false => BuildError::Compile {
                    what,
                    messages: errors + &warnings,
                },
                true => BuildError::Cargo {
                    what,
                    messages: said,
                },
            });
        }
        Ok(CheckPrograms {
            programs,
            warnings,
            said: heard,
        })
    }
}
