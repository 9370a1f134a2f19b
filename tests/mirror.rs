//! A workspace of copies under `target/proof`, where any answer can be put into
//! any exercise. A learner's own files are read by nobody here.
//!
//! It has a target folder of its own: two crates of one name in one target
//! folder would overwrite each other's libraries.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock};

use builder::fast::{Built, Failed, Plan, Site};
use builder::{BuildError, CargoBuild, CheckPrograms, Colour, Running, target_folder};
use course::{Exercise, Solution};
use interpreter::Interpreter;

use grader::workshop::lay_out;

use crate::report::{Outcome, Report};

/// What is asked of an answer.
pub enum Asked<'a> {
    /// Every check, the hidden ones too where there are any, and no warning.
    Everything {
        /// Whether there are hidden ones.
        hidden: bool,
    },
    /// These checks alone: the others would not be looked at.
    Only(Vec<&'a str>),
}

impl Asked<'_> {
    /// The programs to run, and which of its checks, where it is one.
    fn programs(&self, exercise: &Exercise) -> Vec<(&'static str, Option<&str>)> {
        let is_visible = |name: &str| exercise.manifest.checks.iter().any(|c| c.name == name);
        match self {
            Asked::Everything { hidden: false } => vec![("checks", None)],
            Asked::Everything { hidden: true } => vec![("checks", None), ("hidden", None)],
            Asked::Only(names) => {
                let program = |name: &&str| if is_visible(name) { "checks" } else { "hidden" };
                names
                    .iter()
                    .map(|name| (program(name), Some(*name)))
                    .collect()
            }
        }
    }
}

/// How a check program is run.
#[derive(Clone, Copy, Default)]
struct Run<'a> {
    only: Option<&'a str>,
    deny_warnings: bool,
    python: Option<&'a Path>,
    /// What was built without cargo; the program then keeps a Python warm.
    brought: Option<&'a Built>,
}

/// The copies.
pub struct Mirror {
    root: PathBuf,
    folder: PathBuf,
    target: PathBuf,
    home: PathBuf,
    python: OnceLock<PathBuf>,
    /// Whether nothing on this machine keeps everybody from the quick way.
    goes_both_ways: bool,
    /// The same for all of a run, so that both ways are given the same.
    seed: u64,
    busy: Mutex<BTreeMap<String, Arc<Mutex<()>>>>,
    /// One proof at a time: held for as long as the copies are in use.
    _alone: File,
}

impl Mirror {
    /// Lays out the workspace around the copies.
    pub fn of(root: &Path) -> std::io::Result<Mirror> {
        let folder = target_folder(root, None).join("proof");
        std::fs::create_dir_all(&folder)?;
        let alone = File::create(folder.join("lock"))?;
        if alone.try_lock().is_err() {
            println!("waiting for another proof to end …");
            alone.lock()?;
        }
        let _ = std::fs::remove_dir_all(folder.join("exercises"));
        lay_out(root, &folder)?;
        let why = builder::fast::unusual(&folder);
        let goes_both_ways = why.is_none();
        if let Some(why) = why {
            println!("skipped: what `bindery check` does without cargo: {why}");
        }
        let target = folder.join("target");
        let home = target_folder(root, None).join("bindery");
        Ok(Mirror {
            root: root.to_owned(),
            folder,
            target,
            home,
            python: OnceLock::new(),
            goes_both_ways,
            seed: seed(),
            busy: Mutex::default(),
            _alone: alone,
        })
    }

    /// Copies an exercise, pristine, with the hidden checks beside the visible
    /// ones where there are any.
    pub fn copy(&self, exercise: &Exercise, solution: Option<&Solution>) -> std::io::Result<()> {
        let to = self.place(exercise);
        let hidden = solution.and_then(Solution::hidden_program);
        grader::workshop::copy(exercise, hidden.as_deref().and_then(Path::parent), &to)
    }

