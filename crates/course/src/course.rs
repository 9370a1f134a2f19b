//! All exercises, in the order of their folders.
//!
//! [`Course::open`] wants everything whole, as a maintainer does;
//! [`Course::survey`] goes on past what is broken, as a learner must be able to.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{CourseError, Problem};
use crate::exercise::{Chapter, Exercise, entries};
use crate::lookup::{Match, lookup};
use crate::names::numbered;

/// The exercises below one root.
#[derive(Debug)]
pub struct Course {
    /// The workspace's root.
    pub root: PathBuf,
    /// By chapter and number.
    pub exercises: Vec<Exercise>,
}

/// A course as far as it could be read.
#[derive(Debug)]
pub struct Survey {
    /// What is whole.
    pub course: Course,
    /// What is not, each naming its exercise where it belongs to one.
    pub troubles: Vec<CourseError>,
}

impl Course {
    /// Reads every exercise; the first that lacks anything is an error.
    pub fn open(root: &Path) -> Result<Course, CourseError> {
        let Survey { course, troubles } = Course::survey(root);
        match troubles.into_iter().next() {
            None => Ok(course),
            Some(trouble) => Err(trouble),
        }
    }

    /// Reads every exercise it can, and says what became of the others.
    pub fn survey(root: &Path) -> Survey {
        let mut survey = Survey {
            course: Course {
                root: root.to_owned(),
                exercises: Vec::new(),
            },
            troubles: Vec::new(),
        };
        survey.read_exercises();
        survey.see_to_former_slugs();
        survey.find_missing();
        survey.troubles = survey
            .troubles
            .into_iter()
            .map(|trouble| trouble.relative_to(root))
            .collect();
        survey
    }

    /// The nearest folder, from `from` upwards, that is a workbook: it holds
    /// `exercises/` and a `Cargo.toml` with `[workspace]`.
    pub fn find_root(from: &Path) -> Result<PathBuf, CourseError> {
        let start =
            fs::canonicalize(from).map_err(|e| CourseError::new(from, Problem::Unreadable(e)))?;
        start
            .ancestors()
            .find(|dir| is_root(dir))
            .map(Path::to_owned)
            .ok_or_else(|| CourseError::new(start.clone(), Problem::NotAWorkbook))
    }

    /// Finds an exercise by a name as a person types it: `detach`, `det`,
    /// `06/02`, `06_gil/02_detach`, `Free-Threaded`.
    pub fn lookup(&self, query: &str) -> Match<'_> {
        lookup(&self.exercises, query)
    }

    /// The one exercise whose slug this is, without a look at the others.
    pub fn exactly(root: &Path, slug: &str) -> Option<Exercise> {
        let folders = |dir: &Path| entries(dir).unwrap_or_default().into_iter();
        let mut found = folders(&root.join("exercises"))
            .flat_map(|(_, chapter)| folders(&chapter))
            .filter(|(name, _)| numbered(name).is_some_and(|(_, name)| name == slug));
        match (found.next(), found.next()) {
            (Some((_, dir)), None) => Exercise::open(&dir).ok(),
            _ => None,
        }
    }

    /// The exercise that the learner went to last, if it is on record and in the course.
    pub fn current(&self) -> Option<&Exercise> {
        let slug = crate::current::current(&self.root)?;
        self.exercises.iter().find(|e| e.is_called(&slug))
    }

    /// The exercises, chapter by chapter.
    pub fn chapters(&self) -> impl Iterator<Item = (&Chapter, &[Exercise])> {
        self.exercises
            .chunk_by(|a, b| a.chapter == b.chapter)
            .map(|exercises| (&exercises[0].chapter, exercises))
    }
}

/// Read line by line, because a root whose manifest a learner has broken is
/// still the root.
fn is_root(dir: &Path) -> bool {
    dir.join("exercises").is_dir()
        && fs::read_to_string(dir.join("Cargo.toml")).is_ok_and(|text| {
            text.lines()
                .any(|line| line.trim().starts_with("[workspace]"))
        })
}

