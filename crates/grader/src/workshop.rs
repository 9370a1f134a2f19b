//! The exercises as we know them, built by cargo once: pristine, with their hidden checks, in a
//! workspace of copies that nobody else writes to.
//!
//! A student's files are never in here. What is taken from here is how an answer is compiled
//! (the plan), and our own check programs.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use builder::fast::{Plan, Site};
use builder::{CargoBuild, Colour, Running};
use course::{CheckSpec, Exercise};
use interpreter::Interpreter;
use sha2::{Digest, Sha256};

use crate::error::GraderError;
use crate::files::{hex, write_whole};

/// A workspace of copies.
pub struct Workshop {
    root: PathBuf,
    folder: PathBuf,
    /// A target folder of its own: two crates of one name in one target folder would overwrite
    /// each other's libraries.
    target: PathBuf,
    /// Where the workbook keeps Python environments.
    pub home: PathBuf,
    /// The interpreter that everything is for.
    pub python: Interpreter,
    /// The compiler, as it says itself.
    pub rustc: String,
}

/// An exercise, ready for answers.
pub struct Prepared {
    /// Our copy.
    pub exercise: Exercise,
    /// How an answer to it is compiled.
    pub plan: Plan,
    /// Its check programs, the visible one first.
    pub programs: Vec<(String, PathBuf)>,
    /// All its checks, in the order of the programs, and whether each is hidden.
    pub checks: Vec<(CheckSpec, bool)>,
    /// The fingerprint of the exercise with its checks, and of what judges by them. It is the
    /// same on every machine.
    pub digest: String,
}

impl Workshop {
    /// The workshop of a workbook, under its target folder.
    pub fn of(root: &Path, target: &Path, home: &Path) -> Result<Workshop, GraderError> {
        let folder = target.join("grade");
        let workshop = Workshop {
            python: Interpreter::resolve(home)?,
            home: home.to_owned(),
            target: folder.join("target"),
            rustc: builder::fast::which_rustc(root).unwrap_or_default(),
            root: root.to_owned(),
            folder,
        };
        lay_out(root, &workshop.folder).map_err(GraderError::file(&workshop.folder))?;
        Ok(workshop)
    }

