//! Remembers what a Python said, so that it is asked once. The name of an entry is a
//! hash of everything that could change the answer and is cheap to read; the entry
//! itself carries the stamp of the binary that was found behind a shim. Nothing here
//! is an error: an entry that cannot be read is asked for again, and one that cannot
//! be written is asked for again next time.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::facts::Facts;
use crate::surroundings::Surroundings;

/// Read together with the probe's own text, so that a changed probe asks again.
const PROBE: &str = include_str!("probe.py");

/// What running a candidate showed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// A Python, and the binary behind it.
    Python {
        facts: Box<Facts>,
        executable: PathBuf,
    },
    /// A Python 2, with the version it gave.
    Python2(String),
}

#[derive(Serialize, Deserialize)]
struct Entry {
    answer: Answer,
    stamp: Option<Stamp>,
}

/// Enough of a file's metadata to see that it was replaced.
#[derive(PartialEq, Serialize, Deserialize)]
struct Stamp {
    length: u64,
    modified: u128,
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = path.metadata().ok()?;
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            length: metadata.len(),
            modified: modified.as_nanos(),
        })
    }
}

/// One remembered answer, there or not.
pub(crate) struct Slot {
    path: PathBuf,
}

impl Slot {
    pub fn new(surroundings: &Surroundings, cache_dir: &Path, found: &Path) -> Self {
        let name = format!("interpreter-{}.json", key(surroundings, found));
        Self {
            path: surroundings.cwd().join(cache_dir).join(name),
        }
    }

    /// The answer, if it is still true.
    pub fn read(&self) -> Option<Answer> {
        let entry: Entry = serde_json::from_slice(&fs::read(&self.path).ok()?).ok()?;
        match &entry.answer {
            Answer::Python { executable, .. } => {
                let stamp = Stamp::of(executable)?;
                (entry.stamp? == stamp).then_some(entry.answer)
            }
            Answer::Python2(_) => Some(entry.answer),
        }
    }

    pub fn write(&self, answer: &Answer) {
        let stamp = match answer {
            Answer::Python { executable, .. } => Stamp::of(executable),
            Answer::Python2(_) => None,
        };
        let entry = Entry {
            answer: answer.clone(),
            stamp,
        };
        if let Ok(bytes) = serde_json::to_vec_pretty(&entry) {
            // Losing the cache costs a start of Python, which is no reason to fail.
            let _ = write_atomically(&self.path, &bytes);
        }
    }
}

/// Writes a file that is there whole or not at all, and makes its folder.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".partial-");
    // The library's own 0600 would hide the file from the others of a shared home.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    std::io::Write::write_all(&mut file, bytes)?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// The first twelve digits of a SHA-256 over parts that cannot run into one another.
pub(crate) fn short_hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher
        .finalize()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn key(surroundings: &Surroundings, found: &Path) -> String {
    let mut parts = Parts::default();
    parts.text("probe", PROBE);
    parts.path("found", found);
    parts.path("canonical", &found.canonicalize().unwrap_or_default());
    parts.stamp(found);
    for name in ["PYENV_VERSION", "PYENV_ROOT", "VIRTUAL_ENV", "CONDA_PREFIX"] {
        parts.variable(surroundings, name);
    }
    // A virtual environment made of copies follows this file to its base.
    if let Some(root) = found.parent().and_then(Path::parent) {
        parts.file(&root.join("pyvenv.cfg"));
    }
    if let Some(manager) = shim_root(found) {
        shim(&mut parts, surroundings, manager);
    }
    short_hash(parts.0.iter().map(Vec::as_slice))
}

/// The version manager's folder, when this is a shim of pyenv, asdf or mise, which all
/// keep theirs in `<root>/shims`.
fn shim_root(found: &Path) -> Option<&Path> {
    let folder = found.parent()?;
    if folder.file_name()? == "shims" {
        folder.parent()
    } else {
        None
    }
}

