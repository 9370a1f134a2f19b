//! The name of a result: a hash over everything it was made from.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::error::{GalleryError, io_error};

/// Collects what went into something.
#[derive(Default)]
pub(crate) struct Digest(Sha256);

impl Digest {
    /// Adds a labelled part, which cannot run into the next.
    pub fn add(&mut self, label: &str, part: &[u8]) {
        for bytes in [label.as_bytes(), part] {
            self.0.update((bytes.len() as u64).to_le_bytes());
            self.0.update(bytes);
        }
    }

    /// Adds a file's content, if it is there.
    pub fn add_file(&mut self, label: &str, path: &Path) -> Result<(), GalleryError> {
        match fs::read(path) {
            Ok(bytes) => self.add(label, &bytes),
            Err(source) if source.kind() == std::io::ErrorKind::NotFound => {}
            Err(source) => return Err(io_error("read", path)(source)),
        }
        Ok(())
    }

    /// Adds the names and contents of a folder's files, without what a build or an
    /// editor leaves there.
    pub fn add_folder(&mut self, folder: &Path) -> Result<(), GalleryError> {
        let mut files = Vec::new();
        collect(folder, &mut files)?;
        files.sort();
        for file in files {
            let name = file.strip_prefix(folder).unwrap_or(&file).to_owned();
            let bytes = fs::read(&file).map_err(io_error("read", &file))?;
            self.add(&name.to_string_lossy(), &bytes);
        }
        Ok(())
    }

    /// Adds a crate: its folder, the folders of the crates it takes from this
    /// workspace, and what the workspace says about all of them.
    pub fn add_crate(&mut self, root: &Path, folder: &Path) -> Result<(), GalleryError> {
        self.add_file("Cargo.toml", &root.join("Cargo.toml"))?;
        self.add_file("Cargo.lock", &root.join("Cargo.lock"))?;
        self.add_file("config.toml", &root.join(".cargo/config.toml"))?;
        for folder in crate_folders(root, folder) {
            self.add_folder(&folder)?;
        }
        Ok(())
    }

    /// Twelve digits.
    pub fn short(self) -> String {
        let bytes = self.0.finalize();
        let digits = bytes.iter().take(SHORT / 2);
        digits.map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The length of a short hash.
const SHORT: usize = 12;

/// What stands before the hash in `name-hash`.
pub(crate) fn without_hash(name: &str) -> Option<&str> {
    let (name, hash) = name.rsplit_once('-')?;
    let is_hash = hash.len() == SHORT && hash.chars().all(|c| c.is_ascii_hexdigit());
    is_hash.then_some(name)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), GalleryError> {
    for entry in fs::read_dir(folder).map_err(io_error("read", folder))? {
        let path = entry.map_err(io_error("read", folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_folder = path.is_dir();
        let left_by_a_build = match is_folder {
            true => {
                ["__pycache__", "build", "target"].contains(&&*name)
                    || name.starts_with('.')
                    || name.ends_with(".egg-info")
            }
            false => name.ends_with(".pyc"),
        };
        if left_by_a_build {
            continue;
        }
        match is_folder {
            true => collect(&path, files)?,
            // A link that leads nowhere has no content: an editor's lock.
            false if path.exists() => files.push(path),
            false => {}
        }
    }
    Ok(())
}

/// This crate's folder, and those of the crates it is built with that lie on this disk.
fn crate_folders(root: &Path, folder: &Path) -> BTreeSet<PathBuf> {
    let workspace = manifest(root);
    let shared = |name: &str| {
        workspace
            .as_ref()?
            .get("workspace")?
            .get("dependencies")?
            .get(name)
    };
    let mut found = BTreeSet::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let manifest = manifest(&folder);
        if !found.insert(folder.clone()) {
            continue;
        }
        let Some(manifest) = manifest else { continue };
        let targets = manifest.get("target").and_then(toml::Value::as_table);
        let tables = targets
            .into_iter()
            .flat_map(|targets| targets.values().filter_map(toml::Value::as_table))
            .chain([&manifest]);
        for table in tables {
            for kind in ["dependencies", "build-dependencies"] {
                let dependencies = table.get(kind).and_then(toml::Value::as_table);
                for (name, spec) in dependencies.into_iter().flatten() {
                    let path = |spec: &toml::Value| Some(spec.get("path")?.as_str()?.to_owned());
                    if let Some(own) = path(spec) {
                        waiting.push(folder.join(own));
                    } else if let Some(of_root) = shared(name).and_then(path) {
                        waiting.push(root.join(of_root));
                    }
                }
            }
        }
    }
    found
}

fn manifest(folder: &Path) -> Option<toml::Table> {
    fs::read_to_string(folder.join("Cargo.toml"))
        .ok()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn of_folder(folder: &Path) -> String {
        let mut digest = Digest::default();
        digest.add_folder(folder).unwrap();
        digest.short()
    }

    #[test]
    fn changes_with_every_file_and_with_nothing_a_build_leaves() {
        let at = tempfile::tempdir().unwrap();
        write(&at.path().join("src/a.c"), "int a;");
        write(&at.path().join("b.py"), "b = 1");
        let before = of_folder(at.path());
        for left in [
            "__pycache__/b.pyc",
            "build/x.o",
            "target/x",
            "toy.egg-info/PKG-INFO",
            ".cache/x",
            "src/a.pyc",
        ] {
            write(&at.path().join(left), "left");
            assert_eq!(of_folder(at.path()), before, "{left}");
        }
        for (file, text) in [
            ("src/a.c", "int b;"),
            ("new.txt", ""),
            (".clang-format", ""),
        ] {
            let old = of_folder(at.path());
            write(&at.path().join(file), text);
            assert_ne!(of_folder(at.path()), old, "{file}");
        }
        let old = of_folder(at.path());
        fs::rename(at.path().join("b.py"), at.path().join("c.py")).unwrap();
        assert_ne!(of_folder(at.path()), old);
    }

    #[test]
    fn a_crate_changes_with_the_crates_it_is_made_of_and_with_no_other() {
        let at = tempfile::tempdir().unwrap();
        let root = at.path();
        write(
            &root.join("Cargo.toml"),
            "[workspace.dependencies]\nink = { path = \"crates/ink\" }\npng = \"1\"\n",
        );
        write(&root.join("Cargo.lock"), "");
        let toy = root.join("crates/toy");
        write(
            &toy.join("Cargo.toml"),
            "[target.'cfg(unix)'.dependencies]\nink.workspace = true\npng.workspace = true\n",
        );
        write(
            &root.join("crates/ink/Cargo.toml"),
            "[build-dependencies]\nhelp = { path = \"../help\" }\n",
        );
        write(&root.join("crates/help/Cargo.toml"), "");
        write(&root.join("crates/other/Cargo.toml"), "");
        let of_crate = || {
            let mut digest = Digest::default();
            digest.add_crate(root, &toy).unwrap();
            digest.short()
        };
        for (file, matters) in [
            ("crates/other/src/lib.rs", false),
            ("crates/help/src/lib.rs", true),
            ("crates/ink/src/lib.rs", true),
            ("crates/toy/src/lib.rs", true),
            ("Cargo.lock", true),
        ] {
            let before = of_crate();
            write(&root.join(file), "changed");
            assert_eq!(of_crate() != before, matters, "{file}");
        }
    }

    #[test]
    fn a_name_is_read_back_without_its_hash() {
        assert_eq!(without_hash("ink-abi-0123456789ab"), Some("ink-abi"));
        assert_eq!(without_hash("ink-0123456789a"), None);
        assert_eq!(without_hash("ink-0123456789xy"), None);
    }
}
