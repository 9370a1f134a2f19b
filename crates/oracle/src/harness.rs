//! The check program: what `cargo test -p NAME` runs.
//!
//! Names, filters and output are libtest's, by `libtest-mimic`. Beside them it
//! keeps the learner's progress, and when somebody asks (`BINDERY_REPORT` names
//! a descriptor) it writes one line of JSON for each check.
//!
//! `bindery` starts it before it compiles (`BINDERY_WARM`), so that a Python is warm when there
//! is something to judge: a line of JSON on standard input then says what was built. When
//! standard input ends after that, nobody is waiting for the verdicts any more.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use course::{CheckResult, CheckSpec, Course, Exercise, Progress};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Value as Json, json};

use crate::exercise::{Bench, Built, Judge};
use crate::random::{Random, seed};
use crate::tripwires;
use crate::verdict::{Kind, Verdict};

/// Names the descriptor for the report.
pub const REPORT: &str = "BINDERY_REPORT";

/// Says that what is judged is not built yet, and that standard input will tell.
pub const WARM: &str = "BINDERY_WARM";

/// Asks for the tripwires too.
pub const TRIPWIRES: &str = "BINDERY_TRIPWIRES";

/// The exit code where whoever asked has gone before there was a verdict.
const NOBODY_WAITS: u8 = 3;

/// A check: a claim about what the learner built.
pub type Check = fn(&mut Judge<'_>) -> Verdict;

/// The checks of an exercise, on their way to being run.
pub struct Checks {
    folder: PathBuf,
    host: Option<PathBuf>,
    program: String,
    checks: Vec<(&'static str, Check)>,
}

/// The exercise whose `tests/` folder this is written in.
#[macro_export]
macro_rules! exercise {
    () => {
        $crate::Checks::of(
            env!("CARGO_MANIFEST_DIR"),
            option_env!(concat!("CARGO_BIN_EXE_", env!("CARGO_PKG_NAME"))),
            env!("CARGO_CRATE_NAME"),
        )
    };
}

impl Checks {
    #[doc(hidden)]
    pub fn of(folder: &str, host: Option<&str>, program: &str) -> Checks {
        // Where cargo, or whoever started us, says the exercise is now; it may
        // have moved since this was compiled.
        let now = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let folder = now
            .filter(|now| now.join("exercise.toml").is_file())
            .unwrap_or_else(|| folder.into());
        Checks {
            folder,
            host: host.map(PathBuf::from),
            program: program.to_owned(),
            checks: Vec::new(),
        }
    }

    /// Adds a check. Its claim and its points stand in the manifest.
    pub fn check(mut self, name: &'static str, check: Check) -> Checks {
        self.checks.push((name, check));
        self
    }

    /// Runs what the command line asks for.
    pub fn run(self) -> ExitCode {
        match self.try_run() {
            Ok(code) => code,
            Err(why) => {
                eprintln!("error: {why}");
                ExitCode::from(2)
            }
        }
    }

    fn try_run(self) -> Result<ExitCode, String> {
        let arguments = Arguments::from_args();
        let root = Course::find_root(&self.folder).map_err(|e| e.to_string())?;
        let mut bench = Bench::new(self.open()?, root, self.host.clone());
        let mut judged = None;
        if std::env::var_os(WARM).is_some() {
            bench.keep_warm(self.checks.len());
            let Some(built) = wait_for_the_build()? else {
                // Nothing was judged, and nothing has passed.
                return Ok(ExitCode::from(NOBODY_WAITS));
            };
            leave_when_nobody_waits();
            judged.clone_from(&built.digest);
            bench.take(self.open()?, built);
        }
        let specs = self.specs(&bench.exercise)?;
        let now = || bench.exercise.digest().map_err(|e| e.to_string());
        let digest = judged.map_or_else(now, Ok)?;
        let learner = self.program == "checks";
        let bench = Arc::new(bench);
        let seed = seed();
        let results: Arc<Mutex<BTreeMap<String, Verdict>>> = Arc::default();
        let inside: Arc<Mutex<BTreeSet<String>>> = Arc::default();
        let trials = self.checks.into_iter().map(|(name, check)| {
            let (bench, results, inside) = (bench.clone(), results.clone(), inside.clone());
            Trial::test(name, move || {
                let mut judge = Judge::new(&bench, Random::for_check(seed, name));
                let verdict = check(&mut judge);
                let said = verdict
                    .as_ref()
                    .map(|_| ())
                    .map_err(|f| Failed::from(indented(f, seed)));
                if judge.counted_inside() {
                    let mut inside = inside.lock().expect("no check panics while it holds this");
                    inside.insert(name.to_owned());
                }
                results
                    .lock()
                    .expect("no check panics while it holds this")
                    .insert(name.to_owned(), verdict);
                said
            })
        });
        let conclusion = libtest_mimic::run(&arguments, trials.collect());
        let tripwires = match std::env::var_os(TRIPWIRES) {
            Some(_) => {
                let mut judge = Judge::new(&bench, Random::for_check(seed, TRIPWIRES));
                tripwires::walk(&mut judge)
            }
            None => Vec::new(),
        };
        bench.cool();
        let results = results.lock().expect("every check has ended");
        let inside = inside.lock().expect("every check has ended");
        let mut lines = lines(&specs, &results, &inside, seed);
        lines.extend(tripwires);
        report(&lines)?;
        if learner && !results.is_empty() {
            record(&bench, &digest, &specs, &results);
        }
        if results
            .values()
            .any(|verdict| matches!(verdict, Err(f) if f.kind == Kind::Fault))
        {
            return Ok(ExitCode::from(2));
        }
        Ok(ExitCode::from(u8::from(conclusion.has_failed())))
    }

    fn open(&self) -> Result<Exercise, String> {
        Exercise::open(&self.folder).map_err(|e| format!("{e}\n\nhint: {}", e.hint()))
    }

    /// The manifest's word on each check, in the order they are run here.
    fn specs(&self, exercise: &Exercise) -> Result<Vec<CheckSpec>, String> {
        let specs = match self.program.as_str() {
            "checks" => exercise.manifest.checks.clone(),
            _ => course::hidden_checks(&self.folder.join("tests"), &exercise.manifest.checks)
                .map_err(|e| e.to_string())?,
        };
        let declared: Vec<&str> = specs.iter().map(|s| s.name.as_str()).collect();
        let written: Vec<&str> = self.checks.iter().map(|(name, _)| *name).collect();
        if declared != written {
            return Err(format!(
                "`{}` declares the checks {declared:?}, and its check program has {written:?}",
                exercise.id()
            ));
        }
        Ok(specs)
    }
}

/// What was built, once somebody says so; nothing if nobody will.
fn wait_for_the_build() -> Result<Option<Built>, String> {
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    match read.map_err(|e| format!("nothing can be read from standard input: {e}"))? {
        0 => Ok(None),
        _ => serde_json::from_str(&line)
            .map(Some)
            .map_err(|e| format!("standard input does not say what was built: {e}")),
    }
}

/// Ends this program, and with it every subject, when whoever started it has gone.
fn leave_when_nobody_waits() {
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(NOBODY_WAITS.into());
    });
}