    /// Puts these files into the exercise's copy, builds it and runs its checks.
    pub fn try_answer(
        &self,
        exercise: &Exercise,
        files: &[(PathBuf, PathBuf)],
        asked: &Asked<'_>,
    ) -> Result<Report, String> {
        let turn = self.turn_of(exercise);
        let _turn = turn.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let place = self.place(exercise);
        for (from, relative) in files {
            let text = std::fs::read(from).map_err(|e| format!("{}: {e}", from.display()))?;
            // Written, not copied: the modification time has to be now.
            std::fs::write(place.join(relative), text)
                .map_err(|e| format!("{}: {e}", relative.display()))?;
        }
        if let Some(report) = self.quickly_alone(exercise, asked) {
            return report;
        }
        // Where there is a plan, the programs that nobody asks need not be linked anew.
        let planned = Plan::find(self.site()?, &exercise.slug).is_ok();
        let only: Vec<&str> = match planned {
            true => asked
                .programs(exercise)
                .into_iter()
                .map(|(name, _)| name)
                .collect(),
            false => Vec::new(),
        };
        let built = match self.build(exercise, &only) {
            Ok(built) => built,
            Err(BuildError::Compile { messages, .. }) => {
                let report = Report::DoesNotBuild(messages);
                return self.same_quickly(exercise, asked, report);
            }
            Err(BuildError::Cargo { what, messages }) => {
                return Err(format!("cargo could not build {what}:\n{messages}"));
            }
            Err(error) => return Err(error.to_string()),
        };
        let mut checks = BTreeMap::new();
        for (name, only) in asked.programs(exercise) {
            let program = built.program(name).map_err(|e| e.to_string())?;
            let how = Run {
                only,
                deny_warnings: matches!(asked, Asked::Everything { .. }),
                ..Run::default()
            };
            checks.extend(self.run(exercise, program, how)?);
        }
        if !planned && self.goes_both_ways {
            let recorded = Plan::record(self.site()?, &exercise.slug, &built);
            recorded.map_err(|why| format!("it cannot be built quickly: {why}"))?;
        }
        let warnings = built.warnings;
        self.same_quickly(exercise, asked, Report::Ran { checks, warnings })
    }

    fn build(&self, exercise: &Exercise, only: &[&str]) -> Result<CheckPrograms, BuildError> {
        let build = CargoBuild {
            root: &self.folder,
            slug: &exercise.slug,
            only,
            target: &self.target,
            python: None,
            colour: Colour::No,
        };
        build.run(&Running::together(), &mut |_| {})
    }

