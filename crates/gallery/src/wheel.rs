//! A binding made ready: its wheel built with the tools of the private environment and
//! installed into a folder whose name is the hash of all that went in.
//!
//! A folder appears by one rename, so it is whole or not there at all. Whatever a killed
//! run leaves lies in a folder of another name, and the next run clears it away.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use interpreter::Environment;

use crate::bench::{Bench, News};
use crate::digest::Digest;
use crate::error::{GalleryError, io_error};
use crate::gallery::Gallery;
use crate::ink::{Prefix, cargo_target, make_public};
use crate::job::{Job, Lock, typed};
use crate::manifest::Binding;
use crate::needs::{Missing, Need};
use crate::shared_path::{bindings, renew};

/// What came of making a binding ready.
#[derive(Debug)]
pub enum Prepared {
    /// It can be imported.
    Ready(Ready),
    /// This machine lacks something for it.
    Skipped(Missing),
}

/// A binding that can be imported.
#[derive(Debug, Clone)]
pub struct Ready {
    /// What Python imports.
    pub module: String,
    /// The folder for `PYTHONPATH`; nothing else is in it.
    pub module_folder: PathBuf,
    /// The private environment.
    pub environment: Environment,
    /// Where ink is installed, if the binding was built against that.
    pub prefix: Option<Prefix>,
    /// What the binding says it cannot do.
    pub capabilities: PathBuf,
}

impl Bench {
    /// The environment's Python with this binding on its path, and without the settings
    /// that would lead it to another copy of the library.
    pub fn python(&self, ready: &Ready) -> Command {
        let mut command = self.command(&ready.environment.python());
        command.env("PYTHONPATH", &ready.module_folder);
        command
    }

    /// Makes a binding ready. Builds nothing when it has not changed since.
    pub fn prepare(
        &self,
        gallery: &Gallery,
        binding: &Binding,
        progress: &mut dyn FnMut(News<'_>),
    ) -> Result<Prepared, GalleryError> {
        if let Some(ready) = self.find(binding)? {
            return Ok(Prepared::Ready(ready));
        }
        if let Some(missing) = self.missing(&binding.about) {
            return Ok(Prepared::Skipped(missing));
        }
        let environment = self.environment_or_make(progress)?;
        let prefix = match binding.about.needs.contains(&Need::Ink) {
            true => Some(Prefix::ensure(self, progress)?),
            false => None,
        };
        let name = &binding.about.name;
        let folder = bindings(&environment);
        let lock = Lock::take(&folder.join(format!(".{name}.lock")), name, progress)?;
        // Whoever had the lock has perhaps made it.
        let target = self.folder(binding, &environment, prefix.as_ref())?;
        if !target.is_dir() {
            progress(News::Step(&format!("building `{name}` …")));
            let wheel = Wheel {
                bench: self,
                binding,
                environment: &environment,
                prefix: prefix.as_ref(),
            };
            wheel.make(&folder, &target, &lock, progress)?;
        }
        renew(&environment, gallery, &target)?;
        Ok(Prepared::Ready(ready(binding, environment, prefix, target)))
    }

    /// The binding, if it is installed and nothing has changed since.
    pub fn find(&self, binding: &Binding) -> Result<Option<Ready>, GalleryError> {
        let Some(environment) = self.environment() else {
            return Ok(None);
        };
        let prefix = match binding.about.needs.contains(&Need::Ink) {
            true => match Prefix::find(self)? {
                Some(prefix) => Some(prefix),
                None => return Ok(None),
            },
            false => None,
        };
        let target = self.folder(binding, &environment, prefix.as_ref())?;
        let there = target.is_dir();
        Ok(there.then(|| ready(binding, environment, prefix, target)))
    }

    /// The folder of what this binding is now.
    fn folder(
        &self,
        binding: &Binding,
        environment: &Environment,
        prefix: Option<&Prefix>,
    ) -> Result<PathBuf, GalleryError> {
        let about = &binding.about;
        let mut digest = Digest::default();
        digest.add("tag", self.interpreter.tag().as_bytes());
        let of_environment = environment.root().file_name().unwrap_or_default();
        digest.add("environment", of_environment.as_encoded_bytes());
        for need in &about.needs {
            let tool = match need {
                Need::Cc => self.version_of_c(),
                Need::Cpp | Need::Boost => self.version_of_cpp(),
                Need::Cargo => self.version_of_rust(),
                Need::Headers | Need::Ink => continue,
            };
            digest.add("tool", tool.as_bytes());
        }
        if let Some(prefix) = prefix {
            digest.add("ink", prefix.content().as_bytes());
        }
        // The settings are in the folder too.
        match about.folder.join("Cargo.toml").is_file() {
            true => digest.add_crate(&self.root, &about.folder)?,
            false => digest.add_folder(&about.folder)?,
        }
        Ok(bindings(environment).join(format!("{}-{}", about.name, digest.short())))
    }
}

fn ready(
    binding: &Binding,
    environment: Environment,
    prefix: Option<Prefix>,
    module_folder: PathBuf,
) -> Ready {
    Ready {
        module: binding.module.clone(),
        module_folder,
        environment,
        prefix,
        capabilities: binding.about.folder.join("capabilities.toml"),
    }
}

struct Wheel<'a> {
    bench: &'a Bench,
    binding: &'a Binding,
    environment: &'a Environment,
    prefix: Option<&'a Prefix>,
}

