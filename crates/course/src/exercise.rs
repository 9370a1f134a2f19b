//! One exercise: a folder with a manifest, a task, hints, a starter and checks.
//!
//! Finds the files and sees that they are there. What is in the learner's own
//! files is the learner's business: they may be broken or gone.

use std::fs;
use std::path::{Path, PathBuf};

use crate::digest::digest;
use crate::error::{CourseError, Problem};
use crate::hints::Hints;
use crate::manifest::Manifest;
use crate::names::numbered;
use crate::solution::Solution;

/// The chapter an exercise belongs to, from the name of its folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chapter {
    /// Gives the order and nothing else.
    pub number: u32,
    /// The name without the number, such as `gil`.
    pub name: String,
}

impl Chapter {
    /// The folder's name, such as `06_gil`.
    pub fn folder(&self) -> String {
        format!("{:02}_{}", self.number, self.name)
    }
}

/// One exercise on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// The chapter.
    pub chapter: Chapter,
    /// Its place in the chapter.
    pub number: u32,
    /// The folder's name without its number: the name of its crate, its Python
    /// module and its progress file.
    pub slug: String,
    /// The folder.
    pub dir: PathBuf,
    /// What `exercise.toml` says.
    pub manifest: Manifest,
}

impl Exercise {
    /// Reads the exercise in `dir`, such as `exercises/06_gil/02_detach`.
    pub fn open(dir: &Path) -> Result<Exercise, CourseError> {
        // From inside the folder, `.` has no name to take the slug from.
        let dir =
            std::path::absolute(dir).map_err(|e| CourseError::new(dir, Problem::Unreadable(e)))?;
        let name = |path: Option<&Path>| {
            let (number, name) = numbered(path?.file_name()?.to_str()?)?;
            Some((number, name.to_owned()))
        };
        let bad_name = |path: &Path| CourseError::new(path, Problem::FolderName);
        let (number, slug) = name(Some(&dir)).ok_or_else(|| bad_name(&dir))?;
        let parent = dir.parent();
        let (chapter_number, chapter) =
            name(parent).ok_or_else(|| bad_name(parent.unwrap_or(&dir)))?;
        let chapter = Chapter {
            number: chapter_number,
            name: chapter,
        };
        let id = format!("{}/{number:02}_{slug}", chapter.folder());

        let manifest = Manifest::read(&dir.join("exercise.toml"))
            .and_then(|manifest| complete(&dir, &manifest).map(|()| manifest))
            .map_err(|e| e.of_exercise(&id))?;
        Ok(Exercise {
            chapter,
            number,
            slug,
            dir,
            manifest,
        })
    }

    /// Chapter and exercise as folders, such as `06_gil/02_detach`.
    pub fn id(&self) -> String {
        format!("{}/{}", self.chapter.folder(), self.folder())
    }

    /// The folder's own name, such as `02_detach`.
    pub fn folder(&self) -> String {
        format!("{:02}_{}", self.number, self.slug)
    }

    /// Its slug, and those that it had before.
    pub fn slugs(&self) -> impl Iterator<Item = &str> {
        let former = self.manifest.formerly.iter().map(String::as_str);
        std::iter::once(self.slug.as_str()).chain(former)
    }

    /// Whether this is its slug, or was.
    pub fn is_called(&self, slug: &str) -> bool {
        self.slugs().any(|own| own == slug)
    }

    /// The files the learner edits, where they lie.
    pub fn editable_paths(&self) -> impl Iterator<Item = PathBuf> {
        self.manifest
            .editable
            .iter()
            .map(|path| self.dir.join(path))
    }

    /// The editable files that are not there.
    pub fn deleted_paths(&self) -> Vec<PathBuf> {
        self.editable_paths()
            .filter(|path| !path.exists())
            .collect()
    }

    /// The pristine copy of an editable file, named by its path in the exercise
    /// or by the whole path.
    pub fn starter_of(&self, path: &Path) -> Option<PathBuf> {
        let relative = path.strip_prefix(&self.dir).unwrap_or(path);
        let known = self.manifest.editable.iter().any(|p| p == relative);
        known.then(|| self.starter_dir().join(relative))
    }

    /// Where the pristine copies lie.
    pub fn starter_dir(&self) -> PathBuf {
        self.dir.join("starter")
    }

    /// A fingerprint of the editable files as they are now.
    pub fn digest(&self) -> Result<String, CourseError> {
        digest(&self.dir, &self.manifest.editable)
    }

    /// Whether the learner has changed nothing yet.
    pub fn is_untouched(&self) -> Result<bool, CourseError> {
        Ok(self.digest()? == digest(&self.starter_dir(), &self.manifest.editable)?)
    }

    /// Reads `hints.md`.
    pub fn hints(&self) -> Result<Hints, CourseError> {
        Hints::read(&self.dir.join("hints.md")).map_err(|e| e.of_exercise(&self.id()))
    }

    /// Reads the solution, or nothing in a released copy that has none.
    pub fn solution(&self, root: &Path) -> Result<Option<Solution>, CourseError> {
        let id = self.id();
        let dir = root.join("solutions").join(&id);
        if !dir.is_dir() {
            return Ok(None);
        }
        Solution::open(self, &dir)
            .map(Some)
            .map_err(|e| e.of_exercise(&id))
    }

    /// The sum of all visible checks.
    pub fn total_points(&self) -> u32 {
        self.manifest.total_points()
    }
}

/// Sees that every file of the course's is there, and no stray one.
fn complete(dir: &Path, manifest: &Manifest) -> Result<(), CourseError> {
    let must_exist = |path: PathBuf, what| {
        if path.is_file() {
            Ok(())
        } else {
            Err(CourseError::new(path, Problem::Missing { what }))
        }
    };
    for (name, what) in [
        ("README.md", "the task"),
        ("hints.md", "the file of hints"),
        ("Cargo.toml", "the exercise's crate"),
        ("tests/checks.rs", "the file of checks"),
    ] {
        must_exist(dir.join(name), what)?;
    }
    let starter = dir.join("starter");
    for path in &manifest.editable {
        must_exist(starter.join(path), "the pristine copy of an editable file")?;
    }
    for path in manifest
        .library
        .iter()
        .filter(|p| !manifest.editable.contains(p))
    {
        must_exist(dir.join(path), "a C file of `library`")?;
    }
    for path in files_below(&starter)? {
        let listed = path
            .strip_prefix(&starter)
            .is_ok_and(|p| manifest.editable.iter().any(|editable| editable == p));
        if !listed {
            return Err(CourseError::new(path, Problem::StrayStarter));
        }
    }
    Ok(())
}

/// Every file below a folder, in order; what tools leave behind is passed over.
fn files_below(dir: &Path) -> Result<Vec<PathBuf>, CourseError> {
    let mut files = Vec::new();
    for (_, path) in entries(dir)? {
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// What is in a folder, by name, without what tools and editors leave behind.
pub(crate) fn entries(dir: &Path) -> Result<Vec<(String, PathBuf)>, CourseError> {
    let unreadable = |e| CourseError::new(dir, Problem::Unreadable(e));
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let left_behind = name.starts_with('.') || name == "__pycache__" || name == "target";
        if !left_behind {
            found.push((name, entry.path()));
        }
    }
    found.sort();
    Ok(found)
}