    /// Copies the exercises that are not here yet. It is done for all before the first is built:
    /// each new one changes the lock of the workspace, on which what is built rests.
    pub fn copy_new<'a>(
        &self,
        exercises: impl IntoIterator<Item = &'a Exercise>,
    ) -> Result<(), GraderError> {
        let _alone = self.door()?;
        for exercise in exercises {
            let place = self.folder.join("exercises").join(exercise.id());
            if !place.is_dir() {
                copy(exercise, None, &place).map_err(GraderError::file(&place))?;
            }
        }
        Ok(())
    }

    /// Builds an exercise, unless it is built as it is now. `hidden` is a folder with
    /// `checks.rs` and `checks.toml`.
    pub fn prepare(
        &self,
        exercise: &Exercise,
        hidden: Option<&Path>,
        running: &Running,
        progress: &mut (dyn FnMut(&str) + Send),
    ) -> Result<Prepared, GraderError> {
        let slug = &exercise.slug;
        // Another grader may have the same to build.
        let _alone = self.door()?;
        let place = self.folder.join("exercises").join(exercise.id());
        let stamp = self.folder.join("stamps").join(slug);
        let source = self.source(exercise, hidden)?;
        let stamped = std::fs::read_to_string(&stamp).unwrap_or_default();
        let as_it_was = stamped.split_once(' ').filter(|(was, _)| *was == source);
        let built = as_it_was
            .and_then(|(_, digest)| Some((Plan::find(self.site(), slug).ok()?, digest.to_owned())));
        let (plan, digest) = match built {
            Some(built) => built,
            None => {
                progress(&format!("building {slug} …"));
                let _ = std::fs::remove_file(&stamp);
                let _ = std::fs::remove_dir_all(&place);
                copy(exercise, hidden, &place).map_err(GraderError::file(&place))?;
                let plan = self.build(slug, running, progress)?;
                let digest = self.digest(&source, &plan)?;
                write_whole(&stamp, format!("{source} {digest}").as_bytes())
                    .map_err(GraderError::file(&stamp))?;
                (plan, digest)
            }
        };
        let copy = Exercise::open(&place)?;
        let tests = place.join("tests");
        let specs = copy
            .manifest
            .checks
            .iter()
            .cloned()
            .map(|spec| (spec, false));
        let mut checks: Vec<(CheckSpec, bool)> = specs.collect();
        let mut programs = Vec::new();
        for name in ["checks", "hidden"] {
            if let Ok(program) = plan.program(name) {
                programs.push((name.to_owned(), program.to_owned()));
            }
        }
        if hidden.is_some() {
            let specs = course::hidden_checks(&tests, &copy.manifest.checks)?;
            checks.extend(specs.into_iter().map(|spec| (spec, true)));
        }
        Ok(Prepared {
            exercise: copy,
            plan,
            programs,
            checks,
            digest,
        })
    }

    /// Whoever has it open is alone in the workshop.
    fn door(&self) -> Result<std::fs::File, GraderError> {
        let path = self.folder.join("door");
        let door = std::fs::File::create(&path).and_then(|door| door.lock().map(|()| door));
        door.map_err(GraderError::file(&path))
    }

    fn build(
        &self,
        slug: &str,
        running: &Running,
        progress: &mut (dyn FnMut(&str) + Send),
    ) -> Result<Plan, GraderError> {
        let named = std::env::var_os("PYO3_PYTHON").is_some_and(|p| !p.is_empty());
        let build = CargoBuild {
            root: &self.folder,
            slug,
            only: &[],
            target: &self.target,
            python: named.then(|| self.python.executable()),
            colour: Colour::No,
        };
        let built = build
            .run(running, &mut |line| {
                progress(&format!("building {slug}: {line}"))
            })
            .map_err(|error| match running.has_ended() {
                true => GraderError::Stopped,
                false => GraderError::exercise(slug, error),
            })?;
        Plan::record(self.site(), slug, &built).map_err(|why| GraderError::exercise(slug, why))
    }

    /// The fingerprint of everything of ours that an exercise is made of.
    fn source(&self, exercise: &Exercise, hidden: Option<&Path>) -> Result<String, GraderError> {
        let mut files = BTreeMap::new();
        gather(&exercise.dir, Path::new(""), &mut files)
            .map_err(GraderError::file(&exercise.dir))?;
        for path in &exercise.manifest.editable {
            // A learner's own answer is not ours.
            let starter = exercise.starter_dir().join(path);
            let text = std::fs::read(&starter).map_err(GraderError::file(&starter))?;
            files.insert(path.clone(), text);
        }
        if let Some(hidden) = hidden {
            gather(hidden, Path::new("hidden"), &mut files).map_err(GraderError::file(hidden))?;
        }
        let mut hash = Sha256::new();
        for (path, text) in files {
            hash.update(path.as_os_str().as_encoded_bytes());
            hash.update([0]);
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        Ok(hex(hash))
    }

    /// Made of sources: a check program itself differs with the folder that it was built in.
    fn digest(&self, source: &str, plan: &Plan) -> Result<String, GraderError> {
        let ours = plan
            .rests_on()
            .filter_map(|path| path.strip_prefix(&self.root).ok())
            .filter(|path| path.starts_with("crates"));
        let mut files: Vec<&Path> = ours.collect();
        files.extend([Path::new("Cargo.lock"), Path::new(".cargo/config.toml")]);
        files.sort();
        let mut hash = Sha256::new();
        hash.update(source);
        for file in files {
            let path = self.root.join(file);
            let text = std::fs::read(&path).map_err(GraderError::file(&path))?;
            hash.update(file.as_os_str().as_encoded_bytes());
            hash.update([0]);
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        Ok(hex(hash))
    }

    fn site(&self) -> Site<'_> {
        Site {
            root: &self.folder,
            target: &self.target,
            home: &self.folder,
            python: self.python.executable(),
        }
    }
}