/// Everything a shim looks at before it picks a Python.
fn shim(parts: &mut Parts, surroundings: &Surroundings, root: &Path) {
    for name in [
        "PATH",
        "PYENV_DIR",
        "ASDF_PYTHON_VERSION",
        "MISE_PYTHON_VERSION",
    ] {
        parts.variable(surroundings, name);
    }
    let pyenv = surroundings.variable("PYENV_ROOT").map_or(root, Path::new);
    parts.file(&pyenv.join("version"));
    // A version such as `3.12` means the newest of these.
    parts.stamp(&pyenv.join("versions"));
    let home = surroundings.variable("HOME").map(Path::new);
    if let Some(home) = home {
        parts.file(&home.join(".config/mise/config.toml"));
    }
    let start = surroundings
        .variable("PYENV_DIR")
        .map_or(surroundings.cwd(), Path::new);
    for folder in start
        .ancestors()
        .chain(surroundings.cwd().ancestors())
        .chain(home)
    {
        for name in [
            ".python-version",
            ".tool-versions",
            "mise.toml",
            ".mise.toml",
        ] {
            parts.file(&folder.join(name));
        }
    }
}

/// The labelled inputs of a key.
#[derive(Default)]
struct Parts(Vec<Vec<u8>>);

impl Parts {
    fn add(&mut self, label: &str, value: Option<&[u8]>) {
        self.0.push(label.as_bytes().to_vec());
        self.0.push(vec![u8::from(value.is_some())]);
        self.0.push(value.unwrap_or_default().to_vec());
    }

    fn text(&mut self, label: &str, text: &str) {
        self.add(label, Some(text.as_bytes()));
    }

    fn path(&mut self, label: &str, path: &Path) {
        self.add(label, Some(path.as_os_str().as_encoded_bytes()));
    }

    fn variable(&mut self, surroundings: &Surroundings, name: &str) {
        self.add(
            name,
            surroundings.variable(name).map(OsStr::as_encoded_bytes),
        );
    }

    /// A file's text; most of those asked for are absent, and add nothing.
    fn file(&mut self, path: &Path) {
        if let Ok(text) = fs::read(path) {
            self.path("file", path);
            self.add("content", Some(&text));
        }
    }

    fn stamp(&mut self, path: &Path) {
        let stamp = Stamp::of(path);
        self.add(
            "length",
            stamp
                .as_ref()
                .map(|s| s.length.to_le_bytes())
                .as_ref()
                .map(|b| &b[..]),
        );
        self.add(
            "modified",
            stamp
                .as_ref()
                .map(|s| s.modified.to_le_bytes())
                .as_ref()
                .map(|b| &b[..]),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_one_another() {
        let hash = |parts: &[&str]| short_hash(parts.iter().map(|p| p.as_bytes()));
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_eq!(hash(&["ab", "c"]), hash(&["ab", "c"]));
        assert_eq!(hash(&[]).len(), 12);
    }

    /// Whether `change` gives the Python at `at` another entry.
    fn changes(at: &str, change: impl FnOnce(&Path, Surroundings) -> Surroundings) -> bool {
        let root = tempfile::tempdir().unwrap();
        let cwd = root.path().join("work/deeper");
        fs::create_dir_all(&cwd).unwrap();
        fs::create_dir_all(root.path().join("bin")).unwrap();
        fs::create_dir_all(root.path().join("shims")).unwrap();
        let found = root.path().join(at);
        fs::write(&found, "a python").unwrap();
        let before = Surroundings::new([], cwd);
        let old = key(&before, &found);
        assert_eq!(old, key(&before, &found));
        let after = change(root.path(), before);
        old != key(&after, &found)
    }

    #[test]
    fn a_replaced_python_is_asked_again() {
        assert!(changes("bin/python", |root, surroundings| {
            fs::write(root.join("bin/python"), "another python").unwrap();
            surroundings
        }));
    }

    #[test]
    fn a_version_manager_variable_asks_again() {
        for name in ["PYENV_VERSION", "PYENV_ROOT", "VIRTUAL_ENV", "CONDA_PREFIX"] {
            assert!(changes("bin/python", |_, s| s.with(name, "x")), "{name}");
        }
        assert!(!changes("bin/python", |_, s| s.with("EDITOR", "x")));
    }

    #[test]
    fn a_version_file_matters_to_a_shim_alone() {
        for file in [
            "version",
            "work/.python-version",
            "work/deeper/.tool-versions",
        ] {
            let write = |root: &Path, surroundings| {
                fs::write(root.join(file), "3.12").unwrap();
                surroundings
            };
            assert!(changes("shims/python", write), "{file}");
            assert!(!changes("bin/python", write), "{file}");
        }
    }
}
