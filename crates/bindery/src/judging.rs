//! What an exercise comes to: it is built, and its check program run. The command `check`
//! and the screen of `watch` ask here, and print what came of it each in its own way.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use builder::fast::{Built, Failed, Plan, Site, Why};
use builder::{BuildError, Colour, Running, build_checks, target_folder};
use course::Exercise;
use interpreter::Interpreter;
use serde_json::{Value, json};

use crate::screen::here;
use crate::trouble::Trouble;

/// How somebody wants an exercise judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asking {
    /// Whether the compiler's messages are to be coloured.
    pub coloured: bool,
    /// Whether `progress` is to hear how it is built, and why.
    pub verbose: bool,
}

/// What one exercise came to.
#[derive(Clone, Debug)]
pub enum Judged {
    /// Its checks were run.
    Ran {
        /// What became of each, in their order.
        checks: Vec<Checked>,
        /// What the compiler said of the learner's code.
        warnings: String,
        /// What the check program said beside its verdicts.
        said: String,
    },
    /// The compiler refused it, in these words.
    DoesNotBuild(String),
}

/// What became of one check.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its name in the check program.
    pub name: String,
    /// What it claims of the learner's answer.
    pub claim: String,
    /// What it is worth.
    pub points: u64,
    /// Whether it passed.
    pub status: Status,
    /// What went wrong, in a sentence; empty for one that passed.
    pub message: String,
    /// What should have come, where it can be said.
    pub expected: Option<String>,
    /// What came.
    pub got: Option<String>,
    /// More to know, each with a title: stacks, what was printed, compilers' words.
    pub notes: Vec<(String, String)>,
    /// All of it, as the check program wrote it down.
    pub record: Value,
}

/// Whether a check passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It holds.
    Passed,
    /// The answer is wrong.
    Failed,
    /// The judge could not say: never the learner's fault.
    Error,
}

impl Judged {
    /// The exit code that says it: 0 for right, 1 for wrong, 2 for the judge's own fault.
    pub fn code(&self) -> u8 {
        match self {
            Judged::DoesNotBuild(_) => 1,
            Judged::Ran { checks, .. } if checks.iter().any(|c| c.status == Status::Error) => 2,
            Judged::Ran { checks, .. } => {
                u8::from(checks.iter().any(|c| c.status != Status::Passed))
            }
        }
    }

    /// The points of the checks that passed.
    pub fn points(&self) -> u64 {
        match self {
            Judged::DoesNotBuild(_) => 0,
            Judged::Ran { checks, .. } => {
                let passed = checks.iter().filter(|c| c.status == Status::Passed);
                passed.map(|c| c.points).sum()
            }
        }
    }

    /// For programs.
    pub fn in_json(&self, exercise: &Exercise) -> Value {
        let (status, compiler, checks) = match self {
            Judged::DoesNotBuild(messages) => ("does-not-build", messages, Vec::new()),
            Judged::Ran {
                checks, warnings, ..
            } => (
                ["passed", "failed", "error"][usize::from(self.code())],
                warnings,
                checks.iter().map(|check| check.record.clone()).collect(),
            ),
        };
        json!({
            "id": exercise.id(),
            "slug": exercise.slug,
            "title": exercise.manifest.title,
            "status": status,
            "points": self.points(),
            "max_points": exercise.total_points(),
            "compiler": compiler,
            "checks": checks,
        })
    }
}

impl Checked {
    pub fn read(line: &str) -> Option<Checked> {
        let record: Value = serde_json::from_str(line).ok()?;
        let text = |key: &str| record[key].as_str().map(str::to_owned);
        let notes = record["notes"].as_array().into_iter().flatten();
        let notes =
            notes.filter_map(|n| Some((n[0].as_str()?.to_owned(), n[1].as_str()?.to_owned())));
        Some(Checked {
            name: text("check")?,
            claim: text("claim")?,
            points: record["points"].as_u64().unwrap_or_default(),
            status: match record["status"].as_str()? {
                "passed" => Status::Passed,
                "failed" => Status::Failed,
                _ => Status::Error,
            },
            message: text("message").unwrap_or_default(),
            expected: text("expected"),
            got: text("got"),
            notes: notes.collect(),
            record,
        })
    }
}