/// The files around the copies: a workspace of the exercises alone.
pub fn lay_out(root: &Path, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder.join("exercises"))?;
    std::fs::create_dir_all(folder.join(".cargo"))?;
    let manifest = std::fs::read_to_string(root.join("Cargo.toml"))?;
    let manifest = workspace_of_copies(&manifest, root).map_err(std::io::Error::other)?;
    write_if_new(&folder.join("Cargo.toml"), &manifest)?;
    for file in [".cargo/config.toml", "exercises/extension.rs"] {
        let text = std::fs::read_to_string(root.join(file))?;
        write_if_new(&folder.join(file), &text)?;
    }
    // Cargo takes out of the lock what the copies do not need: what it was given is kept beside.
    let (lock, given) = (folder.join("Cargo.lock"), folder.join("Cargo.lock.given"));
    let text = std::fs::read_to_string(root.join("Cargo.lock"))?;
    if !lock.is_file() || std::fs::read_to_string(&given).ok().as_deref() != Some(&text) {
        std::fs::write(&lock, &text)?;
        std::fs::write(&given, &text)?;
    }
    Ok(())
}

/// The root manifest, with the exercises alone as members and our own crates taken from where
/// they are.
pub fn workspace_of_copies(manifest: &str, root: &Path) -> Result<String, toml::de::Error> {
    let mut manifest: toml::Table = manifest.parse()?;
    if let Some(toml::Value::Table(workspace)) = manifest.get_mut("workspace") {
        let members = toml::Value::Array(vec!["exercises/*/*".into()]);
        workspace.insert("members".into(), members);
        workspace.remove("default-members");
        if let Some(toml::Value::Table(dependencies)) = workspace.get_mut("dependencies") {
            for (_, dependency) in dependencies.iter_mut() {
                if let Some(toml::Value::String(path)) = dependency.get_mut("path") {
                    *path = root.join(&*path).display().to_string();
                }
            }
        }
    }
    Ok(manifest.to_string())
}

/// Copies an exercise, pristine, with the hidden checks beside the visible ones.
pub fn copy(exercise: &Exercise, hidden: Option<&Path>, to: &Path) -> std::io::Result<()> {
    copy_folder(&exercise.dir, to)?;
    for path in &exercise.manifest.editable {
        let file = to.join(path);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&file, std::fs::read(exercise.starter_dir().join(path))?)?;
    }
    let Some(hidden) = hidden else {
        return Ok(());
    };
    std::fs::copy(hidden.join("checks.rs"), to.join("tests/hidden.rs"))?;
    std::fs::copy(hidden.join("checks.toml"), to.join("tests/checks.toml"))?;
    let manifest = to.join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest)?;
    std::fs::write(
        &manifest,
        text + "\n[[test]]\nname = \"hidden\"\nharness = false\n",
    )
}

/// Cargo compares times: a file that stays the same keeps its own.
pub fn write_if_new(path: &Path, text: &str) -> std::io::Result<()> {
    if std::fs::read_to_string(path).ok().as_deref() == Some(text) {
        return Ok(());
    }
    std::fs::write(path, text)
}

/// Whether a folder holds what somebody has built, and nothing of the course.
fn is_built(name: &OsStr) -> bool {
    name == OsStr::new("target") || name == OsStr::new("__pycache__")
}

/// Copies a folder, without what is built or cached in it.
pub fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        match entry.file_type()?.is_dir() {
            true if is_built(&name) => {}
            true => copy_folder(&entry.path(), &to.join(name))?,
            false => {
                std::fs::copy(entry.path(), to.join(name))?;
            }
        }
    }
    Ok(())
}

/// The files below a folder, under their paths from there.
fn gather(
    folder: &Path,
    under: &Path,
    files: &mut BTreeMap<PathBuf, Vec<u8>>,
) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (path, name) = (entry.path(), under.join(entry.file_name()));
        match entry.file_type()?.is_dir() {
            true if is_built(&entry.file_name()) => {}
            true => gather(&path, &name, files)?,
            false => {
                files.insert(name, std::fs::read(&path)?);
            }
        }
    }
    Ok(())
}
