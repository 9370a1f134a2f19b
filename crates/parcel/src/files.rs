//! Which files make a learner's copy.
//!
//! Nobody's machine needs git for this, so git is not asked: the top level is listed here,
//! what tools and editors leave behind is passed over by its name, and a test compares the
//! outcome with what git tracks. What a learner edits is taken from `starter/`, never from
//! where somebody has typed.
//!
//! `bindery`'s build script includes this file, so it needs nothing but the standard library.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// What a copy has at the top. `solutions/` is not among it: answers, hidden checks and wrong
/// answers stay with the instructor.
const TOP: [&str; 18] = [
    ".cargo",
    ".ci",
    ".devcontainer",
    ".gitignore",
    ".vscode",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "book",
    "clippy.toml",
    "crates",
    "exercises",
    "rustfmt.toml",
    "tests",
];

/// What a copy has not: the book as it was built, and what the sample class and the attackers
/// handed in, since good answers are among it.
const NOT_IN_A_COPY: [&str; 4] = [
    "book/book",
    "tests/attacks/folder",
    "tests/attacks/submissions",
    "tests/class/submissions",
];

/// One file of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it lies below the root, with `/` between the parts.
    pub path: String,
    /// What is in it.
    pub content: Vec<u8>,
    /// Whether it is a program.
    pub executable: bool,
}

/// The files of a learner's copy of the workbook at `root`, by path.
pub fn learners_files(root: &Path) -> io::Result<Vec<File>> {
    let mut found = BTreeMap::new();
    for name in TOP {
        collect(&root.join(name), name, &mut found)?;
    }
    let starters: Vec<(String, File)> = found
        .iter()
        .filter_map(|(path, file)| Some((edited_from(path)?, file.clone())))
        .collect();
    for (path, starter) in starters {
        let edited = File {
            path: path.clone(),
            ..starter
        };
        found.insert(path, edited);
    }
    Ok(found.into_values().collect())
}

/// The file that a learner edits, given its starter: `exercises/06_gil/02_detach/src/lib.rs`
/// for `exercises/06_gil/02_detach/starter/src/lib.rs`.
fn edited_from(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    let is_starter = parts.len() > 4 && parts[0] == "exercises" && parts[3] == "starter";
    is_starter.then(|| {
        parts.remove(3);
        parts.join("/")
    })
}

/// Whether a learner edits the file at `path`, one of `files`: it has a starter among them.
pub fn is_edited<'a>(path: &str, files: impl IntoIterator<Item = &'a File>) -> bool {
    let mut files = files.into_iter();
    path.starts_with("exercises/")
        && files.any(|file| edited_from(&file.path).as_deref() == Some(path))
}

fn collect(path: &Path, name: &str, found: &mut BTreeMap<String, File>) -> io::Result<()> {
    let about = |e: io::Error| io::Error::new(e.kind(), format!("`{}`: {e}", path.display()));
    // A link may lead out of the workbook, and the course has none.
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(about(e)),
    };
    if metadata.is_dir() {
        for entry in fs::read_dir(path).map_err(about)? {
            let entry = entry.map_err(about)?;
            let part = entry.file_name().to_string_lossy().into_owned();
            let below = format!("{name}/{part}");
            if !is_left_behind(&part) && !NOT_IN_A_COPY.contains(&below.as_str()) {
                collect(&entry.path(), &below, found)?;
            }
        }
    } else if metadata.is_file() {
        let file = File {
            path: name.to_owned(),
            content: fs::read(path).map_err(about)?,
            executable: is_executable(&metadata),
        };
        found.insert(name.to_owned(), file);
    }
    Ok(())
}

/// Whether this is the work of a tool or an editor, and no part of the course.
fn is_left_behind(name: &str) -> bool {
    name.starts_with('.')
        || ["target", "__pycache__"].contains(&name)
        || [".pyc", "~", ".orig", ".rej", ".bak", ".swp"]
            .iter()
            .any(|end| name.ends_with(end))
}

#[cfg(unix)]
fn is_executable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    false
}