/// Builds an exercise and has it judged. `progress` hears what is going on; whoever holds
/// `running` can end it, and then what comes back means nothing.
pub fn judge(
    root: &Path,
    exercise: &Exercise,
    asking: Asking,
    running: &Running,
    progress: &mut (dyn FnMut(&str) + Send),
) -> Result<Judged, Trouble> {
    refuse_without_files(exercise)?;
    let place = Place::of(root)?;
    let slug = &exercise.slug;
    let colour = match asking.coloured {
        true => Colour::Yes,
        false => Colour::No,
    };
    let say = |how: &str| {
        if asking.verbose {
            eprintln!("note: {how}");
        }
    };
    progress(&format!("building {slug} …"));
    match quickly(&place, exercise, colour, running, progress) {
        Ok(judged) => {
            say(&format!("`{slug}` was built by `rustc`, called directly"));
            return judged;
        }
        Err(why) => say(&format!("cargo builds `{slug}`: {why}")),
    }
    let built = build_checks(
        root,
        slug,
        &place.target,
        place.named.as_deref(),
        colour,
        running,
        &mut |line| progress(&format!("building {slug}: {line}")),
    );
    let built = match built {
        Ok(built) => built,
        Err(BuildError::Compile { messages, .. }) => return Ok(Judged::DoesNotBuild(messages)),
        Err(other) => return Err(other.into()),
    };
    let program = built.program("checks")?;
    if let Err(why) = Plan::record(place.site(), slug, &built) {
        say(&format!(
            "the next time cargo will build `{slug}`, too: {why}"
        ));
    }
    progress(&format!("judging {slug} …"));
    let started = Started::new(&place, exercise, program, running, Waits::ForNothing)?;
    started.judged(running, built.warnings)
}

/// Without cargo, where there is a plan for it. While the compiler works, the check program
/// gets a Python ready.
fn quickly(
    place: &Place<'_>,
    exercise: &Exercise,
    colour: Colour,
    running: &Running,
    progress: &mut (dyn FnMut(&str) + Send),
) -> Result<Result<Judged, Trouble>, Why> {
    let plan = Plan::find(place.site(), &exercise.slug)?;
    let started = plan.program("checks").map_err(Trouble::from);
    let started = started
        .and_then(|program| Started::new(place, exercise, program, running, Waits::ForTheBuild));
    let mut started = match started {
        Ok(started) => started,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let built = match plan.build(place.site(), colour, running) {
        Ok(built) => built,
        Err(failed) => {
            started.never_mind(running);
            return match failed {
                Failed::Refused(error) => Ok(match error {
                    BuildError::Compile { messages, .. } => Ok(Judged::DoesNotBuild(messages)),
                    other => Err(other.into()),
                }),
                Failed::Unusual(why) => Err(why),
            };
        }
    };
    progress(&format!("judging {} …", exercise.slug));
    started.tell(&built);
    Ok(started.judged(running, built.warnings))
}

/// Where an exercise is built, and for which Python.
struct Place<'a> {
    root: &'a Path,
    target: PathBuf,
    home: PathBuf,
    python: Interpreter,
    /// The Python that somebody named, by its real path.
    named: Option<PathBuf>,
}

