//! The learner's file, by `rustc`.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::stamps::Stamps;
use super::{Plan, Site, Why};
use crate::files::write_whole;
use crate::{BuildError, Colour, Running};

/// What rustc says where a library is not the one it was, or not there.
const LIBRARIES_DIFFER: [&str; 8] = [
    "E0460", "E0461", "E0462", "E0463", "E0464", "E0466", "E0514", "E0786",
];

/// How the compiler is called.
#[derive(Debug, Serialize, Deserialize)]
pub struct Compiler {
    pub rustc: PathBuf,
    pub arguments: Vec<String>,
    /// Where the crate begins.
    pub source: PathBuf,
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
    /// What the compiler read.
    read: Read,
    /// All that it was made from; nothing if that may have changed meanwhile.
    digest: Option<String>,
}

/// What the compiler looked at, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Read {
    files: Vec<PathBuf>,
    variables: Vec<String>,
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

/// How far a build has come.
#[derive(Debug)]
pub enum Stage<'a> {
    /// The compiler is at work on the first step: there is time for something else.
    AtWork,
    /// It is made. The compiler may still be tidying up; should it fail at that, the build
    /// fails after all.
    Made(&'a Built),
}

impl Plan {
    /// Compiles what the learner wrote, if that is Rust and differs from the last time.
    pub fn build(
        &self,
        site: Site<'_>,
        colour: Colour,
        running: &Running,
        hear: &mut dyn FnMut(Stage<'_>),
    ) -> Result<Built, Failed> {
        let folder = site.folder(&self.slug);
        if self.steps.is_empty() {
            let built = Built::default();
            hear(Stage::Made(&built));
            return Ok(built);
        }
        std::fs::create_dir_all(&folder).map_err(file_error(&folder))?;
        // One compiler at a time in one folder.
        let lock = folder.join("lock");
        let lock = File::create(&lock).map_err(file_error(&lock))?;
        let _ = lock.lock();
        let mut built = Built::default();
        let mut warnings = String::new();
        for (number, compiler) in self.steps.iter().enumerate() {
            let work = Work {
                compiler,
                stamps: &self.stamps,
                slug: &self.slug,
                root: site.root,
                folder: &folder,
                colour,
            };
            let is_last = number + 1 == self.steps.len();
            built = work.done(running, &mut |stage| match stage {
                Stage::AtWork if number > 0 => {}
                Stage::Made(_) if !is_last => {}
                stage => hear(stage),
            })?;
            warnings += &built.warnings;
        }
        let _ = lock.unlock();
        Ok(Built { warnings, ..built })
    }
}

struct Work<'a> {
    compiler: &'a Compiler,
    stamps: &'a Stamps,
    slug: &'a str,
    root: &'a Path,
    folder: &'a Path,
    colour: Colour,
}

