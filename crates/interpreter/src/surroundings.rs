//! What the outside world says: environment variables, the current folder, and how
//! long a Python may take to answer. Everything here reads these from a value, so a
//! test can hand in its own without touching the process. Leaves the meaning of each
//! variable to the other modules.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A cold interpreter on a network file system takes seconds; a hung one, for ever.
const PATIENCE: Duration = Duration::from_secs(15);

/// Settings that would send packages elsewhere, or other packages here. Those that
/// choose an index, a proxy or a certificate are the user's to make.
const MISLEADING: [&str; 17] = [
    "PYTHONHOME",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "PIP_CONSTRAINT",
    "PIP_DRY_RUN",
    "PIP_PREFIX",
    "PIP_PYTHON",
    "PIP_REQUIREMENT",
    "PIP_ROOT",
    "PIP_TARGET",
    "PIP_USER",
    "UV_CONSTRAINT",
    "UV_OVERRIDE",
    "UV_PYTHON",
    "UV_SYSTEM_PYTHON",
    "UV_TARGET",
];

/// The environment variables and the current folder that every choice is made from.
#[derive(Debug, Clone)]
pub struct Surroundings {
    variables: BTreeMap<OsString, OsString>,
    cwd: PathBuf,
    patience: Duration,
}

impl Surroundings {
    /// The surroundings of this process.
    pub fn current() -> std::io::Result<Self> {
        Ok(Self::new(std::env::vars_os(), std::env::current_dir()?))
    }

    /// Surroundings made up from these variables and this folder.
    pub fn new(
        variables: impl IntoIterator<Item = (OsString, OsString)>,
        cwd: impl Into<PathBuf>,
    ) -> Self {
        Self {
            variables: variables.into_iter().collect(),
            cwd: cwd.into(),
            patience: PATIENCE,
        }
    }

    /// The same with one variable set.
    #[must_use]
    pub fn with(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// The same with one variable unset.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.variables.remove(OsStr::new(name));
        self
    }

    /// The same with another limit on how long a Python may take to answer.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// A variable, also when it is set to nothing.
    pub fn variable(&self, name: &str) -> Option<&OsStr> {
        self.variables
            .get(OsStr::new(name))
            .map(OsString::as_os_str)
    }

    /// The current folder.
    pub fn cwd(&self) -> &Path {
        &self.cwd
    }

    /// How long a Python may take to answer.
    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }

    /// A command that sees these surroundings and no others.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(&self.variables)
            .current_dir(&self.cwd);
        command
    }

    /// A command for Python, pip or uv that sees none of the settings that would send
    /// packages elsewhere.
    pub fn python_tool(&self, program: &Path) -> Command {
        let mut command = self.command(program);
        for name in MISLEADING {
            command.env_remove(name);
        }
        command
    }

    /// The folders of `PATH`, as absolute paths, in order.
    pub(crate) fn search_path(&self) -> impl Iterator<Item = PathBuf> + '_ {
        let path = self.variable("PATH").unwrap_or_default();
        std::env::split_paths(path).map(|folder| self.cwd.join(folder))
    }

    /// The first executable of this name on `PATH`.
    pub fn on_path(&self, name: &OsStr) -> Option<PathBuf> {
        self.search_path()
            .map(|folder| executable_name(folder.join(name)))
            .find(|p| is_program(p))
    }
}

/// Adds `.exe` where programs carry it.
fn executable_name(mut path: PathBuf) -> PathBuf {
    if cfg!(windows) && path.extension().is_none_or(|e| e != "exe") {
        path.as_mut_os_string().push(".exe");
    }
    path
}

/// Whether this is a file that may be run.
pub(crate) fn is_program(path: &Path) -> bool {
    let Ok(metadata) = path.metadata() else {
        return false;
    };
    #[cfg(unix)]
    let runs = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let runs = true;
    metadata.is_file() && runs
}

/// The interpreter inside a virtual environment.
pub(crate) fn venv_python(root: &Path) -> PathBuf {
    if cfg!(windows) {
        root.join("Scripts").join("python.exe")
    } else {
        root.join("bin/python")
    }
}

/// The interpreter inside a conda environment.
pub(crate) fn conda_python(root: &Path) -> PathBuf {
    if cfg!(windows) {
        root.join("python.exe")
    } else {
        root.join("bin/python")
    }
}
