//! What the jails of a submission are: one for its compiler, one for each of its processes.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use interpreter::Interpreter;
use sandbox::{Children, Limits, Policy, Tier};

use crate::error::GraderError;

/// How strangers' programs are kept in.
#[derive(Clone, Debug)]
pub struct Jail {
    /// What keeps them in.
    pub tier: Tier,
    /// The program that puts them there: `bindery`, whose subcommand `jail` it is.
    pub keeper: PathBuf,
    /// How much of everything they may use.
    pub limits: Limits,
}

/// What a submission's processes may see beside what every tool needs.
pub struct View<'a> {
    /// What the compiler reads, and what the library that it makes is loaded with.
    pub needs: &'a [PathBuf],
    /// The student's files and ours that go with them; never a check.
    pub answer: &'a [PathBuf],
    /// The judge's own parts: the driver, the probe.
    pub tools: &'a [PathBuf],
}

impl Jail {
    /// What is put before a compiler's command line. It may write into `made` alone.
    pub fn for_compiler(
        &self,
        view: &View<'_>,
        made: &[PathBuf],
        file: &Path,
    ) -> Result<Vec<OsString>, GraderError> {
        self.write(
            Policy {
                tier: self.tier,
                readable: self.readable(view),
                writable: made.to_vec(),
                descriptors: Vec::new(),
                scratch: 256 << 20,
                limits: self.limits,
                children: Children::Untrusted,
            },
            file,
        )
    }

    /// What is put before a subject's command line. Nothing that it writes outlives it, but for
    /// what it is asked to write by a check, in what was `given` to it: no other answer has that.
    pub fn for_subjects(
        &self,
        view: &View<'_>,
        made: &[PathBuf],
        given: &[PathBuf],
        children: Children,
        file: &Path,
    ) -> Result<Vec<OsString>, GraderError> {
        let mut readable = self.readable(view);
        readable.extend_from_slice(made);
        self.write(
            Policy {
                tier: self.tier,
                readable,
                writable: given.to_vec(),
                descriptors: (3..=7).collect(),
                scratch: 64 << 20,
                limits: self.limits,
                children,
            },
            file,
        )
    }

    fn readable(&self, view: &View<'_>) -> Vec<PathBuf> {
        let mut readable = sandbox::system_folders();
        for paths in [view.needs, view.answer, view.tools] {
            readable.extend(paths.iter().filter(|path| path.exists()).cloned());
        }
        readable
    }

    fn write(&self, policy: Policy, file: &Path) -> Result<Vec<OsString>, GraderError> {
        if self.tier == Tier::Unsandboxed {
            return Ok(Vec::new());
        }
        let text = serde_json::to_vec(&policy).map_err(std::io::Error::other);
        text.and_then(|text| std::fs::write(file, text))
            .map_err(GraderError::file(file))?;
        Ok(vec![
            self.keeper.clone().into_os_string(),
            "jail".into(),
            file.as_os_str().to_owned(),
            "--".into(),
        ])
    }
}

/// What an interpreter is made of, wherever it was installed.
pub fn parts_of(python: &Interpreter) -> Vec<PathBuf> {
    let executable = python.executable();
    let prefix = executable.parent().and_then(Path::parent);
    let prefix = prefix.filter(|prefix| prefix.parent().is_some());
    let mut parts: Vec<PathBuf> = prefix.into_iter().map(Path::to_owned).collect();
    parts.extend(python.include_dir().map(Path::to_owned));
    parts.extend(python.libdir().map(Path::to_owned));
    parts
}
