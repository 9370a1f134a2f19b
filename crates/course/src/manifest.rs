//! `exercise.toml`: what an exercise says of itself.
//!
//! Parses and judges the file alone; whether the files it names exist is left
//! to [`crate::Exercise`].

use std::collections::HashSet;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use toml::Spanned;

use crate::error::{CourseError, Problem};
use crate::names::{is_inside, is_kebab_case, is_package, is_snake_case};
use crate::toml_file::TomlFile;

/// A manifest that has been read and found consistent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The title, for people.
    pub title: String,
    /// How long it takes, roughly.
    pub minutes: u32,
    /// From 1 to 4.
    pub difficulty: u8,
    /// What the answer is built into.
    pub kind: Kind,
    /// Slugs that it had before: what a learner did under them is found.
    pub formerly: Vec<String>,
    /// What it teaches, in kebab-case; never empty.
    pub concepts: Vec<String>,
    /// The files the learner edits, relative to the exercise; never empty.
    pub editable: Vec<PathBuf>,
    /// Packages of the private Python environment it needs.
    pub python: Vec<String>,
    /// C files compiled into a shared library that the exercise uses.
    pub library: Vec<PathBuf>,
    /// The visible checks; never empty.
    pub checks: Vec<CheckSpec>,
    /// Why the starter passes all checks, when it is meant to.
    pub passes_because: Option<String>,
}

/// What an answer is built into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A shared library with a C ABI, in Rust.
    Library,
    /// A Python extension module in Rust.
    Module,
    /// A Python extension module in C.
    CModule,
    /// Python code that binds something native.
    Python,
    /// A program that is started and judged from outside.
    Program,
}