impl Wheel<'_> {
    fn make(
        &self,
        folder: &Path,
        target: &Path,
        lock: &Lock,
        progress: &mut dyn FnMut(News<'_>),
    ) -> Result<(), GalleryError> {
        let name = &self.binding.about.name;
        let prefix = format!(".{name}-");
        clear(folder, &prefix);
        let work = tempfile::Builder::new()
            .prefix(&prefix)
            .tempdir_in(folder)
            .map_err(io_error("write in", folder))?;
        let [wheels, site, scratch] =
            ["wheels", "site", "scratch"].map(|name| work.path().join(name));
        for folder in [&wheels, &site, &scratch] {
            fs::create_dir(folder).map_err(io_error("make", folder))?;
        }
        let log = self.bench.home.join("logs").join(format!("{name}.log"));
        let mut job = Job::new(name, &log, lock)?;

        let mut build = self.command(&scratch);
        build.args(self.build_arguments(&wheels));
        job.run("its build", &mut build, &self.by_hand(), progress)?;
        let wheel = self.wheel_in(&wheels)?;

        let mut install = self.command(&scratch);
        let words: Vec<OsString> = [
            "install".into(),
            "--no-deps".into(),
            "--no-index".into(),
            "--no-compile".into(),
            "--target".into(),
            site.clone().into_os_string(),
            wheel.into_os_string(),
        ]
        .into();
        install.args(pip()).args(words);
        let typed = typed(
            [],
            std::iter::once(install.get_program()).chain(install.get_args()),
        );
        job.run("pip install", &mut install, &typed, progress)?;
        self.require_module(&site)?;
        make_public(&site);
        fs::rename(&site, target).map_err(io_error("make", target))
    }

    fn build_arguments(&self, wheels: &Path) -> Vec<OsString> {
        let mut words: Vec<OsString> = pip().map(OsString::from).to_vec();
        // `-v`: what the build says is heard while it says it.
        for word in [
            "wheel",
            "-v",
            "--no-deps",
            "--no-index",
            "--no-build-isolation",
        ] {
            words.push(word.into());
        }
        for setting in &self.binding.settings {
            words.extend(["--config-settings".into(), setting.into()]);
        }
        words.extend(["-w".into(), wheels.into()]);
        words.push(self.binding.about.folder.clone().into_os_string());
        words
    }

    /// What a build is told beside the command itself.
    fn variables(&self) -> Vec<(&'static str, OsString)> {
        let mut variables = vec![
            (
                "CARGO_TARGET_DIR",
                cargo_target(self.bench).into_os_string(),
            ),
            ("PYO3_PYTHON", self.environment.python().into_os_string()),
        ];
        if let Some(prefix) = self.prefix {
            variables.push(("INK_PREFIX", prefix.root().into()));
            variables.push(("CMAKE_PREFIX_PATH", prefix.root().into()));
        }
        variables
    }

    fn tools(&self) -> PathBuf {
        let python = self.environment.python();
        python.parent().unwrap_or(&python).to_owned()
    }

    /// The environment's Python with its tools first on the `PATH`.
    fn command(&self, scratch: &Path) -> Command {
        let mut command = self.bench.command(&self.environment.python());
        let path = self.bench.surroundings.variable("PATH").unwrap_or_default();
        let path = std::env::join_paths(
            [self.tools()]
                .into_iter()
                .chain(std::env::split_paths(path)),
        );
        if let Ok(path) = path {
            command.env("PATH", path);
        }
        command
            .envs(self.variables())
            .env("TMPDIR", scratch)
            .env("LC_ALL", "C.UTF-8")
            .env("NO_COLOR", "1")
            .env("CARGO_TERM_COLOR", "never");
        // They would build for another machine, or with other features.
        for name in [
            "CARGO_BUILD_TARGET",
            "MATURIN_PEP517_ARGS",
            "PYO3_CONFIG_FILE",
        ] {
            command.env_remove(name);
        }
        command
    }

    fn by_hand(&self) -> String {
        let path = format!("{}:$PATH", self.tools().display());
        let variables = self.variables().into_iter();
        let variables = variables
            .map(|(name, value)| (name, value.to_string_lossy().into_owned()))
            .chain([("PATH", path)]);
        let python = self.environment.python();
        let out = std::env::temp_dir().join(&self.binding.about.name);
        let arguments = self.build_arguments(&out);
        let words = std::iter::once(python.as_os_str());
        typed(
            variables,
            words.chain(arguments.iter().map(OsString::as_os_str)),
        )
    }

    fn wheel_in(&self, folder: &Path) -> Result<PathBuf, GalleryError> {
        let files = fs::read_dir(folder).map_err(io_error("read", folder))?;
        let mut wheels = files
            .flatten()
            .map(|file| file.path())
            .filter(|path| path.extension().is_some_and(|e| e == "whl"));
        wheels.next().ok_or_else(|| GalleryError::Unfit {
            name: self.binding.about.name.clone(),
            why: "its build ended well and made no wheel".to_owned(),
            hint: format!("run `{}` to see what it makes", self.by_hand()),
        })
    }

    /// The wheel must have what the manifest says is imported.
    fn require_module(&self, site: &Path) -> Result<(), GalleryError> {
        let module = &self.binding.module;
        let there = fs::read_dir(site).map_err(io_error("read", site))?;
        let names: Vec<String> = there
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        if names
            .iter()
            .any(|name| name.split('.').next() == Some(module))
        {
            return Ok(());
        }
        Err(GalleryError::Unfit {
            name: self.binding.about.name.clone(),
            why: format!(
                "its wheel has no module `{module}`, but {}",
                names.join(", ")
            ),
            hint: format!(
                "set `module` in `{}`",
                self.binding.about.folder.join("binding.toml").display()
            ),
        })
    }
}

/// pip as a module of the environment's Python. Isolated: neither the user's settings
/// nor the current folder have a say.
fn pip() -> [&'static str; 6] {
    [
        "-I",
        "-m",
        "pip",
        "--isolated",
        "--disable-pip-version-check",
        "--no-input",
    ]
}

/// What killed runs left. Called with the binding's lock, which everything that could
/// still write there holds too.
fn clear(folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(prefix) && entry.path().is_dir() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
