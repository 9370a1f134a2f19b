//! The judge of one exercise: finds what the learner built and starts subjects
//! that have it loaded.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use builder::{BuildError, CBuild};
use course::{Exercise, Kind as Answered};
use interpreter::{Environment, Interpreter, Packages};
use serde::Deserialize;

use crate::faults;
use crate::harness::WARM;
use crate::random::Random;
use crate::stock::{MOST_IN_STOCK, Stock};
use crate::subject::Subject;
use crate::through;
use crate::tools::{Tools, write_whole};
use crate::verdict::{Failure, Kind, Verdict};
use crate::warm::Warm;

/// What all checks of one exercise share; nothing is made before it is needed.
pub struct Bench {
    pub(crate) exercise: Exercise,
    pub(crate) root: PathBuf,
    home: PathBuf,
    host: Option<PathBuf>,
    built: Built,
    warm: Option<Arc<Stock>>,
    interpreter: OnceLock<Verdict<Interpreter>>,
    tools: OnceLock<Verdict<Tools>>,
    library: OnceLock<Verdict<PathBuf>>,
}

impl Bench {
    /// `host` is the exercise's program, where it is one.
    pub fn new(exercise: Exercise, root: PathBuf, host: Option<PathBuf>) -> Bench {
        // Copies of an exercise share the environment of the original.
        let home = std::env::var_os("BINDERY_HOME").map(PathBuf::from);
        let home = home.unwrap_or_else(|| root.join("target").join("bindery"));
        Bench {
            exercise,
            root,
            home,
            host,
            built: Built::default(),
            warm: None,
            interpreter: OnceLock::new(),
            tools: OnceLock::new(),
            library: OnceLock::new(),
        }
    }

    /// Keeps a Python warm, with the packages of the exercise imported. Where that fails,
    /// each subject is started fresh, and says then what is wrong.
    ///
    /// While there is nothing to judge yet, it forks subjects for so many checks.
    pub(crate) fn keep_warm(&mut self, checks: usize) {
        self.warm = self.warmed(checks);
    }

    fn warmed(&self, checks: usize) -> Option<Arc<Stock>> {
        let judge = Judge::new(self, Random::for_check(0, ""));
        let manifest = &self.exercise.manifest;
        let site = judge.site_packages().ok()?;
        let (python, tools) = (judge.interpreter().ok()?, judge.tools().ok()?);
        let folder = &self.exercise.dir;
        let warm = Warm::start(python, tools, folder, site.as_deref(), &manifest.python).ok()?;
        let subjects = match manifest.kind {
            // The subjects are the learner's programs, and no Python.
            Answered::Program => 0,
            _ => checks.min(MOST_IN_STOCK),
        };
        Some(Stock::of(warm, tools, folder, subjects))
    }

    /// Nobody asks for a subject any more. What waits is ended, and nobody waits for its end.
    pub(crate) fn cool(&self) {
        if let Some(stock) = &self.warm {
            stock.end();
        }
    }

    /// Takes what somebody else has built of this exercise.
    pub(crate) fn take(&mut self, exercise: Exercise, built: Built) {
        self.exercise = exercise;
        self.built = built;
        if self.warm.as_ref().is_some_and(|stock| !stock.open()) {
            self.warm = None;
        }
    }
}

/// What was built of an exercise by another than cargo.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Built {
    /// The shared library.
    library: Option<PathBuf>,
    /// The host program.
    host: Option<PathBuf>,
    /// The fingerprint of the learner's files before that: they may have been saved since.
    pub(crate) digest: Option<String>,
}