impl Work<'_> {
    /// What was made last time, if it would come out the same; made now if not.
    fn done(&self, running: &Running, hear: &mut dyn FnMut(Stage<'_>)) -> Result<Built, Failed> {
        let last = std::fs::read(self.record()).ok();
        let last = last.and_then(|text| serde_json::from_slice::<Built>(&text).ok());
        let last = last.filter(|last| !last.read.files.is_empty());
        let known = last.as_ref().map(|last| last.read.clone());
        let known = known.unwrap_or_else(|| Read {
            files: vec![self.compiler.source.clone()],
            variables: Vec::new(),
        });
        let digest = self.digest(&known);
        let same = |last: &Built| digest.is_some() && last.digest == digest;
        match last.filter(same) {
            Some(last) if self.artefact().is_file() => {
                hear(Stage::Made(&last));
                Ok(last)
            }
            _ => self.compile(running, hear, &known, digest),
        }
    }

    /// `known` is what was read the last time, and `digest` what is in it now.
    fn compile(
        &self,
        running: &Running,
        hear: &mut dyn FnMut(Stage<'_>),
        known: &Read,
        digest: Option<String>,
    ) -> Result<Built, Failed> {
        let start = |source| BuildError::Start {
            tool: "rustc".into(),
            source,
        };
        // Always the same, or the compiler does all its work again: where the output goes is a
        // part of what it compares.
        let (made, deps) = (self.file("made"), self.file("d"));
        let mut command = self.command(&made, &deps);
        let mut child = running.spawn(&mut command).map_err(start)?;
        hear(Stage::AtWork);
        let stderr = BufReader::new(child.stderr.take().expect("it was piped"));
        let mut said = Messages::default();
        let mut built = None;
        for line in stderr.lines().map_while(Result::ok) {
            said.hear(&line);
            if said.linked && built.is_none() {
                let taken = self.take(&made, &deps, &said.warnings);
                if let Ok(built) = &taken {
                    hear(Stage::Made(built));
                }
                built = Some(taken);
            }
        }
        let status = running.wait(&mut child).map_err(start)?;
        match (status.code(), built.transpose()?) {
            (Some(0), Some(mut built)) => {
                // Somebody may have saved while the compiler was at work: what it has made is
                // then of neither text for certain.
                let same = |was: &String| self.digest(&built.read).as_ref() == Some(was);
                built.digest = digest.filter(|was| built.read == *known && same(was));
                if let Ok(text) = serde_json::to_vec(&built) {
                    // Without it the same is compiled again, and that is all.
                    let _ = write_whole(&self.record(), &text);
                }
                Ok(built)
            }
            (Some(1), None) if !said.unusual => Err(Failed::Refused(BuildError::Compile {
                what: self.slug.to_owned(),
                messages: said.errors + &said.warnings,
            })),
            _ => Err(Failed::Unusual(Why::new(format!(
                "`rustc`, called directly, ended with {status}"
            )))),
        }
    }

    fn command(&self, made: &Path, deps: &Path) -> Command {
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
            .arg("--json=artifacts")
            .args((self.colour == Colour::Yes).then_some("--json=diagnostic-rendered-ansi"))
            .envs(self.compiler.env.iter().map(|(k, v)| (k, v)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        command
    }

    /// Puts what was made into its place. What it was made from is written down later: nobody
    /// is to believe the record of what was there before.
    fn take(&self, made: &Path, deps: &Path, warnings: &str) -> Result<Built, BuildError> {
        let artefact = self.artefact();
        let _ = std::fs::remove_file(self.record());
        std::fs::rename(made, &artefact).map_err(file_error(&artefact))?;
        let of = |output| (self.compiler.output == output).then(|| artefact.clone());
        Ok(Built {
            library: of(Output::Library),
            host: of(Output::Program),
            warnings: warnings.to_owned(),
            read: Read::from(&std::fs::read_to_string(deps).unwrap_or_default()),
            digest: None,
        })
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

    fn digest(&self, read: &Read) -> Option<String> {
        let mut hash = Sha256::new();
        // A library may be another one under the name that it had.
        hash.update(serde_json::to_vec(&(self.compiler, self.stamps)).ok()?);
        hash.update([u8::from(self.colour == Colour::Yes)]);
        for file in read.files.iter().chain(&self.compiler.reads) {
            let bytes = std::fs::read(self.root.join(file)).ok()?;
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        for name in &read.variables {
            hash.update(format!("{name}={:?}\n", std::env::var_os(name)));
        }
        Some(
            hash.finalize()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        )
    }
}

/// What the compiler has said so far.
#[derive(Default)]
struct Messages {
    errors: String,
    warnings: String,
    /// Whether it may be somebody else's doing than the learner's.
    unusual: bool,
    /// Whether it has said that the last of what it makes is there.
    linked: bool,
}

impl Messages {
    fn hear(&mut self, line: &str) {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            // The compiler itself has something to say, such as that it has crashed.
            self.unusual = true;
            return;
        };
        if message["artifact"].is_string() {
            self.linked |= message["emit"] == "link";
            return;
        }
        let said = message["rendered"].as_str().unwrap_or_default();
        let code = message["code"]["code"].as_str().unwrap_or_default();
        self.unusual |= LIBRARIES_DIFFER.contains(&code) || is_of_no_place(&message);
        match message["level"].as_str() {
            // How many there were: cargo leaves that out, too.
            Some("warning") if is_a_count(&message) => {}
            Some("warning") => self.warnings += said,
            _ => self.errors += said,
        }
    }
}

fn is_a_count(message: &Value) -> bool {
    let words = message["message"].as_str().unwrap_or_default();
    words.ends_with(" warning emitted") || words.ends_with(" warnings emitted")
}

/// Whether an error is about no place in the learner's files: the linker's, a full disk's. Cargo
/// links otherwise than we do, and so it has the last word.
fn is_of_no_place(message: &Value) -> bool {
    let no_place = message["spans"].as_array().is_none_or(Vec::is_empty);
    let summary = message["message"].as_str().unwrap_or_default();
    message["level"] == "error"
        && message["code"].is_null()
        && no_place
        && !summary.starts_with("aborting due to")
}

impl Read {
    /// The files of a dep-info's first rule, where spaces in names are escaped, and the
    /// variables of its comments.
    fn from(rules: &str) -> Read {
        let first = rules.lines().next().unwrap_or_default();
        let (_, files) = first.split_once(": ").unwrap_or_default();
        let files = files.replace("\\ ", "\0");
        let files = files.split_ascii_whitespace();
        let variables = rules.lines().filter_map(|l| l.strip_prefix("# env-dep:"));
        let names = variables.map(|v| v.split_once('=').map_or(v, |(name, _)| name));
        Read {
            files: files.map(|file| file.replace('\0', " ").into()).collect(),
            variables: names.map(str::to_owned).collect(),
        }
    }
}

fn file_error(path: &Path) -> impl FnOnce(std::io::Error) -> BuildError {
    let path = path.to_owned();
    move |source| BuildError::File { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_taken_from_the_first_rule_and_the_comments() {
        let rules = "/x/made: src/lib.rs src/with\\ space.rs\n\nsrc/lib.rs:\n\n\
                     # env-dep:TITLE=a=b\n# env-dep:UNSET\n";
        let read = Read::from(rules);
        assert_eq!(
            read.files,
            ["src/lib.rs", "src/with space.rs"].map(PathBuf::from)
        );
        assert_eq!(read.variables, ["TITLE", "UNSET"]);
        assert_eq!(Read::from(""), Read::default());
    }
}
