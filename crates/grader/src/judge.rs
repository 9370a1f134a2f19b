//! One answer, from its files to its judgement.
//!
//! The answer is put into a private copy of the exercise and compiled in a jail. Then our own
//! check programs judge it: they hold the expected values, stay outside, and put every process
//! of the student's into a jail (`oracle` is told how by `BINDERY_THROUGH` and its like). What such a process
//! prints or exits with earns nothing.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use builder::fast::{Built, Failed};
use builder::{BuildError, Running};
use interpreter::{Environment, Packages};
use sandbox::Children;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::error::GraderError;
use crate::jail::{Jail, View, parts_of};
use crate::model::{Checked, Judgement, MadeBy, Outcome, Status};
use crate::patience::{Cut, Patience};
use crate::steady::steady;
use crate::workshop::{Prepared, Workshop};

/// How long a compiler may take. A student's file takes a second at most.
const COMPILING: Duration = Duration::from_secs(60);
/// How long all checks of one program may take. Each has a shorter patience of its own.
const JUDGING: Duration = Duration::from_secs(600);
/// How much one answer may put on the disk while it is judged, in bytes.
const MOST_ROOM: u64 = 512 << 20;
/// How much of what a compiler or a check says is kept.
const MOST_WORDS: usize = 16 << 10;
/// The failures that say that time was over.
const OUT_OF_TIME: [&str; 2] = ["standstill", "endless"];

/// What answers are judged with.
pub struct Court<'a> {
    /// The exercises as we know them.
    pub workshop: &'a Workshop,
    /// What keeps strangers in.
    pub jail: Jail,
    /// For what belongs to one answer while it is judged.
    pub scratch: PathBuf,
    /// What the inputs of every check are made from.
    pub seed: u64,
    /// How a mark came about, but for the exercise.
    pub made_by: MadeBy,
    /// Whoever ends this ends the grading.
    pub running: &'a Running,
}

impl Court<'_> {
    /// What an answer comes to. With `only`, these checks alone are run.
    pub fn judge(
        &self,
        prepared: &Prepared,
        answer: &Answer,
        key: &str,
        only: Option<&str>,
    ) -> Result<Judgement, GraderError> {
        let case = tempfile::Builder::new()
            .prefix("case-")
            .tempdir_in(&self.scratch)
            .map_err(GraderError::file(&self.scratch))?;
        // Two names for one folder would be two places in a jail.
        let folder = case
            .path()
            .canonicalize()
            .map_err(GraderError::file(case.path()))?;
        let case = Case {
            court: self,
            prepared,
            place: folder.join("exercises").join(prepared.exercise.id()),
            folder,
        };
        let mut judgement = Judgement {
            exercise: prepared.exercise.slug.clone(),
            key: key.to_owned(),
            outcome: Outcome::Ran,
            compiler: String::new(),
            checks: Vec::new(),
            flags: Vec::new(),
            made_by: MadeBy {
                checks: prepared.digest.clone(),
                ..self.made_by.clone()
            },
        };
        case.lay_out(answer)?;
        let built = match case.build()? {
            Compiled::Made(built) => built,
            Compiled::Refused(messages) => {
                judgement.outcome = Outcome::DoesNotBuild;
                judgement.compiler = case.in_the_students_words(&messages);
                return Ok(judgement);
            }
            Compiled::TimedOut => {
                judgement.outcome = Outcome::BuildTimedOut;
                return Ok(judgement);
            }
            Compiled::Fault(why) => {
                judgement.outcome = Outcome::Error;
                judgement.compiler = case.in_the_students_words(&why);
                return Ok(judgement);
            }
        };
        judgement.compiler = case.in_the_students_words(&built.warnings);
        for (name, program) in &prepared.programs {
            let (lines, cut) = case.run(program, &built, only)?;
            case.read(&lines, name == "hidden", &mut judgement);
            if let Some(cut) = cut {
                case.fail_the_rest(name == "hidden", cut, only, &mut judgement);
            }
        }
        case.sum_up(only, &mut judgement);
        Ok(judgement)
    }
}

/// What came of the compiler's work.
enum Compiled {
    Made(Built),
    Refused(String),
    TimedOut,
    Fault(String),
}