    fn site(&self) -> Result<Site<'_>, String> {
        if let Some(python) = self.python.get() {
            return Ok(self.site_for(python));
        }
        let python = Interpreter::resolve(&self.home).map_err(|e| e.to_string())?;
        let python = self.python.get_or_init(|| python.executable().to_owned());
        Ok(self.site_for(python))
    }

    fn site_for<'a>(&'a self, python: &'a Path) -> Site<'a> {
        Site {
            root: &self.folder,
            target: &self.target,
            home: &self.target,
            python,
        }
    }

    /// Where that is wanted (`PROOF_QUICK`) and there is a plan, what `bindery check` would
    /// do, and nothing by cargo. It is half the time; the verdicts are known to be the same.
    fn quickly_alone(
        &self,
        exercise: &Exercise,
        asked: &Asked<'_>,
    ) -> Option<Result<Report, String>> {
        std::env::var_os("PROOF_QUICK")?;
        let plan = Plan::find(self.site().ok()?, &exercise.slug).ok()?;
        Some(self.quickly(exercise, asked, &plan))
    }

    /// The report, if the quick way comes to the same.
    fn same_quickly(
        &self,
        exercise: &Exercise,
        asked: &Asked<'_>,
        report: Report,
    ) -> Result<Report, String> {
        if !self.goes_both_ways {
            return Ok(report);
        }
        let plan = match (Plan::find(self.site()?, &exercise.slug), &report) {
            (Ok(plan), _) => plan,
            // Nothing of it was ever built, and so there is only one way.
            (Err(_), Report::DoesNotBuild(_)) => return Ok(report),
            (Err(why), Report::Ran { .. }) => {
                return Err(format!("`bindery check` would ask cargo each time: {why}"));
            }
        };
        let quick = self.quickly(exercise, asked, &plan)?;
        match report.differs_from(&quick) {
            None => Ok(report),
            Some(how) => Err(format!("`bindery check` comes to something else: {how}")),
        }
    }

    /// As `bindery check` does it: the compiler alone, and subjects forked from a warm Python.
    fn quickly(
        &self,
        exercise: &Exercise,
        asked: &Asked<'_>,
        plan: &Plan,
    ) -> Result<Report, String> {
        let built = plan.build(self.site()?, Colour::No, &Running::together(), &mut |_| {});
        let built = match built {
            Ok(built) => built,
            Err(Failed::Refused(BuildError::Compile { messages, .. })) => {
                return Ok(Report::DoesNotBuild(messages));
            }
            Err(Failed::Refused(error)) => return Err(error.to_string()),
            Err(Failed::Unusual(why)) => return Err(format!("cargo would have to: {why}")),
        };
        let mut checks = BTreeMap::new();
        for (name, only) in asked.programs(exercise) {
            let program = plan.program(name).map_err(|e| e.to_string())?;
            let how = Run {
                only,
                deny_warnings: matches!(asked, Asked::Everything { .. }),
                brought: Some(&built),
                ..Run::default()
            };
            checks.extend(self.run(exercise, program, how)?);
        }
        let warnings = built.warnings;
        Ok(Report::Ran { checks, warnings })
    }

    /// One answer at a time in one folder, and one report; different exercises side by side.
    fn turn_of(&self, exercise: &Exercise) -> Arc<Mutex<()>> {
        let mut busy = self.busy.lock().expect("no trial panics here");
        busy.entry(exercise.slug.clone()).or_default().clone()
    }

    /// Runs the checks that were built last, under another Python.
    pub fn judge_under(
        &self,
        python: &Path,
        exercise: &Exercise,
    ) -> Result<BTreeMap<String, Outcome>, String> {
        let turn = self.turn_of(exercise);
        let _turn = turn.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let built = self.build(exercise, &[]).map_err(|e| e.to_string())?;
        let program = built.program("checks").map_err(|e| e.to_string())?;
        let how = Run {
            python: Some(python),
            ..Run::default()
        };
        self.run(exercise, program, how)
    }

    fn run(
        &self,
        exercise: &Exercise,
        program: &Path,
        how: Run<'_>,
    ) -> Result<BTreeMap<String, Outcome>, String> {
        let report = self.target.join(format!("{}.report.jsonl", exercise.slug));
        let _ = std::fs::remove_file(&report);
        let mut command = Command::new(program);
        command
            .current_dir(self.place(exercise))
            .env("CARGO_MANIFEST_DIR", self.place(exercise))
            .env("BINDERY_HOME", &self.home)
            .env("BINDERY_REPORT", &report)
            .env("BINDERY_SEED", self.seed.to_string())
            .env_remove("BINDERY_DENY_WARNINGS")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(only) = how.only {
            command.args([only, "--exact"]);
        }
        if how.deny_warnings {
            command.env("BINDERY_DENY_WARNINGS", "1");
        }
        if let Some(python) = how.python {
            command.env("PYO3_PYTHON", python);
        }
        if how.brought.is_some() {
            command.env("BINDERY_WARM", "1").stdin(Stdio::piped());
        }
        let not_run = |e: std::io::Error| format!("{}: {e}", program.display());
        let mut child = command.spawn().map_err(not_run)?;
        // Open until the end: a program that is judging leaves when nobody waits any more.
        let mut stdin = child.stdin.take();
        if let (Some(built), Some(stdin)) = (how.brought, &mut stdin) {
            let line = serde_json::json!({"library": built.library, "host": built.host});
            writeln!(stdin, "{line}").map_err(not_run)?;
        }
        let output = child.wait_with_output().map_err(not_run)?;
        let lines = std::fs::read_to_string(&report).map_err(|_| {
            format!(
                "no report:\n{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            )
        })?;
        lines.lines().map(Outcome::read).collect()
    }

    /// The workspace the copies were made from.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The workspace that the copies make.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The target folder of the copies.
    pub fn target(&self) -> &Path {
        &self.target
    }

    fn place(&self, exercise: &Exercise) -> PathBuf {
        self.folder.join("exercises").join(exercise.id())
    }
}

/// The seed that somebody gave, or one of this moment.
fn seed() -> u64 {
    let given = std::env::var("BINDERY_SEED").ok();
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed();
    let now = now.map_or(0, |now| now.as_nanos() as u64);
    given.and_then(|seed| seed.parse().ok()).unwrap_or(now)
}
