//! The learner's file, by `rustc`.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::messages::Messages;
use super::stamps::Stamps;
use super::{Plan, Site, Why};
use crate::files::write_whole;
use crate::{BuildError, Colour, Running};

/// More than this the compiler may not say; it is cut off in the middle of a word then.
const MOST_MESSAGES: u64 = 32 << 20;

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
        let way = Way {
            root: site.root,
            folder: &folder,
            colour,
            keeps_for_next_time: true,
            through: &[],
        };
        let built = self.follow(way, running, hear)?;
        let _ = lock.unlock();
        Ok(built)
    }

    /// Compiles what a stranger wrote, apart from everything else: `root` is the workbook as
    /// they have it, `folder` where what is made goes, and `through` is put before the
    /// compiler's command line.
    pub fn build_apart(
        &self,
        root: &Path,
        folder: &Path,
        through: &[OsString],
        running: &Running,
    ) -> Result<Built, Failed> {
        std::fs::create_dir_all(folder).map_err(file_error(folder))?;
        let way = Way {
            root,
            folder,
            colour: Colour::No,
            keeps_for_next_time: false,
            through,
        };
        self.follow(way, running, &mut |_| {})
    }

    fn follow(
        &self,
        way: Way<'_>,
        running: &Running,
        hear: &mut dyn FnMut(Stage<'_>),
    ) -> Result<Built, Failed> {
        let mut built = Built::default();
        let mut warnings = String::new();
        for (number, compiler) in self.steps.iter().enumerate() {
            let work = Work {
                compiler,
                stamps: &self.stamps,
                slug: &self.slug,
                way,
            };
            let is_last = number + 1 == self.steps.len();
            built = work.done(running, &mut |stage| match stage {
                Stage::AtWork if number > 0 => {}
                Stage::Made(_) if !is_last => {}
                stage => hear(stage),
            })?;
            warnings += &built.warnings;
        }
        Ok(Built { warnings, ..built })
    }
}

/// From where to where, and how.
#[derive(Clone, Copy)]
struct Way<'a> {
    root: &'a Path,
    folder: &'a Path,
    colour: Colour,
    /// Whether the compiler is to write down what it can use again. That takes longer, and a
    /// stranger's answer is compiled once.
    keeps_for_next_time: bool,
    /// What is put before the compiler's command line.
    through: &'a [OsString],
}

struct Work<'a> {
    compiler: &'a Compiler,
    stamps: &'a Stamps,
    slug: &'a str,
    way: Way<'a>,
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
        let stderr = child.stderr.take().expect("it was piped");
        let stderr = BufReader::new(stderr.take(MOST_MESSAGES));
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
            (code, None) if self.is_the_answers(code, &said) => {
                Err(Failed::Refused(BuildError::Compile {
                    what: self.slug.to_owned(),
                    messages: match said.errors.is_empty() {
                        true => format!("the compiler came to no end: {status}\n"),
                        false => said.errors + &said.warnings,
                    },
                }))
            }
            _ => Err(Failed::Unusual(Why::new(format!(
                "`rustc`, called directly, ended with {status}{}",
                said.errors
                    .lines()
                    .next()
                    .map_or_else(String::new, |line| format!(": {line}"))
            )))),
        }
    }

    /// Whether a failure is for the author of the answer to hear. A stranger's answer has no
    /// second try by cargo: whatever it does to the linker or to the compiler is its own doing.
    fn is_the_answers(&self, code: Option<i32>, said: &Messages) -> bool {
        match self.way.keeps_for_next_time {
            true => code == Some(1) && !said.unusual,
            false => {
                let ours = said.missing.iter().any(|name| self.is_given(name));
                code != Some(NOT_STARTED) && !said.libraries_differ && !ours
            }
        }
    }

    /// Whether this crate is among those that an answer may use.
    fn is_given(&self, name: &str) -> bool {
        let given = self.compiler.arguments.iter();
        let mut names = given.filter_map(|argument| argument.split_once('='));
        names.any(|(given, _)| given == name)
    }

    fn command(&self, made: &Path, deps: &Path) -> Command {
        let mut command = match self.way.through {
            [] => Command::new(&self.compiler.rustc),
            [program, arguments @ ..] => {
                let mut command = Command::new(program);
                command.args(arguments).arg(&self.compiler.rustc);
                // `env!` would put into a stranger's program what is nobody's but ours.
                let path = std::env::var_os("PATH");
                command.env_clear().envs(path.map(|path| ("PATH", path)));
                command
            }
        };
        if self.way.keeps_for_next_time {
            let kept = self.file("incremental");
            command.args(["-C", &format!("incremental={}", kept.display())]);
        }
        command
            .current_dir(self.way.root)
            .args(self.compiler.arguments.iter().map(|it| self.made_here(it)))
            // Else its scratch folder is made in the workbook, and stays there where it is killed.
            .arg("--out-dir")
            .arg(self.way.folder)
            .arg(format!(
                "--emit=dep-info={},link={}",
                deps.display(),
                made.display()
            ))
            .arg("--json=artifacts")
            .args((self.way.colour == Colour::Yes).then_some("--json=diagnostic-rendered-ansi"))
            .envs(self.compiler.env.iter().map(|(k, v)| (k, v)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        command
    }

    /// An argument that names what an earlier step made: that lies in this very folder.
    fn made_here(&self, argument: &str) -> String {
        let mut argument = argument.to_owned();
        for made in &self.compiler.reads {
            let (Some(name), Some(text)) = (made.file_name(), made.to_str()) else {
                continue;
            };
            let here = self.way.folder.join(name);
            argument = argument.replace(text, &here.to_string_lossy());
        }
        argument
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
        self.compiler.artefact(self.way.folder, self.slug)
    }

    fn record(&self) -> PathBuf {
        self.file("json")
    }

    /// One of the files that go with a step.
    fn file(&self, kind: &str) -> PathBuf {
        let step = self.compiler.output.crate_type();
        self.way.folder.join(format!("{step}.{kind}"))
    }

    fn digest(&self, read: &Read) -> Option<String> {
        let mut hash = Sha256::new();
        // A library may be another one under the name that it had.
        hash.update(serde_json::to_vec(&(self.compiler, self.stamps)).ok()?);
        hash.update([u8::from(self.way.colour == Colour::Yes)]);
        for file in read.files.iter().chain(&self.compiler.reads) {
            let bytes = std::fs::read(self.way.root.join(file)).ok()?;
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

/// How a program that the compiler is started through says that it could not start it.
pub const NOT_STARTED: i32 = 125;

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
