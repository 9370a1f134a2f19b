//! A check program: started, perhaps before there is anything to judge, and read when it is
//! done.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use builder::Running;
use builder::fast::{Built, Plan};
use course::Exercise;
use serde_json::json;

use super::judged::{Checked, Judged};
use super::place::Place;
use crate::trouble::Trouble;

/// Whether a check program is started before there is anything to judge.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Waits {
    ForTheBuild,
    ForNothing,
}

/// A check program that is made ready before somebody saves: it has a Python warm.
#[derive(Default)]
pub struct Standby(Option<Started>);

impl Standby {
    /// Makes one ready for this exercise, where it can be built without cargo. Whatever is
    /// in the way is said when the exercise is judged.
    pub fn prepare(&mut self, root: &Path, exercise: &Exercise) {
        self.dismiss();
        self.0 = Standby::ready(root, exercise);
    }

    fn ready(root: &Path, exercise: &Exercise) -> Option<Started> {
        let place = Place::of(root).ok()?;
        let plan = Plan::find(place.site(), &exercise.slug).ok()?;
        let program = plan.program("checks").ok()?;
        Started::ready(&place, exercise, program).ok()
    }

    pub(super) fn take(
        &mut self,
        exercise: &Exercise,
        plan: &Plan,
        running: &Running,
    ) -> Option<Started> {
        let mut ready = self.0.take()?;
        let same =
            ready.slug == exercise.slug && plan.program("checks").ok() == Some(&ready.program);
        let alive = ready.child.try_wait().is_ok_and(|end| end.is_none());
        if same && alive && running.adopt(&ready.child).is_ok() {
            return Some(ready);
        }
        self.0 = Some(ready);
        self.dismiss();
        None
    }

    /// Lets it go: what it was made of may not be so any more.
    pub(super) fn dismiss(&mut self) {
        if let Some(mut ready) = self.0.take() {
            let _ = ready.child.kill();
            let _ = ready.child.wait();
        }
    }
}

impl Drop for Standby {
    fn drop(&mut self) {
        self.dismiss();
    }
}

/// A check program at work, or waiting for something to judge.
pub(super) struct Started {
    child: Child,
    program: PathBuf,
    report: tempfile::NamedTempFile,
    slug: String,
}

impl Started {
    pub(super) fn new(
        place: &Place<'_>,
        exercise: &Exercise,
        program: &Path,
        running: &Running,
        waits: Waits,
    ) -> Result<Started, Trouble> {
        Started::spawned(place, exercise, program, waits, |command| {
            running.spawn(command)
        })
    }

    /// One that waits, and is nobody's yet. It needs no signal to end with us: it leaves when
    /// its standard input does.
    fn ready(place: &Place<'_>, exercise: &Exercise, program: &Path) -> Result<Started, Trouble> {
        let waits = Waits::ForTheBuild;
        Started::spawned(place, exercise, program, waits, |command| {
            #[cfg(unix)]
            std::os::unix::process::CommandExt::process_group(command, 0);
            command.spawn()
        })
    }

    fn spawned(
        place: &Place<'_>,
        exercise: &Exercise,
        program: &Path,
        waits: Waits,
        spawn: impl FnOnce(&mut Command) -> std::io::Result<Child>,
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
        let child =
            spawn(&mut command).map_err(|e| fault("the check program does not start", e))?;
        Ok(Started {
            child,
            program: program.to_owned(),
            report,
            slug: exercise.slug.clone(),
        })
    }

    /// Tells it what was built, and of which text.
    pub(super) fn tell(&mut self, built: &Built, digest: Option<&str>) {
        // It stays open: when it ends, nobody waits for the verdicts any more.
        if let Some(stdin) = &mut self.child.stdin {
            let line = json!({
                "library": built.library,
                "host": built.host,
                "digest": digest,
            });
            // One that has died is seen when its report is read.
            let _ = writeln!(stdin, "{line}");
        }
    }

    /// There is nothing to judge after all.
    pub(super) fn never_mind(mut self, running: &Running) {
        let _ = self.child.kill();
        let _ = running.wait(&mut self.child);
    }

    /// Waits for its verdicts.
    pub(super) fn judged(mut self, running: &Running, warnings: String) -> Result<Judged, Trouble> {
        let stderr = self.child.stderr.take().expect("it was piped");
        let said = std::io::read_to_string(stderr).unwrap_or_default();
        // `wait` would close its standard input first, and it would leave.
        let stdin = self.child.stdin.take();
        let _ = running.wait(&mut self.child);
        drop(stdin);
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
