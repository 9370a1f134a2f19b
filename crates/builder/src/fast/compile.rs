//! The learner's file, by `rustc`.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Plan, Site, Why};
use crate::files::write_whole;
use crate::{BuildError, Colour, Running};

/// What rustc says where a library is not the one it was, or not there.
const LIBRARIES_DIFFER: [&str; 7] = [
    "E0460", "E0461", "E0462", "E0463", "E0464", "E0466", "E0514",
];

/// How the compiler is called.
#[derive(Debug, Serialize, Deserialize)]
pub struct Compiler {
    pub rustc: PathBuf,
    pub arguments: Vec<String>,
    pub env: Vec<(String, String)>,
    pub output: Output,
    /// What an earlier step has made and this one reads.
    pub reads: Vec<PathBuf>,
}

impl Compiler {
    /// What it makes, in the exercise's folder.
    pub fn artefact(&self, folder: &Path, slug: &str) -> PathBuf {
        folder.join(match self.output {
            Output::Rlib => format!("lib{slug}.rlib"),
            Output::Library => format!(
                "{}{slug}{}",
                std::env::consts::DLL_PREFIX,
                std::env::consts::DLL_SUFFIX
            ),
            Output::Program => format!("{slug}{}", std::env::consts::EXE_SUFFIX),
        })
    }
}

/// What it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Output {
    /// A library for the next step.
    Rlib,
    /// A shared library that Python loads.
    Library,
    /// A program that hosts something.
    Program,
}

impl Output {
    /// As the compiler calls it.
    pub fn crate_type(self) -> &'static str {
        match self {
            Output::Rlib => "rlib",
            Output::Library => "cdylib",
            Output::Program => "bin",
        }
    }
}

/// What came of it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Built {
    /// The shared library, where that is what the learner writes.
    pub library: Option<PathBuf>,
    /// The host program, where it is that.
    pub host: Option<PathBuf>,
    /// What rustc had to say, rendered.
    pub warnings: String,
    /// What it was made from.
    inputs: Option<Inputs>,
}

/// The files that the compiler read, and what was in them.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Inputs {
    files: Vec<PathBuf>,
    digest: String,
}

/// Why there is nothing to judge.
#[derive(Debug)]
pub enum Failed {
    /// The compiler refuses the learner's code.
    Refused(BuildError),
    /// It is not the learner's doing, or may not be: cargo is to have a look.
    Unusual(Why),
}

impl From<BuildError> for Failed {
    fn from(error: BuildError) -> Failed {
        Failed::Unusual(Why::new(error.to_string()))
    }
}

impl Plan {
    /// Compiles what the learner wrote, if that is Rust and differs from the last time.
    pub fn build(
        &self,
        site: Site<'_>,
        colour: Colour,
        running: &Running,
    ) -> Result<Built, Failed> {
        let folder = site.folder(&self.slug);
        if self.steps.is_empty() {
            return Ok(Built::default());
        }
        std::fs::create_dir_all(&folder).map_err(file_error(&folder))?;
        // One compiler at a time in one folder.
        let lock = folder.join("lock");
        let lock = File::create(&lock).map_err(file_error(&lock))?;
        let _ = lock.lock();
        let mut built = Built::default();
        let mut warnings = String::new();
        for compiler in &self.steps {
            let work = Work {
                compiler,
                slug: &self.slug,
                root: site.root,
                folder: &folder,
                colour,
            };
            built = work.again().map_or_else(|| work.compile(running), Ok)?;
            warnings += &built.warnings;
        }
        let _ = lock.unlock();
        Ok(Built { warnings, ..built })
    }
}

struct Work<'a> {
    compiler: &'a Compiler,
    slug: &'a str,
    root: &'a Path,
    folder: &'a Path,
    colour: Colour,
}