fn indented(failure: &crate::Failure, seed: u64) -> String {
    match failure.kind {
        Kind::WrongValue | Kind::WrongError => {
            format!("{failure}\n\n  (inputs of this run: BINDERY_SEED={seed})")
        }
        _ => failure.to_string(),
    }
}

fn lines(
    specs: &[CheckSpec],
    results: &BTreeMap<String, Verdict>,
    inside: &BTreeSet<String>,
    seed: u64,
) -> Vec<Json> {
    let mut lines = Vec::new();
    for spec in specs {
        let Some(verdict) = results.get(&spec.name) else {
            continue;
        };
        let mut line = json!({
            "check": spec.name,
            "claim": spec.claim,
            "points": spec.points,
            "status": match verdict {
                Ok(()) => "passed",
                Err(failure) if failure.kind == Kind::Fault => "error",
                Err(_) => "failed",
            },
            "seed": seed,
            "counted_inside": inside.contains(&spec.name),
        });
        if let Err(failure) = verdict {
            line["kind"] = failure.kind.name().into();
            line["message"] = failure.message.as_str().into();
            line["expected"] = json!(failure.expected);
            line["got"] = json!(failure.got);
            line["notes"] = json!(failure.notes);
        }
        lines.push(line);
    }
    lines
}

fn report(lines: &[Json]) -> Result<(), String> {
    let Some(path) = std::env::var_os(REPORT) else {
        return Ok(());
    };
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let write = || -> std::io::Result<()> {
        let mut to = open_report(Path::new(&path))?;
        to.write_all(text.as_bytes())
    };
    write().map_err(|e| {
        format!(
            "cannot write the report to `{}`: {e}",
            Path::new(&path).display()
        )
    })
}

/// A number is a descriptor that was left open for us, anything else a file.
fn open_report(path: &Path) -> std::io::Result<std::fs::File> {
    match path.to_str().and_then(|text| text.parse::<u32>().ok()) {
        Some(number) => std::fs::OpenOptions::new()
            .write(true)
            .open(format!("/dev/fd/{number}")),
        None => std::fs::File::create(path),
    }
}

fn record(bench: &Bench, digest: &str, specs: &[CheckSpec], results: &BTreeMap<String, Verdict>) {
    let outcome = |spec: &CheckSpec| {
        let verdict = results.get(&spec.name)?;
        // The judge's own fault says nothing about the learner's work.
        if matches!(verdict, Err(f) if f.kind == Kind::Fault) {
            return None;
        }
        Some(CheckResult {
            name: spec.name.clone(),
            points: spec.points,
            passed: verdict.is_ok(),
            message: verdict.as_ref().err().map(|f| f.message.clone()),
            ..CheckResult::default()
        })
    };
    let checks: Vec<CheckResult> = specs.iter().filter_map(outcome).collect();
    if checks.is_empty() {
        return;
    }
    if let Err(error) = Progress::record(&bench.root, &bench.exercise, digest, checks) {
        eprintln!("note: the result was not kept: {error}");
    }
}
