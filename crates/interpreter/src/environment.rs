//! The private environment: where it is, whether it is whole, and who makes it when
//! two want it at once. Leaves the making itself to `install`.
//!
//! An environment is whole when its marker is there. The marker is written last and
//! atomically, so whatever a broken run leaves behind is made anew by the next.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cache::{short_hash, write_atomically};
use crate::error::EnvironmentError;
use crate::install;
use crate::packages::Packages;
use crate::resolve::Interpreter;
use crate::surroundings::{Surroundings, venv_python};

const MARKER: &str = ".complete.json";

/// A virtual environment of the workbook's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    root: PathBuf,
    site_packages: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Marker {
    /// Below the root.
    site_packages: PathBuf,
}

impl Environment {
    /// The environment of this interpreter with these packages below `home`, made on
    /// first use.
    ///
    /// Runs nothing and touches no network when it is there. `progress` gets a line
    /// when something slow begins and one when it is over.
    pub fn ensure(
        interpreter: &Interpreter,
        packages: Packages,
        home: &Path,
        progress: &mut dyn FnMut(&str),
    ) -> Result<Self, EnvironmentError> {
        let surroundings = Surroundings::current().map_err(io_error("read", Path::new(".")))?;
        Self::ensure_in(&surroundings, interpreter, packages, home, progress)
    }

    /// The environment, if it has been made; makes nothing.
    pub fn find(interpreter: &Interpreter, packages: Packages, home: &Path) -> Option<Self> {
        Self::open(&home.join("env").join(name(interpreter, packages)))
    }

    /// What `ensure` does, in these surroundings.
    pub fn ensure_in(
        surroundings: &Surroundings,
        interpreter: &Interpreter,
        packages: Packages,
        home: &Path,
        progress: &mut dyn FnMut(&str),
    ) -> Result<Self, EnvironmentError> {
        let folder = surroundings.cwd().join(home).join("env");
        let name = name(interpreter, packages);
        let root = folder.join(&name);
        if let Some(whole) = Self::open(&root) {
            return Ok(whole);
        }
        fs::create_dir_all(&folder).map_err(io_error("make", &folder))?;
        let lock = Lock::take(&folder.join(format!("{name}.lock")), progress)?;
        // Whoever had the lock has perhaps made it.
        if let Some(whole) = Self::open(&root) {
            progress(READY);
            return Ok(whole);
        }
        progress(&format!(
            "making a private Python environment (first use only) with {}: {} …",
            packages.contents(),
            packages.size()
        ));
        discard(&root)?;
        let site_packages = install::make(surroundings, interpreter, packages, &root, &lock.0)?;
        let marker = root.join(MARKER);
        serde_json::to_vec(&Marker { site_packages })
            .map_err(io::Error::from)
            .and_then(|bytes| write_atomically(&marker, &bytes))
            .map_err(io_error("write", &marker))?;
        let whole = Self::open(&root).ok_or_else(|| {
            io_error("use", &root)(io::Error::other("it is not whole after it was made"))
        })?;
        progress(READY);
        Ok(whole)
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Its interpreter.
    pub fn python(&self) -> PathBuf {
        venv_python(&self.root)
    }

    /// Where its packages are.
    pub fn site_packages(&self) -> &Path {
        &self.site_packages
    }

    /// The environment, if it is whole and its interpreter was not taken away since.
    fn open(root: &Path) -> Option<Self> {
        let marker: Marker = serde_json::from_slice(&fs::read(root.join(MARKER)).ok()?).ok()?;
        let site_packages = root.join(marker.site_packages);
        (venv_python(root).is_file() && site_packages.is_dir()).then(|| Self {
            root: root.to_path_buf(),
            site_packages,
        })
    }
}

const READY: &str = "the private Python environment is ready";

/// One for each binary and each lock, so that a new lock never meets old packages, nor
/// one set the other.
fn name(interpreter: &Interpreter, packages: Packages) -> String {
    let executable = interpreter.executable().as_os_str().as_encoded_bytes();
    format!(
        "{}-{}-{}",
        interpreter.tag(),
        packages.name(),
        short_hash([executable, packages.lock().as_bytes()])
    )
}

/// The right to make one environment, among threads and processes.
struct Lock(File);

impl Lock {
    /// Takes it, and says so if that means waiting.
    fn take(path: &Path, progress: &mut dyn FnMut(&str)) -> Result<Self, EnvironmentError> {
        let open = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path);
        let file = open.map_err(io_error("open", path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                progress("waiting for another run that is making the private Python environment …");
                file.lock().map_err(io_error("lock", path))?;
            }
            Err(TryLockError::Error(source)) => return Err(io_error("lock", path)(source)),
        }
        Ok(Self(file))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a program that another thread is starting
        // right now shares it for an instant, and the lock lasts until all have closed.
        let _ = self.0.unlock();
    }
}

/// Clears away what a broken run left.
fn discard(root: &Path) -> Result<(), EnvironmentError> {
    match fs::remove_dir_all(root) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(io_error("remove", root)(source))
        }
        _ => Ok(()),
    }
}

pub(crate) fn io_error(
    doing: &'static str,
    path: &Path,
) -> impl FnOnce(io::Error) -> EnvironmentError + use<> {
    let path = path.to_path_buf();
    move |source| EnvironmentError::Io {
        doing,
        path,
        source,
    }
}