impl Kind {
    /// As the manifest spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Library => "library",
            Kind::Module => "module",
            Kind::CModule => "c_module",
            Kind::Python => "python",
            Kind::Program => "program",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One check, visible or hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckSpec {
    /// In snake_case, unique in its exercise, never `build`.
    pub name: String,
    /// What it proves, as a sentence.
    pub claim: String,
    /// What it is worth; at least 1.
    pub points: u32,
    /// A fragment of the message with which the pristine starter fails it.
    pub starter: Option<String>,
    /// What it is about, in kebab-case; may be empty.
    pub concepts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawManifest {
    title: Spanned<String>,
    minutes: Spanned<i64>,
    difficulty: Spanned<i64>,
    kind: Kind,
    #[serde(default)]
    formerly: Vec<Spanned<String>>,
    concepts: Spanned<Vec<Spanned<String>>>,
    editable: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    python: Vec<Spanned<String>>,
    library: Option<Spanned<OneOrMany>>,
    starter: Option<Spanned<Passes>>,
    reason: Option<Spanned<String>>,
    check: Spanned<Vec<RawCheck>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHidden {
    check: Spanned<Vec<RawCheck>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCheck {
    name: Spanned<String>,
    claim: Spanned<String>,
    points: Spanned<i64>,
    starter: Option<Spanned<String>>,
    #[serde(default)]
    concepts: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Passes {
    Passes,
}

/// A string, or an array of strings.
struct OneOrMany(Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = OneOrMany;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a path or an array of paths")
            }
            fn visit_str<E>(self, one: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![one.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMany, A::Error> {
                let mut many = Vec::new();
                while let Some(one) = seq.next_element()? {
                    many.push(one);
                }
                Ok(OneOrMany(many))
            }
        }
        deserializer.deserialize_any(V)
    }
}

impl Manifest {
    /// Reads an `exercise.toml`.
    pub fn read(path: &Path) -> Result<Manifest, CourseError> {
        let file = TomlFile::read(path, "the manifest")?;
        let raw: RawManifest = file.parse()?;
        let judge = Judge(&file);

        let editable = judge.editable(&raw.editable)?;
        let library = match &raw.library {
            None => Vec::new(),
            Some(paths) => {
                let inside = paths
                    .get_ref()
                    .0
                    .iter()
                    .all(|p| is_inside(p) && p.ends_with(".c"));
                judge.that(
                    inside,
                    paths,
                    "library",
                    "one or more C files inside the exercise",
                )?;
                paths.get_ref().0.iter().map(PathBuf::from).collect()
            }
        };
        let python = judge.each(
            &raw.python,
            "python",
            is_package,
            "a package name without a version",
        )?;
        let formerly = judge.each(
            &raw.formerly,
            "formerly",
            is_snake_case,
            "a slug without its number, as `detach`",
        )?;
        let checks = judge.checks(&raw.check)?;
        judge.starter(&raw, &checks)?;

        Ok(Manifest {
            title: judge.text(&raw.title, "title")?,
            minutes: judge.at_least_one(&raw.minutes, "minutes")?,
            difficulty: judge.difficulty(&raw.difficulty)?,
            kind: raw.kind,
            formerly,
            concepts: judge.concepts(&raw.concepts)?,
            editable,
            python,
            library,
            checks,
            passes_because: raw.reason.map(Spanned::into_inner),
        })
    }

    /// The sum of all visible checks.
    pub fn total_points(&self) -> u32 {
        self.checks.iter().map(|c| c.points).sum()
    }
}

/// Reads a `checks.toml` of hidden checks, none named like a `visible` one.
pub(crate) fn read_hidden(
    path: &Path,
    visible: &[CheckSpec],
) -> Result<Vec<CheckSpec>, CourseError> {
    let file = TomlFile::read(path, "the list of hidden checks")?;
    let raw: RawHidden = file.parse()?;
    for check in raw.check.get_ref() {
        if let Some(starter) = &check.starter {
            let allowed = ["name", "claim", "points", "concepts"]
                .map(str::to_owned)
                .into();
            let key = "starter".to_owned();
            return Err(file.fail(
                starter.span(),
                Problem::UnknownKey {
                    key,
                    near: None,
                    allowed,
                },
            ));
        }
        if visible.iter().any(|v| v.name == *check.name.get_ref()) {
            return Err(Judge(&file).twice(&check.name, "name"));
        }
    }
    Judge(&file).checks(&raw.check)
}

/// The rules, each of which can point at the place it was broken.
struct Judge<'a>(&'a TomlFile);

impl Judge<'_> {
    fn wrong<T>(&self, value: &Spanned<T>, shown: String, key: &str, allowed: &str) -> CourseError {
        let problem = Problem::Value {
            key: key.to_owned(),
            value: shown,
            allowed: allowed.to_owned(),
        };
        self.0.fail(value.span(), problem)
    }

    fn twice(&self, value: &Spanned<String>, key: &str) -> CourseError {
        let problem = Problem::Repeated {
            key: key.to_owned(),
            value: value.get_ref().clone(),
        };
        self.0.fail(value.span(), problem)
    }

    fn that(
        &self,
        good: bool,
        paths: &Spanned<OneOrMany>,
        key: &str,
        allowed: &str,
    ) -> Result<(), CourseError> {
        let shown = || crate::error::list(&paths.get_ref().0);
        if good && !paths.get_ref().0.is_empty() {
            Ok(())
        } else {
            let shown = if paths.get_ref().0.is_empty() {
                "empty".into()
            } else {
                shown()
            };
            Err(self.wrong(paths, shown, key, allowed))
        }
    }

    fn text(&self, value: &Spanned<String>, key: &str) -> Result<String, CourseError> {
        let text = value.get_ref();
        if text.trim().is_empty() {
            Err(self.wrong(value, "empty".into(), key, "a line of text"))
        } else if text.contains('\n') {
            Err(self.wrong(value, "several lines".into(), key, "a line of text"))
        } else {
            Ok(text.clone())
        }
    }

    fn at_least_one(&self, value: &Spanned<i64>, key: &str) -> Result<u32, CourseError> {
        let number = *value.get_ref();
        match u32::try_from(number) {
            // The bound keeps every sum of points inside 32 bits.
            Ok(good @ 1..=10_000) => Ok(good),
            _ => Err(self.wrong(value, number.to_string(), key, "a number from 1 to 10000")),
        }
    }

    fn difficulty(&self, value: &Spanned<i64>) -> Result<u8, CourseError> {
        match *value.get_ref() {
            good @ 1..=4 => Ok(good as u8),
            bad => Err(self.wrong(value, bad.to_string(), "difficulty", "one of 1, 2, 3, 4")),
        }
    }

    /// A list without repetitions, each of whose words keeps a rule.
    fn each(
        &self,
        words: &[Spanned<String>],
        key: &str,
        rule: fn(&str) -> bool,
        allowed: &str,
    ) -> Result<Vec<String>, CourseError> {
        let mut seen = HashSet::new();
        for word in words {
            if !rule(word.get_ref()) {
                return Err(self.wrong(word, format!("`{}`", word.get_ref()), key, allowed));
            }
            if !seen.insert(word.get_ref()) {
                return Err(self.twice(word, key));
            }
        }
        Ok(words.iter().map(|w| w.get_ref().clone()).collect())
    }

    fn concepts(&self, words: &Spanned<Vec<Spanned<String>>>) -> Result<Vec<String>, CourseError> {
        if words.get_ref().is_empty() {
            return Err(self.wrong(words, "empty".into(), "concepts", "at least one concept"));
        }
        self.each(
            words.get_ref(),
            "concepts",
            is_kebab_case,
            "a kebab-case word",
        )
    }

    fn editable(&self, paths: &Spanned<Vec<Spanned<String>>>) -> Result<Vec<PathBuf>, CourseError> {
        if paths.get_ref().is_empty() {
            return Err(self.wrong(paths, "empty".into(), "editable", "at least one file"));
        }
        let allowed = "a file inside the exercise, relative and without `..`";
        let inside = self.each(paths.get_ref(), "editable", is_inside, allowed)?;
        for path in paths.get_ref() {
            // A learner who may edit these would be marking their own answer.
            let ours = ["exercise.toml", "tests/checks.rs"].contains(&path.get_ref().as_str())
                || path.get_ref().starts_with("starter/");
            if ours {
                let shown = format!("`{}`", path.get_ref());
                let allowed = "a file of the learner's; the manifest, the checks and `starter/` \
                               are the course's";
                return Err(self.wrong(path, shown, "editable", allowed));
            }
        }
        Ok(inside.into_iter().map(PathBuf::from).collect())
    }

    fn checks(&self, raw: &Spanned<Vec<RawCheck>>) -> Result<Vec<CheckSpec>, CourseError> {
        if raw.get_ref().is_empty() {
            return Err(self.wrong(
                raw,
                "empty".into(),
                "check",
                "at least one `[[check]]` table",
            ));
        }
        let mut names = HashSet::new();
        let mut checks = Vec::new();
        for check in raw.get_ref() {
            let name = check.name.get_ref();
            if !is_snake_case(name) || name == "build" {
                let allowed = "a snake_case name other than `build`";
                return Err(self.wrong(&check.name, format!("`{name}`"), "name", allowed));
            }
            if !names.insert(name) {
                return Err(self.twice(&check.name, "name"));
            }
            checks.push(CheckSpec {
                name: name.clone(),
                claim: self.text(&check.claim, "claim")?,
                points: self.at_least_one(&check.points, "points")?,
                starter: check
                    .starter
                    .as_ref()
                    .map(|s| self.text(s, "starter"))
                    .transpose()?,
                concepts: self.each(
                    &check.concepts,
                    "concepts",
                    is_kebab_case,
                    "a kebab-case word",
                )?,
            });
        }
        Ok(checks)
    }

    fn starter(&self, raw: &RawManifest, checks: &[CheckSpec]) -> Result<(), CourseError> {
        let failing = checks.iter().position(|c| c.starter.is_some());
        match (&raw.starter, &raw.reason, failing) {
            (None, Some(reason), _) => Err(self.0.fail(reason.span(), Problem::IdleReason)),
            (None, None, Some(_)) => Ok(()),
            (None, None, None) => Err(self.0.fail(raw.check.span(), Problem::NothingFails)),
            (Some(passes), None, _) => Err(self.0.fail(passes.span(), Problem::NoReason)),
            (Some(_), Some(_), Some(i)) => {
                let at = raw.check.get_ref()[i]
                    .starter
                    .as_ref()
                    .map_or(0..0, Spanned::span);
                let check = checks[i].name.clone();
                Err(self.0.fail(at, Problem::PassesAndFails { check }))
            }
            (Some(_), Some(reason), None) => self.text(reason, "reason").map(drop),
        }
    }
}