impl Survey {
    fn read_exercises(&mut self) {
        let top = self.course.root.join("exercises");
        for chapter in self.numbered_folders(&top, true) {
            for dir in self.numbered_folders(&chapter, false) {
                match Exercise::open(&dir) {
                    Ok(exercise) => self.add(exercise),
                    Err(trouble) => self.troubles.push(trouble),
                }
            }
        }
    }

    /// Progress is kept by slug, so two exercises of one slug would share it.
    fn add(&mut self, exercise: Exercise) {
        match self
            .course
            .exercises
            .iter()
            .find(|e| e.slug == exercise.slug)
        {
            None => self.course.exercises.push(exercise),
            Some(first) => {
                let problem = Problem::RepeatedSlug {
                    slug: exercise.slug.clone(),
                    other: first.id(),
                };
                let id = exercise.id();
                self.troubles
                    .push(CourseError::new(exercise.dir, problem).of_exercise(&id));
            }
        }
    }

    /// Progress is found by former slugs too, so each belongs to one exercise. One that
    /// claims another's is left out, as a second one of the same slug is.
    fn see_to_former_slugs(&mut self) {
        let exercises = std::mem::take(&mut self.course.exercises);
        let mut owners: Vec<(String, String)> =
            exercises.iter().map(|e| (e.slug.clone(), e.id())).collect();
        for exercise in exercises {
            let former = &exercise.manifest.formerly;
            match owners.iter().find(|(slug, _)| former.contains(slug)) {
                None => {
                    let id = exercise.id();
                    owners.extend(former.iter().map(|slug| (slug.clone(), id.clone())));
                    self.course.exercises.push(exercise);
                }
                Some((slug, other)) => {
                    let (slug, other) = (slug.clone(), other.clone());
                    let problem = Problem::FormerSlug { slug, other };
                    let trouble = CourseError::new(exercise.dir.join("exercise.toml"), problem);
                    self.troubles.push(trouble.of_exercise(&exercise.id()));
                }
            }
        }
    }

    /// The folders in `dir` that are numbered, in order; the others, and those
    /// whose number is taken, are troubles.
    ///
    /// Two chapters of one number are both read, since what is in them is sound;
    /// two exercises of one number are not, since the second is a stray copy.
    fn numbered_folders(&mut self, dir: &Path, keep_repeated: bool) -> Vec<PathBuf> {
        let all = match entries(dir) {
            Ok(all) => all,
            Err(trouble) => {
                self.troubles.push(trouble);
                return Vec::new();
            }
        };
        let mut folders: Vec<PathBuf> = Vec::new();
        let mut last: Option<(u32, String)> = None;
        for (name, path) in all.into_iter().filter(|(_, path)| path.is_dir()) {
            let Some((number, _)) = numbered(&name) else {
                self.troubles
                    .push(CourseError::new(path, Problem::FolderName));
                continue;
            };
            match &last {
                Some((taken, other)) if *taken == number => {
                    let problem = Problem::RepeatedNumber {
                        other: other.clone(),
                    };
                    self.troubles.push(CourseError::new(&path, problem));
                    if keep_repeated {
                        folders.push(path);
                    }
                }
                _ => {
                    last = Some((number, name));
                    folders.push(path);
                }
            }
        }
        folders
    }

    /// An exercise that was deleted whole leaves no trace but its solution.
    fn find_missing(&mut self) {
        let solutions = self.course.root.join("solutions");
        // A released copy has none; an unreadable one says nothing of exercises.
        let Ok(chapters) = entries(&solutions) else {
            return;
        };
        for (chapter, path) in chapters {
            for (folder, path) in entries(&path).unwrap_or_default() {
                let is_solution = numbered(&chapter).and(numbered(&folder)).is_some();
                let dir = self
                    .course
                    .root
                    .join("exercises")
                    .join(&chapter)
                    .join(&folder);
                if path.is_dir() && is_solution && !dir.is_dir() {
                    let id = format!("{chapter}/{folder}");
                    let gone = CourseError::new(dir, Problem::FolderGone).of_exercise(&id);
                    self.troubles.push(gone);
                }
            }
        }
    }
}
