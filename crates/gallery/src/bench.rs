//! The machine the examples are tried on: the workbook's folder, where results are
//! kept, which Python, and what of all this an example still lacks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use builder::target_folder;
use interpreter::{Environment, Interpreter, Packages, Surroundings};

use crate::error::{GalleryError, io_error};
use crate::ink::Prefix;
use crate::manifest::{About, Example};
use crate::needs::{Missing, Need};

/// What is heard while something is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News<'a> {
    /// Something slow begins.
    Step(&'a str),
    /// A line that a tool printed, worth a glance at most.
    Line(&'a str),
}

/// Whether an example could be shown at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is built, and nothing has changed since.
    Ready,
    /// It can be built here.
    NotBuilt,
    /// It cannot.
    Skipped(Missing),
}

/// One workbook on one machine, with one Python.
#[derive(Debug)]
pub struct Bench {
    pub(crate) root: PathBuf,
    pub(crate) home: PathBuf,
    pub(crate) surroundings: Surroundings,
    pub(crate) interpreter: Interpreter,
    pub(crate) probed: Mutex<BTreeMap<Need, Result<String, Missing>>>,
    versions: Mutex<BTreeMap<&'static str, String>>,
}

impl Bench {
    /// The workbook at `root`, with the Python that `PYO3_PYTHON` or PyO3 chooses.
    pub fn open(root: &Path) -> Result<Self, GalleryError> {
        let here = Path::new(".");
        let surroundings = Surroundings::current().map_err(io_error("read", here))?;
        let home = target_folder(root, None).join("bindery");
        Self::open_in(surroundings, root, &home)
    }

    /// The same in these surroundings, with all that is made below `home`.
    pub fn open_in(
        surroundings: Surroundings,
        root: &Path,
        home: &Path,
    ) -> Result<Self, GalleryError> {
        let root = root.canonicalize().map_err(io_error("find", root))?;
        let home = root.join(home);
        let interpreter = Interpreter::resolve_in(&surroundings, &home)?;
        Ok(Self {
            root,
            home,
            surroundings,
            interpreter,
            probed: Mutex::default(),
            versions: Mutex::default(),
        })
    }

    /// The Python that everything here is built for.
    pub fn interpreter(&self) -> &Interpreter {
        &self.interpreter
    }

    /// Where results are kept.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The private environment with the tools, if it has been made.
    pub fn environment(&self) -> Option<Environment> {
        Environment::find(&self.interpreter, Packages::EXAMPLES, &self.home)
    }

    /// Where the pictures of an example go.
    pub fn pictures(&self, name: &str) -> PathBuf {
        self.home.join("pictures").join(name)
    }

    /// Whether an example could be shown at once. Builds nothing; may try a compiler.
    pub fn state(&self, example: &Example) -> Result<State, GalleryError> {
        let about = example.about();
        if let Some(missing) = self.wrong_python(about) {
            return Ok(State::Skipped(missing));
        }
        let ready = match example {
            Example::Binding(binding) => self.find(binding)?.is_some(),
            Example::Program(_) => {
                let ink = about.needs.contains(&Need::Ink);
                !ink || Prefix::find(self)?.is_some()
            }
        };
        // What is built needs no compiler any more; a program brings its own build.
        if ready && matches!(example, Example::Binding(_)) {
            return Ok(State::Ready);
        }
        Ok(match self.missing(about) {
            Some(missing) => State::Skipped(missing),
            None if ready => State::Ready,
            None => State::NotBuilt,
        })
    }

    pub(crate) fn environment_or_make(
        &self,
        progress: &mut dyn FnMut(News<'_>),
    ) -> Result<Environment, GalleryError> {
        self.environment_of(Packages::EXAMPLES, progress)
    }

    /// The private environment with these packages, made if it is not there.
    pub fn environment_of(
        &self,
        packages: Packages,
        progress: &mut dyn FnMut(News<'_>),
    ) -> Result<Environment, GalleryError> {
        let mut say = |line: &str| progress(News::Step(line));
        let (surroundings, python) = (&self.surroundings, &self.interpreter);
        let made = Environment::ensure_in(surroundings, python, packages, &self.home, &mut say)?;
        Ok(made)
    }

    /// What a tool says of its version, asked once.
    pub(crate) fn version(&self, tool: &'static str, ask: impl FnOnce() -> String) -> String {
        match self.versions.lock() {
            Ok(mut known) => known.entry(tool).or_insert_with(ask).clone(),
            Err(_) => ask(),
        }
    }

    /// The first thing that this machine lacks for an example.
    pub(crate) fn missing(&self, about: &About) -> Option<Missing> {
        let wrong = self.wrong_python(about);
        wrong.or_else(|| about.needs.iter().find_map(|need| self.probe(*need).err()))
    }

    fn wrong_python(&self, about: &About) -> Option<Missing> {
        let (requires, because) = about.python.as_ref()?;
        if requires.allows(self.interpreter.version()) {
            return None;
        }
        Some(Missing {
            why: format!(
                "it needs Python {requires}, and this is {}: {because}",
                self.interpreter.version_string()
            ),
            hint: format!("set `PYO3_PYTHON` to a Python {requires}"),
        })
    }

    /// A command without the settings that mislead Python's tools, and without folders
    /// in which the loader would find another copy of ink. `cargo run` puts its own
    /// target folder on the loader's path, and that comes before what a module says of
    /// itself.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = self.surroundings.python_tool(program);
        command
            .current_dir(&self.root)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("PYTHONNOUSERSITE", "1");
        for name in [
            "LD_LIBRARY_PATH",
            "DYLD_LIBRARY_PATH",
            "DYLD_FALLBACK_LIBRARY_PATH",
        ] {
            let Some(folders) = self.surroundings.variable(name) else {
                continue;
            };
            let library = crate::ink::library_name();
            let kept =
                std::env::split_paths(folders).filter(|folder| !folder.join(&library).exists());
            match std::env::join_paths(kept) {
                Ok(kept) if !kept.is_empty() => command.env(name, kept),
                _ => command.env_remove(name),
            };
        }
        command
    }
}