/// One check's judge.
pub struct Judge<'a> {
    bench: &'a Bench,
    /// Inputs for this check, from the run's seed.
    pub random: Random,
    counted_inside: Arc<AtomicBool>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(bench: &'a Bench, random: Random) -> Judge<'a> {
        Judge {
            bench,
            random,
            counted_inside: Arc::default(),
        }
    }

    /// Whether its verdict rests on what was counted inside a subject.
    pub(crate) fn counted_inside(&self) -> bool {
        self.counted_inside.load(Ordering::Relaxed)
    }

    /// The exercise's folder.
    pub fn folder(&self) -> &Path {
        &self.bench.exercise.dir
    }

    /// What the learner writes.
    pub(crate) fn kind(&self) -> Answered {
        self.bench.exercise.manifest.kind
    }

    /// The interpreter that subjects run.
    pub fn interpreter(&self) -> Verdict<&'a Interpreter> {
        let resolve = || {
            Interpreter::resolve(&self.bench.home)
                .map_err(|e| Failure::fault(e.to_string()).note("hint", e.hint()))
        };
        self.bench
            .interpreter
            .get_or_init(resolve)
            .as_ref()
            .map_err(Clone::clone)
    }

    /// A Python with nothing loaded.
    pub fn python(&self) -> Verdict<Subject> {
        let python = self.interpreter()?;
        let stock = self.bench.warm.as_ref();
        let mut subject = match stock.and_then(|stock| stock.subject()) {
            Some(subject) => subject?,
            None if through::is_asked_for() && std::env::var_os(WARM).is_some() => {
                return Err(Failure::fault("there is no warm Python in the jail"));
            }
            None => Subject::python(python, self.tools()?, self.folder())?,
        };
        subject.note_counts_in(&self.counted_inside);
        if let Some(site) = self.site_packages()? {
            subject.add_path(&site)?;
        }
        Ok(subject)
    }

    /// Where the packages are that the exercise declares, if it declares any.
    fn site_packages(&self) -> Verdict<Option<PathBuf>> {
        if self.bench.exercise.manifest.python.is_empty() {
            return Ok(None);
        }
        let mut say = |line: &str| eprintln!("{line}");
        let (python, home) = (self.interpreter()?, &self.bench.home);
        let environment = Environment::ensure(python, Packages::EXERCISES, home, &mut say)
            .map_err(|e| Failure::fault(e.to_string()).note("hint", e.hint()))?;
        // By the name that it has for everybody: a jail knows no other.
        let site = environment.site_packages();
        Ok(Some(
            site.canonicalize().unwrap_or_else(|_| site.to_owned()),
        ))
    }

    /// A Python that has imported what the learner wrote, under the exercise's
    /// own name: an extension module, or a Python file.
    pub fn module(&self) -> Verdict<Subject> {
        let mut subject = self.python()?;
        self.import(&mut subject)?;
        Ok(subject)
    }

    /// Imports what the learner wrote into a subject that was prepared for it.
    pub fn import(&self, subject: &mut Subject) -> Verdict {
        let slug = &self.bench.exercise.slug;
        match self.bench.exercise.manifest.kind {
            Answered::Python => subject.load_source(slug, &self.source()),
            Answered::CModule => {
                let path = self.compile_module(None)?;
                subject.load_extension(slug, &path)
            }
            _ => {
                let path = self.artefact()?;
                self.refuse_another_abi(&path)?;
                subject.load_extension(slug, &path)
            }
        }
    }

    /// A Python that has imported the learner's C module, compiled so that
    /// every C-API call in it can be made to fail.
    pub fn module_with_faults(&self) -> Verdict<Subject> {
        let header = self.bench.home.join("judge").join("faults.h");
        write_whole(&header, faults::HEADER)
            .map_err(|e| Failure::fault(format!("cannot write `{}`: {e}", header.display())))?;
        let path = self.compile_module(Some(&header))?;
        let mut subject = self.python()?;
        subject.load_extension(&self.bench.exercise.slug, &path)?;
        Ok(subject)
    }

    /// A Python that has opened the learner's Rust library with ctypes, as `lib`.
    pub fn library(&self) -> Verdict<Subject> {
        let mut subject = self.python()?;
        subject.load_library("lib", &self.artefact()?)?;
        Ok(subject)
    }

    /// The learner's host program, started and ready to be spoken to.
    pub fn program(&self) -> Verdict<Subject> {
        let host = self.bench.built.host.as_ref().or(self.bench.host.as_ref());
        let host = host.ok_or_else(|| Failure::fault("this exercise has no host program"))?;
        let mut subject = Subject::program(host, self.tools()?, self.folder())?;
        subject.note_counts_in(&self.counted_inside);
        Ok(subject)
    }

    /// What the learner's Rust library exports, seen from outside.
    pub fn exported_symbols(&self) -> Verdict<Vec<String>> {
        builder::exported_symbols(&self.artefact()?).map_err(build_failure)
    }

    /// The shared library that was made of the learner's crate: by cargo, unless somebody has
    /// brought one.
    pub fn artefact(&self) -> Verdict<PathBuf> {
        if let Some(brought) = &self.bench.built.library {
            return Ok(brought.clone());
        }
        let slug = &self.bench.exercise.slug;
        self.beside_me(&dynamic_library(slug)).ok_or_else(|| {
            Failure::fault(format!(
                "the library of `{slug}` is not where cargo puts it"
            ))
            .note("hint", format!("run `cargo test -p {slug}`"))
        })
    }

    /// The library that goes with the exercise: its C files compiled, loaded by
    /// the learner's code from this path.
    pub fn companion(&self) -> Verdict<PathBuf> {
        let make = || {
            let manifest = &self.bench.exercise.manifest;
            let sources: Vec<PathBuf> = manifest
                .library
                .iter()
                .map(|file| self.folder().join(file))
                .collect();
            let include: Vec<PathBuf> = sources
                .iter()
                .filter_map(|s| s.parent().map(Path::to_owned))
                .take(1)
                .collect();
            let stem = sources
                .first()
                .and_then(|s| s.file_stem())
                .and_then(|s| s.to_str())
                .unwrap_or("companion");
            let build = CBuild {
                name: &format!("lib{stem}"),
                sources: &sources,
                include: &include,
                forced_header: None,
                python: None,
                // What it compiles is ours.
                through: &[],
                deny_warnings: true,
            };
            build
                .run(&self.bench.home)
                .map(|built| built.path)
                .map_err(build_failure)
        };
        self.bench.library.get_or_init(make).clone()
    }

    /// A shared library of ours that cargo built as a dependency, such as `ink`.
    pub fn dependency(&self, name: &str) -> Verdict<PathBuf> {
        self.beside_me(&dynamic_library(name)).ok_or_else(|| {
            Failure::fault(format!(
                "the library `{name}` was not built beside this check"
            ))
        })
    }

    /// The one file that the learner edits.
    pub fn source(&self) -> PathBuf {
        let first = self.bench.exercise.editable_paths().next();
        first.expect("a manifest names at least one editable file")
    }

    fn compile_module(&self, faults: Option<&Path>) -> Verdict<PathBuf> {
        let python = self.interpreter()?;
        python
            .require_headers()
            .map_err(|e| Failure::fault(e.to_string()).note("hint", e.hint()))?;
        let sources: Vec<PathBuf> = self.bench.exercise.editable_paths().collect();
        let include: Vec<PathBuf> = sources
            .iter()
            .filter_map(|s| s.parent().map(Path::to_owned))
            .take(1)
            .collect();
        let through = through::words(through::COMPILER)
            .map_err(|e| Failure::fault(format!("cannot start the compiler: {e}")))?;
        let build = CBuild {
            through: &through,
            name: &self.bench.exercise.slug,
            sources: &sources,
            include: &include,
            forced_header: faults,
            python: Some(python),
            deny_warnings: std::env::var_os("BINDERY_DENY_WARNINGS").is_some(),
        };
        let built = build.run(&self.bench.home).map_err(build_failure)?;
        if faults.is_none() && !built.warnings.is_empty() {
            eprintln!("{}", built.warnings.trim_end());
        }
        Ok(built.path)
    }

    fn refuse_another_abi(&self, path: &Path) -> Verdict {
        let wanted = self.interpreter()?.abi().to_string();
        let slug = &self.bench.exercise.slug;
        match builder::stamped_abi(path).map_err(build_failure)? {
            Some(abi) if abi != wanted => Err(Failure::new(
                Kind::AbiMismatch,
                format!(
                    "cannot import `{slug}`: it was built for Python {abi}, and `{}` is {wanted}",
                    self.interpreter()?.executable().display()
                ),
            )
            .note(
                "hint",
                format!(
                    "run `cargo test -p {slug}` to build it again, with the same `PYO3_PYTHON`"
                ),
            )),
            _ => Ok(()),
        }
    }

    fn tools(&self) -> Verdict<&'a Tools> {
        let ready = || {
            let tools = Tools::ready(&self.bench.home)
                .map_err(|e| Failure::fault(format!("cannot prepare a subject: {e}")))?;
            if tools.probe.is_none() {
                return Err(Failure::fault(
                    "the judge's own library `probe` was not built beside this check",
                ));
            }
            Ok(tools)
        };
        self.bench
            .tools
            .get_or_init(ready)
            .as_ref()
            .map_err(Clone::clone)
    }

    /// Cargo puts the libraries of a test program into the folder it is in.
    /// (The copy one folder higher is not refreshed by `cargo test`.)
    fn beside_me(&self, file: &str) -> Option<PathBuf> {
        let path = std::env::current_exe().ok()?.parent()?.join(file);
        path.is_file().then_some(path)
    }
}

fn dynamic_library(name: &str) -> String {
    format!(
        "{}{name}{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    )
}

fn build_failure(error: BuildError) -> Failure {
    match &error {
        BuildError::Compile { messages, .. } => {
            Failure::new(Kind::Build, error.to_string()).note("the compiler says", messages.clone())
        }
        _ => Failure::fault(error.to_string()).note("hint", error.hint()),
    }
}