impl Place<'_> {
    fn of(root: &Path) -> Result<Place<'_>, Trouble> {
        let home = target_folder(root, None).join("bindery");
        let python = Interpreter::resolve(&home)?;
        // A Python of the user's choice has a target folder of its own; the usual
        // one shares cargo's, so that `cargo test` finds everything built.
        let chosen = std::env::var_os("PYO3_PYTHON").is_some_and(|p| !p.is_empty());
        let tag = chosen.then(|| python.tag());
        Ok(Place {
            root,
            target: target_folder(root, tag.as_deref()),
            home,
            named: chosen.then(|| python.executable().to_owned()),
            python,
        })
    }

    fn site(&self) -> Site<'_> {
        Site {
            root: self.root,
            target: &self.target,
            home: &self.home,
            python: self.python.executable(),
        }
    }
}

/// Whether a check program is started before there is anything to judge.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waits {
    ForTheBuild,
    ForNothing,
}

/// A check program at work, or waiting for something to judge.
struct Started {
    child: Child,
    report: tempfile::NamedTempFile,
    slug: String,
}

impl Started {
    fn new(
        place: &Place<'_>,
        exercise: &Exercise,
        program: &Path,
        running: &Running,
        waits: Waits,
    ) -> Result<Started, Trouble> {
        let fault =
            |what: &str, e: std::io::Error| Trouble::new(format!("{what}: {e}"), "try again");
        let report =
            tempfile::NamedTempFile::new().map_err(|e| fault("no room for the report", e))?;
        let mut command = Command::new(program);
        command
            .current_dir(&exercise.dir)
            .env("CARGO_MANIFEST_DIR", &exercise.dir)
            .env("BINDERY_HOME", &place.home)
            .env("BINDERY_REPORT", report.path())
            .stdin(match waits {
                Waits::ForTheBuild => Stdio::piped(),
                Waits::ForNothing => Stdio::null(),
            })
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        if let Some(python) = &place.named {
            command.env("PYO3_PYTHON", python);
        }
        if waits == Waits::ForTheBuild {
            command.env("BINDERY_WARM", "1");
        }
        let child = running
            .spawn(&mut command)
            .map_err(|e| fault("the check program does not start", e))?;
        Ok(Started {
            child,
            report,
            slug: exercise.slug.clone(),
        })
    }

    /// Tells it what was built.
    fn tell(&mut self, built: &Built) {
        if let Some(mut stdin) = self.child.stdin.take() {
            let line = json!({"library": built.library, "host": built.host});
            // One that has died is seen when its report is read.
            let _ = writeln!(stdin, "{line}");
        }
    }

    /// There is nothing to judge after all.
    fn never_mind(mut self, running: &Running) {
        drop(self.child.stdin.take());
        let _ = self.child.kill();
        let _ = running.wait(&mut self.child);
    }

    /// Waits for its verdicts.
    fn judged(mut self, running: &Running, warnings: String) -> Result<Judged, Trouble> {
        let stderr = self.child.stderr.take().expect("it was piped");
        let said = std::io::read_to_string(stderr).unwrap_or_default();
        let _ = running.wait(&mut self.child);
        let lines = std::fs::read_to_string(self.report.path()).unwrap_or_default();
        let checks: Vec<Checked> = lines.lines().filter_map(Checked::read).collect();
        if checks.is_empty() {
            let slug = &self.slug;
            let said = said.trim_end();
            return Err(Trouble::new(
                format!("the check program of `{slug}` came to no verdict\n\n{said}"),
                format!("run `cargo test -p {slug}` to see more"),
            ));
        }
        Ok(Judged::Ran {
            checks,
            warnings,
            said,
        })
    }
}

fn refuse_without_files(exercise: &Exercise) -> Result<(), Trouble> {
    let Some(file) = exercise.deleted_paths().into_iter().next() else {
        return Ok(());
    };
    let relative = file.strip_prefix(&exercise.dir).unwrap_or(&file);
    Err(Trouble::new(
        format!(
            "`{}`, the file of `{}` that you edit, is not there",
            here(&file),
            exercise.slug
        ),
        format!(
            "copy it back: `cp {} {}`",
            here(&exercise.starter_dir().join(relative)),
            here(&file)
        ),
    ))
}