impl Work<'_> {
    /// What was made last time, if it would come out the same.
    fn again(&self) -> Option<Built> {
        let last = std::fs::read(self.record()).ok()?;
        let last: Built = serde_json::from_slice(&last).ok()?;
        let inputs = last.inputs.as_ref()?;
        let there = self.artefact().is_file();
        (there && self.digest(&inputs.files)? == inputs.digest).then_some(last)
    }

    fn compile(&self, running: &Running) -> Result<Built, Failed> {
        let start = |source| BuildError::Start {
            tool: "rustc".into(),
            source,
        };
        // Always the same, or the compiler does all its work again: where the output goes is a
        // part of what it compares.
        let (made, deps) = (self.file("made"), self.file("d"));
        let mut command = Command::new(&self.compiler.rustc);
        command
            .current_dir(self.root)
            .args(&self.compiler.arguments)
            // Else its scratch folder is made in the workbook, and stays there where it is killed.
            .arg("--out-dir")
            .arg(self.folder)
            .arg(format!(
                "--emit=dep-info={},link={}",
                deps.display(),
                made.display()
            ))
            .arg("-C")
            .arg(format!(
                "incremental={}",
                self.file("incremental").display()
            ))
            .args((self.colour == Colour::Yes).then_some("--json=diagnostic-rendered-ansi"))
            .envs(self.compiler.env.iter().map(|(k, v)| (k, v)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = running.spawn(&mut command).map_err(start)?;
        let stderr = BufReader::new(child.stderr.take().expect("it was piped"));
        let (mut errors, mut warnings, mut unusual) = (String::new(), String::new(), false);
        for line in stderr.lines().map_while(Result::ok) {
            match serde_json::from_str::<Value>(&line) {
                Ok(message) => {
                    let said = message["rendered"].as_str().unwrap_or_default();
                    let code = message["code"]["code"].as_str().unwrap_or_default();
                    unusual |= LIBRARIES_DIFFER.contains(&code);
                    match message["level"].as_str() {
                        // How many there were: cargo leaves that out, too.
                        Some("warning") if is_a_count(&message) => {}
                        Some("warning") => warnings += said,
                        _ => errors += said,
                    }
                }
                // The compiler itself has something to say, such as that it has crashed.
                Err(_) => unusual = true,
            }
        }
        let status = running.wait(&mut child).map_err(start)?;
        match status.code() {
            Some(0) => self.keep(&made, &deps, warnings).map_err(Failed::from),
            Some(1) if !unusual => Err(Failed::Refused(BuildError::Compile {
                what: self.slug.to_owned(),
                messages: errors + &warnings,
            })),
            _ => Err(Failed::Unusual(Why::new(format!(
                "`rustc`, called directly, ended with {status}"
            )))),
        }
    }

    /// Puts what was made into its place, and writes down what it was made from.
    fn keep(&self, made: &Path, deps: &Path, warnings: String) -> Result<Built, BuildError> {
        let artefact = self.artefact();
        let _ = std::fs::remove_file(self.record());
        std::fs::rename(made, &artefact).map_err(file_error(&artefact))?;
        let files = dependencies(&std::fs::read_to_string(deps).unwrap_or_default());
        let inputs = self.digest(&files).map(|digest| Inputs { files, digest });
        let of = |output| (self.compiler.output == output).then(|| artefact.clone());
        let built = Built {
            library: of(Output::Library),
            host: of(Output::Program),
            warnings,
            inputs,
        };
        if let Ok(text) = serde_json::to_vec(&built) {
            // Without it the same is compiled again, and that is all.
            let _ = write_whole(&self.record(), &text);
        }
        Ok(built)
    }

    fn artefact(&self) -> PathBuf {
        self.compiler.artefact(self.folder, self.slug)
    }

    fn record(&self) -> PathBuf {
        self.file("json")
    }

    /// One of the files that go with a step.
    fn file(&self, kind: &str) -> PathBuf {
        let step = self.compiler.output.crate_type();
        self.folder.join(format!("{step}.{kind}"))
    }

    fn digest(&self, files: &[PathBuf]) -> Option<String> {
        let mut hash = Sha256::new();
        let flags = serde_json::to_vec(self.compiler).ok()?;
        hash.update(flags);
        hash.update([u8::from(self.colour == Colour::Yes)]);
        for file in files.iter().chain(&self.compiler.reads) {
            let bytes = std::fs::read(self.root.join(file)).ok()?;
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        Some(
            hash.finalize()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        )
    }
}

fn is_a_count(message: &Value) -> bool {
    let words = message["message"].as_str().unwrap_or_default();
    words.ends_with(" warning emitted") || words.ends_with(" warnings emitted")
}

/// The files of a dep-info's first rule; spaces in their names are escaped.
fn dependencies(rules: &str) -> Vec<PathBuf> {
    let first = rules.lines().next().unwrap_or_default();
    let (_, files) = first.split_once(": ").unwrap_or_default();
    let files = files.replace("\\ ", "\0");
    let files = files.split_ascii_whitespace();
    files.map(|file| file.replace('\0', " ").into()).collect()
}

fn file_error(path: &Path) -> impl FnOnce(std::io::Error) -> BuildError {
    let path = path.to_owned();
    move |source| BuildError::File { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_taken_from_the_first_rule() {
        let rules = "/x/made: src/lib.rs src/with\\ space.rs\n\nsrc/lib.rs:\n";
        let files = ["src/lib.rs", "src/with space.rs"].map(PathBuf::from);
        assert_eq!(dependencies(rules), files);
        assert!(dependencies("").is_empty());
    }
}