/// One answer while it is judged: a folder that is nobody else's.
struct Case<'a> {
    court: &'a Court<'a>,
    prepared: &'a Prepared,
    folder: PathBuf,
    /// The exercise's folder in it.
    place: PathBuf,
}

impl Case<'_> {
    fn lay_out(&self, answer: &Answer) -> Result<(), GraderError> {
        let exercise = &self.prepared.exercise;
        let fail = GraderError::file(&self.place);
        let lay_out = || -> std::io::Result<()> {
            crate::workshop::copy_folder(&exercise.dir, &self.place)?;
            for path in &exercise.manifest.editable {
                std::fs::remove_file(self.place.join(path))?;
            }
            answer.write_into(exercise, &self.place)?;
            // The check program looks for the workbook that the exercise lies in.
            std::fs::write(self.folder.join("Cargo.toml"), "[workspace]\n")?;
            std::fs::create_dir_all(self.home().join("c"))?;
            std::fs::create_dir_all(self.home().join("judge"))?;
            std::fs::create_dir_all(self.made())?;
            std::fs::create_dir_all(self.checks_own())?;
            self.share_the_home()
        };
        lay_out().map_err(fail)
    }

    /// Private, but for what nobody in a jail can write to: Python environments, and what is
    /// known of the interpreter.
    fn share_the_home(&self) -> std::io::Result<()> {
        let shared = &self.court.workshop.home;
        for entry in std::fs::read_dir(shared)?.flatten() {
            let name = entry.file_name();
            let text = name.to_string_lossy();
            if text.starts_with("interpreter-") || text == "env" {
                std::os::unix::fs::symlink(entry.path(), self.home().join(&name))?;
            }
        }
        Ok(())
    }

    fn build(&self) -> Result<Compiled, GraderError> {
        let (view_needs, view_answer) = (self.needs(), self.answer());
        let view = View {
            needs: &view_needs,
            answer: &view_answer,
            tools: &[],
        };
        let made = [self.made()];
        let through =
            self.court
                .jail
                .for_compiler(&view, &made, &self.folder.join("compiler.json"))?;
        let running = Running::apart();
        let patience = Patience {
            time: COMPILING,
            room: Some((&self.folder, MOST_ROOM)),
        };
        let (built, cut) = patience.with(&running, self.court.running, || {
            let plan = &self.prepared.plan;
            plan.build_apart(&self.folder, &self.made(), &through, &running)
        })?;
        match cut {
            Some(Cut::Late) => return Ok(Compiled::TimedOut),
            Some(Cut::Large) => {
                return Ok(Compiled::Refused(
                    "the compiler made more than there is room for\n".to_owned(),
                ));
            }
            None => {}
        }
        Ok(match built {
            Ok(built) => Compiled::Made(built),
            Err(Failed::Refused(BuildError::Compile { messages, .. })) => {
                Compiled::Refused(messages)
            }
            Err(Failed::Refused(other)) => Compiled::Fault(other.to_string()),
            Err(Failed::Unusual(why)) => Compiled::Fault(why.to_string()),
        })
    }

    /// Runs one of our check programs, and gives what it wrote down.
    fn run(
        &self,
        program: &Path,
        built: &Built,
        only: Option<&str>,
    ) -> Result<(Vec<Value>, Option<Cut>), GraderError> {
        let report = self.folder.join("report.jsonl");
        let _ = std::fs::remove_file(&report);
        let mut command = Command::new(program);
        command
            .arg("--test-threads=1")
            .current_dir(&self.place)
            .env("CARGO_MANIFEST_DIR", &self.place)
            .env("BINDERY_HOME", self.home())
            .env("BINDERY_REPORT", &report)
            // What a check makes for its subjects has to be where they can see it.
            .env("TMPDIR", self.checks_own())
            .env("BINDERY_SEED", self.court.seed.to_string())
            .env("BINDERY_WARM", "1")
            .env("PYO3_PYTHON", self.court.workshop.python.executable())
            .env_remove("BINDERY_DENY_WARNINGS")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let first = self
            .prepared
            .programs
            .first()
            .map(|(_, first)| first.as_path());
        match only {
            Some(only) => {
                command.args([only, "--exact"]);
            }
            // Once for an answer is enough.
            None if first == Some(program) => {
                command.env("BINDERY_TRIPWIRES", "1");
            }
            None => {}
        }
        for (name, through) in [
            // A program of the student's is confined itself, a warm Python confines what it forks.
            (
                "BINDERY_THROUGH",
                self.through_for_subjects(program, Children::Untrusted)?,
            ),
            (
                "BINDERY_THROUGH_WARM",
                self.through_for_subjects(program, Children::Forked)?,
            ),
            ("BINDERY_THROUGH_COMPILER", self.through_for_cc()?),
        ] {
            command.env_remove(name);
            if !through.is_empty() {
                let words: Vec<_> = through.iter().map(|w| w.to_string_lossy()).collect();
                command.env(name, json!(words).to_string());
            }
        }
        let running = Running::apart();
        let started = running.spawn(&mut command);
        let mut child = started.map_err(GraderError::file(program))?;
        // Open until the end: it leaves when nobody waits for its verdicts any more.
        let mut stdin = child.stdin.take();
        let line = json!({"library": built.library, "host": built.host});
        if let Some(stdin) = &mut stdin {
            let _ = writeln!(stdin, "{line}");
        }
        let patience = Patience {
            time: JUDGING,
            room: Some((&self.folder, MOST_ROOM)),
        };
        let (_, cut) = patience.with(&running, self.court.running, || {
            let _ = running.wait(&mut child);
        })?;
        let text = std::fs::read_to_string(&report).unwrap_or_default();
        let lines = text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        Ok((lines.collect(), cut))
    }

    fn through_for_subjects(
        &self,
        program: &Path,
        children: Children,
    ) -> Result<Vec<OsString>, GraderError> {
        let mut needs = self.needs();
        needs.extend(parts_of(&self.court.workshop.python));
        needs.extend(self.site_packages()?);
        let answer = self.answer();
        let tools = self.tools(program);
        let view = View {
            needs: &needs,
            answer: &answer,
            tools: &tools,
        };
        let made = [self.made(), self.home().join("c")];
        let name = match children {
            Children::Untrusted => "subject.json",
            Children::Forked => "warm.json",
        };
        let file = self.folder.join(name);
        let given = [self.checks_own()];
        let jail = &self.court.jail;
        jail.for_subjects(&view, &made, &given, children, &file)
    }

    fn through_for_cc(&self) -> Result<Vec<OsString>, GraderError> {
        let needs = parts_of(&self.court.workshop.python);
        let answer = self.answer();
        let tools = [self.home().join("judge")];
        let view = View {
            needs: &needs,
            answer: &answer,
            tools: &tools,
        };
        let file = self.folder.join("cc.json");
        let made = [self.home().join("c")];
        self.court.jail.for_compiler(&view, &made, &file)
    }

    fn site_packages(&self) -> Result<Option<PathBuf>, GraderError> {
        if self.prepared.exercise.manifest.python.is_empty() {
            return Ok(None);
        }
        let workshop = self.court.workshop;
        let (python, home) = (&workshop.python, &workshop.home);
        let environment = Environment::ensure(python, Packages::EXERCISES, home, &mut |_| {})
            .map_err(|e| GraderError::exercise(&self.prepared.exercise.slug, e))?;
        Ok(Some(environment.root().to_owned()))
    }

    /// The judge's driver, and the libraries that lie beside a check program: the probe, and
    /// what exercises are given. Not the check programs, which know what is expected.
    fn tools(&self, program: &Path) -> Vec<PathBuf> {
        let mut tools = vec![self.home().join("judge")];
        let beside = program.parent().and_then(|folder| folder.read_dir().ok());
        let libraries = beside.into_iter().flatten().flatten().map(|e| e.path());
        let ending = Some(std::ffi::OsStr::new(std::env::consts::DLL_EXTENSION));
        tools.extend(libraries.filter(|path| {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            // Those with a hash in their names are macros that compilers load.
            path.extension() == ending && !stem.contains('-')
        }));
        tools
    }

    fn needs(&self) -> Vec<PathBuf> {
        self.prepared.plan.needs()
    }

    /// The exercise as the student has it, without the checks.
    fn answer(&self) -> Vec<PathBuf> {
        let entries = self.place.read_dir().into_iter().flatten().flatten();
        let ours = ["tests", "starter", "hints.md", "exercise.toml"];
        let shown = entries.filter(|entry| !ours.iter().any(|name| entry.file_name() == *name));
        shown.map(|entry| entry.path()).collect()
    }

    fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    /// Where checks put what they make for their subjects.
    fn checks_own(&self) -> PathBuf {
        self.folder.join("given")
    }

    fn made(&self) -> PathBuf {
        self.folder.join("made")
    }

    /// What a check program wrote down, as checks of the judgement.
    fn read(&self, lines: &[Value], hidden: bool, judgement: &mut Judgement) {
        for line in lines {
            if let Some(what) = line["tripwire"].as_str() {
                if line["tripped"] == true {
                    judgement.flags.push(what.to_owned());
                }
                continue;
            }
            let text = |key: &str| line[key].as_str().map(|t| self.in_the_students_words(t));
            let kind = text("kind").unwrap_or_default();
            let status = match line["status"].as_str() {
                Some("passed") => Status::Passed,
                Some("failed") if OUT_OF_TIME.contains(&kind.as_str()) => Status::TimedOut,
                Some("failed") => Status::Failed,
                _ => Status::Error,
            };
            let notes = line["notes"].as_array().into_iter().flatten();
            let notes = notes.filter_map(|note| {
                let part = |n: usize| Some(self.in_the_students_words(note[n].as_str()?));
                Some((part(0)?, part(1)?))
            });
            judgement.checks.push(Checked {
                name: text("check").unwrap_or_default(),
                claim: text("claim").unwrap_or_default(),
                points: line["points"].as_u64().unwrap_or_default() as u32,
                hidden,
                status,
                kind,
                message: text("message").unwrap_or_default(),
                expected: text("expected"),
                got: text("got"),
                notes: notes.collect(),
                counted_inside: line["counted_inside"] == true,
                retried: false,
            });
        }
    }

    /// The checks that came to nothing since their program was ended: that was the answer's doing.
    fn fail_the_rest(&self, hidden: bool, cut: Cut, only: Option<&str>, judgement: &mut Judgement) {
        for (spec, _) in self.prepared.checks.iter().filter(|(_, it)| *it == hidden) {
            let known = judgement.checks.iter().any(|check| check.name == spec.name);
            if known || only.is_some_and(|only| only != spec.name) {
                continue;
            }
            let (status, message) = match cut {
                Cut::Late => (Status::TimedOut, "time was over before this check was done"),
                Cut::Large => (Status::Failed, "it wrote more than there is room for"),
            };
            judgement.checks.push(Checked {
                name: spec.name.clone(),
                claim: spec.claim.clone(),
                points: spec.points,
                hidden,
                status,
                kind: "cut-off".to_owned(),
                message: message.to_owned(),
                expected: None,
                got: None,
                notes: Vec::new(),
                counted_inside: false,
                retried: false,
            });
        }
    }

    /// Sees that every check has an outcome: one that nobody heard of is our fault.
    fn sum_up(&self, only: Option<&str>, judgement: &mut Judgement) {
        let wanted = self.prepared.checks.iter();
        let wanted = wanted.filter(|(spec, _)| only.is_none_or(|only| only == spec.name));
        for (spec, _) in wanted {
            if !judgement.checks.iter().any(|c| c.name == spec.name) {
                judgement.outcome = Outcome::Error;
                judgement.compiler = format!("`{}` came to no verdict", spec.name);
            }
        }
        if judgement.checks.iter().any(|c| c.status == Status::Error) {
            judgement.outcome = Outcome::Error;
        }
        // A C file is compiled by the judge, once for all checks.
        let refused = judgement.checks.iter().find(|c| c.kind == "build");
        if let Some(check) = refused {
            let words = check.notes.iter().map(|(_, text)| text.as_str());
            judgement.compiler = std::iter::once(check.message.as_str())
                .chain(words)
                .collect::<Vec<_>>()
                .join("\n");
            judgement.outcome = Outcome::DoesNotBuild;
        }
    }

    /// Without the folder of this one run, and not longer than anybody reads.
    fn in_the_students_words(&self, text: &str) -> String {
        let own = self.folder.to_string_lossy();
        let text = text.replace(&*own, "").replace("/exercises/", "exercises/");
        let mut text = steady(&text);
        if text.len() > MOST_WORDS {
            let end = (0..=MOST_WORDS).rev().find(|&at| text.is_char_boundary(at));
            text.truncate(end.unwrap_or_default());
            text.push_str(" […]");
        }
        text
    }
}
