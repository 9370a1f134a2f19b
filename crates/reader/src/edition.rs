//! One build of the book. Builds into a folder of its own, so that a page that is
//! being read is never half of one build and half of the next.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;
use tempfile::TempDir;

use crate::ReadError;

/// Where the page script of mdBook asks whether there is something newer.
pub(crate) const NEWS: &str = "__news";

/// The book's sources.
pub struct Book {
    /// The folder with `book.toml`.
    folder: PathBuf,
}

/// What is wrong with a page though it could be built. mdBook says nothing of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The page, below `src`.
    pub page: PathBuf,
    /// The directive that it still holds.
    pub directive: String,
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (page, directive) = (self.page.display(), &self.directive);
        write!(f, "`{page}` includes what is not there: `{directive}`")
    }
}

/// A build of it, as files. Goes when it is dropped.
pub struct Edition {
    folder: TempDir,
}

impl Book {
    /// The book of the workbook at `root`.
    pub fn of(root: &Path) -> Book {
        Book {
            folder: root.join("book"),
        }
    }

    fn sources(&self) -> PathBuf {
        self.folder.join("src")
    }

    /// Builds it.
    pub fn build(&self) -> Result<Edition, ReadError> {
        let refused = |error: mdbook_driver::errors::Error| ReadError::Build {
            why: format!("{error:#}"),
        };
        let folder = tempfile::Builder::new()
            .prefix("bindery-book-")
            .tempdir()
            .map_err(|source| ReadError::File {
                path: std::env::temp_dir(),
                source,
            })?;
        let mut book = MDBook::load(&self.folder).map_err(refused)?;
        book.config.build.build_dir = folder.path().to_owned();
        // As `mdbook serve` does: the page that says "not found" stands at any depth.
        for (key, value) in [("live-reload-endpoint", NEWS), ("site-url", "/")] {
            book.config
                .set(format!("output.html.{key}"), value)
                .map_err(refused)?;
        }
        book.build().map_err(refused)?;
        Ok(Edition { folder })
    }

    /// The pages that include something that is not there.
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        for (page, text) in self.pages() {
            for include in includes(&text) {
                let folder = page.parent().unwrap_or(&page);
                let (path, place) = match include.split_once(':') {
                    Some((path, place)) => (path, Some(place)),
                    None => (include, None),
                };
                let found = std::fs::read_to_string(folder.join(path)).is_ok_and(|text| {
                    let counted = |c: char| c == ':' || c.is_ascii_digit();
                    match place {
                        Some(place) if !place.chars().all(counted) => has_anchor(&text, place),
                        _ => true,
                    }
                });
                if !found {
                    flaws.push(Flaw {
                        page: self.name_of(&page),
                        directive: include.to_owned(),
                    });
                }
            }
        }
        flaws
    }

    /// The page that a name stands for: its own, with or without the ending, or that of
    /// a folder whose task it includes, as `exercises/06_gil/02_detach`.
    pub fn page(&self, name: &str) -> Result<PathBuf, ReadError> {
        let task = format!("{}/README.md", name.trim_end_matches('/'));
        let plain = name.trim_end_matches(".md").trim_end_matches(".html");
        let pages: Vec<(PathBuf, String)> = self.pages().collect();
        let named = pages
            .iter()
            .find(|(page, _)| self.name_of(page).with_extension("") == Path::new(plain));
        let lesson = || {
            let tells = |text: &str| includes(text).any(|include| include.ends_with(&task));
            pages.iter().find(|(_, text)| tells(text))
        };
        match named.or_else(lesson) {
            Some((page, _)) => Ok(self.name_of(page).with_extension("html")),
            None => {
                let names = pages.iter().map(|(page, _)| self.name_of(page));
                let names = names.map(|page| page.with_extension("").display().to_string());
                Err(ReadError::NoPage {
                    name: name.to_owned(),
                    near: like(plain, names),
                })
            }
        }
    }

    /// The folders whose files it is made of: each with whether what is below counts too.
    pub fn made_of(&self) -> Vec<(PathBuf, bool)> {
        let mut outside = BTreeSet::new();
        for (page, text) in self.pages() {
            let folder = page.parent().unwrap_or(&page);
            for include in includes(&text) {
                let path = folder.join(include.split(':').next().unwrap_or(include));
                if let Some(Ok(home)) = path.parent().map(Path::canonicalize) {
                    outside.insert(home);
                }
            }
        }
        let own = self.folder.canonicalize();
        let own = own.unwrap_or_else(|_| self.folder.clone());
        let outside = outside.into_iter().filter(|home| !home.starts_with(&own));
        let outside: Vec<_> = outside.map(|home| (home, false)).collect();
        [(own, true)].into_iter().chain(outside).collect()
    }

    fn pages(&self) -> impl Iterator<Item = (PathBuf, String)> {
        let mut pages = Vec::new();
        let mut folders = vec![self.sources()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                match entry.path() {
                    path if path.is_dir() => folders.push(path),
                    path if path.extension().is_some_and(|end| end == "md") => pages.push(path),
                    _ => {}
                }
            }
        }
        pages.sort();
        let read = |page: PathBuf| Some((page.clone(), std::fs::read_to_string(page).ok()?));
        pages.into_iter().filter_map(read)
    }

    fn name_of(&self, page: &Path) -> PathBuf {
        let name = page.strip_prefix(self.sources());
        name.unwrap_or(page).to_owned()
    }
}

impl Edition {
    /// Where its files are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// The names that somebody may have meant, the likeliest first.
fn like(name: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    let mut near: Vec<(f64, String)> = names
        .map(|page| {
            (
                strsim::normalized_damerau_levenshtein(&last(&page), &last(name)),
                page,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.6)
        .collect();
    near.sort_by(|one, other| other.0.total_cmp(&one.0));
    near.into_iter().take(3).map(|(_, page)| page).collect()
}

/// What a page includes, as it says it.
fn includes(text: &str) -> impl Iterator<Item = &str> {
    let directives = text.split("{{#include ").skip(1);
    directives.filter_map(|rest| rest.split_once("}}").map(|(target, _)| target.trim()))
}

fn has_anchor(text: &str, name: &str) -> bool {
    let opened = format!("ANCHOR: {name}");
    text.lines().any(|line| {
        line.split_once(&opened)
            .is_some_and(|(_, rest)| !rest.starts_with(|c: char| c == '_' || c.is_alphanumeric()))
    })
}
